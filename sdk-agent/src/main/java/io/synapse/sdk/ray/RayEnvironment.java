package io.synapse.sdk.ray;

import io.synapse.sdk.BadRequestException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which cluster a process is to use, in the variables of Ray's own clients (wire/ray.md, section 5). */
final class RayEnvironment {
    private final Map<String, String> variables;

    RayEnvironment(Map<String, String> variables) {
        this.variables = variables;
    }

    static RayEnvironment ofThisProcess() {
        return new RayEnvironment(System.getenv());
    }

    RayClient.Builder builder() {
        String url = variable("RAY_API_SERVER_ADDRESS");
        url = url == null ? variable("RAY_ADDRESS") : url;
        if (url == null) {
            throw BadRequestException.refused(
                    "no Ray cluster is named: set RAY_API_SERVER_ADDRESS to its dashboard, as http://127.0.0.1:8265");
        }
        RayClient.Builder builder = RayClient.builder().baseUrl(url);
        String token = variable("RAY_AUTH_TOKEN");
        return token == null ? builder : builder.authToken(token);
    }

    /** A variable; null when it is not set, or to nothing, which is how some systems say the same. */
    private @Nullable String variable(String name) {
        String value = variables.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }
}
