package io.synapse.sdk.ray.internal;

import io.synapse.sdk.ConflictException;
import io.synapse.sdk.Failure;
import io.synapse.sdk.serve.DeploymentStatus;
import io.synapse.sdk.serve.ServeApplication;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The reason why an application does not run. The application's message has it if the import fails; only the
 * deployment's message has it if a replica fails. Both contain tracebacks.
 */
final class DeploymentFailure {
    private DeploymentFailure() {}

    static ConflictException of(ServeApplication application) {
        Map<String, String> reasons = new LinkedHashMap<>();
        putIfPresent(reasons, "application " + application.name(), application.message());
        application.deployments().forEach((name, deployment) -> {
            if (DeploymentStatus.DEPLOY_FAILED.equals(deployment.status())) {
                putIfPresent(reasons, "deployment " + name, deployment.message());
            }
        });
        String sentences = reasons.values().stream()
                .map(reason -> ": " + RayErrors.sentence(reason).strip())
                .collect(Collectors.joining());
        String message = "the Serve application " + application.name() + " will not run, it is " + application.status()
                + sentences;
        return new ConflictException(new Failure(409, message, reasons, Map.of(), null, 0, false));
    }

    private static void putIfPresent(Map<String, String> reasons, String source, @Nullable String message) {
        if (message != null && !message.isBlank()) {
            reasons.put(source, message);
        }
    }
}
