package io.synapse.sdk.ray;

import io.synapse.sdk.BadRequestException;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which cluster a process is to use, in the variables of Ray's own clients (wire/ray.md, section 5). */
final class RayEnvironment {
    private static final String WHAT_TO_SET =
            "set RAY_API_SERVER_ADDRESS to the address of its dashboard, as http://127.0.0.1:8265";

    private static final Pattern HTTP = Pattern.compile("(?i)https?://");

    private final Map<String, String> variables;

    RayEnvironment(Map<String, String> variables) {
        this.variables = variables;
    }

    static RayEnvironment ofThisProcess() {
        return new RayEnvironment(System.getenv());
    }

    RayClient.Builder builder() {
        RayClient.Builder builder = RayClient.builder().baseUrl(dashboard());
        String token = variable("RAY_AUTH_TOKEN");
        return token == null ? builder : builder.authToken(token);
    }

    private String dashboard() {
        String url = variable("RAY_API_SERVER_ADDRESS");
        if (url != null) {
            return url;
        }
        url = variable("RAY_ADDRESS");
        if (url == null) {
            throw BadRequestException.refused("no Ray cluster is named: " + WHAT_TO_SET);
        }
        if (!HTTP.matcher(url).lookingAt()) {
            // the drivers' variable as well, which may name what speaks no HTTP
            throw BadRequestException.refused("RAY_ADDRESS names no dashboard: " + WHAT_TO_SET);
        }
        return url;
    }

    /** A variable; null when it is not set, or to nothing, which is how some systems say the same. */
    private @Nullable String variable(String name) {
        String value = variables.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }
}
