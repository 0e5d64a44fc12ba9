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
 * Why an application will not run. It says so itself when it cannot be imported; when a replica fails, only its deployment
 * says why. Both say it in tracebacks.
 */
final class DeploymentFailure {
    private DeploymentFailure() {}

    static ConflictException of(ServeApplication application) {
        Map<String, String> reasons = new LinkedHashMap<>();
        putIfSaid(reasons, "application " + application.name(), application.message());
        application.deployments().forEach((name, deployment) -> {
            if (DeploymentStatus.DEPLOY_FAILED.equals(deployment.status())) {
                putIfSaid(reasons, "deployment " + name, deployment.message());
            }
        });
        String sentences = reasons.values().stream()
                .map(reason -> ": " + RayErrors.sentence(reason).strip())
                .collect(Collectors.joining());
        String message = "the Serve application " + application.name() + " will not run, it is " + application.status()
                + sentences;
        return new ConflictException(new Failure(409, message, reasons, Map.of(), null, 0, false));
    }

    private static void putIfSaid(Map<String, String> reasons, String who, @Nullable String message) {
        if (message != null && !message.isBlank()) {
            reasons.put(who, message);
        }
    }
}
