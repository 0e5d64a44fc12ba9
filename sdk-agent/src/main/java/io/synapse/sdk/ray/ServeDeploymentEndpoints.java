package io.synapse.sdk.ray;

import io.synapse.sdk.Operation;
import io.synapse.sdk.dialect.internal.Ids;
import io.synapse.sdk.ray.internal.RayServe;
import io.synapse.sdk.serve.ServeApplication;
import io.synapse.sdk.serve.ServeChanges;
import io.synapse.sdk.serve.ServeConfig;
import io.synapse.sdk.serve.ServeStatus;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The requests of the blocking and the asynchronous operations on Serve deployments. */
final class ServeDeploymentEndpoints {
    private ServeDeploymentEndpoints() {}

    static Operation<ServeStatus> status() {
        return RayServe.status();
    }

    static Operation<ServeChanges> preview(ServeConfig config) {
        return RayServe.preview(config);
    }

    static Operation<ServeChanges> deploy(ServeConfig config) {
        return RayServe.deploy(config);
    }

    static Operation<@Nullable Void> deleteAll() {
        return RayServe.deleteAll();
    }

    static Operation<ServeApplication> await(String name, Duration timeout) {
        return Operation.deferred(() -> RayServe.await(Ids.checkName("Serve application name", name), timeout));
    }
}
