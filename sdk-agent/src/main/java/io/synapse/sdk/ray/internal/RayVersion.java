package io.synapse.sdk.ray.internal;

import io.synapse.sdk.Endpoint;
import io.synapse.sdk.Operation;
import io.synapse.sdk.ResponseType;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The version of a cluster, asked for once, when it matters. Thread-safe. */
final class RayVersion {
    private static final Pattern FORM = Pattern.compile("(\\d{1,6})\\.(\\d{1,6}).*");

    private volatile @Nullable String known;

    /** Whether it is an earlier one than this, or one that cannot be read. */
    Operation<Boolean> isBefore(int major, int minor) {
        return version().map(version -> {
            Matcher parts = FORM.matcher(version);
            if (!parts.matches()) {
                return true;
            }
            int first = Integer.parseInt(parts.group(1));
            return first < major || first == major && Integer.parseInt(parts.group(2)) < minor;
        });
    }

    private Operation<String> version() {
        return Operation.deferred(() -> {
            String version = known;
            return version != null
                    ? Operation.of(version)
                    : Endpoint.get("api/version", ResponseType.object()).map(answer -> {
                        String said = String.valueOf(answer.get("ray_version"));
                        known = said;
                        return said;
                    });
        });
    }
}
