package io.synapse.sdk.experiment.internal;

import io.synapse.sdk.Endpoint;
import io.synapse.sdk.Failure;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.ResponseType;
import io.synapse.sdk.experiment.internal.ExperimentNames.ComponentPath;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests about versions of components that both dialects send (wire/experiments.md, section 7). */
public final class ComponentVersions {
    private ComponentVersions() {}

    /** All versions of a component. */
    public static Endpoint<Map<String, @Nullable Object>> of(ComponentPath path, boolean withContent) {
        Endpoint<Map<String, @Nullable Object>> request =
                Endpoint.get("api/components/versions/{}/{}", ResponseType.object(), path.category(), path.name());
        return withContent ? request.query("include_content", true) : request;
    }

    /** A version that the server has already is not stored again, so that a repetition changes nothing. */
    static Endpoint<Map<String, @Nullable Object>> upload(ComponentPath path, String content, boolean activate) {
        return Endpoint.post("api/components/versions/upload", ResponseType.object())
                .json(Map.of("path", path.toString(), "content", content, "activate", activate))
                .idempotent();
    }

    static NotFoundException unknown(String hash) {
        return new NotFoundException(Failure.of(404, "there is no version with the hash " + hash));
    }
}
