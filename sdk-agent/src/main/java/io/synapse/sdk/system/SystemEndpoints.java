package io.synapse.sdk.system;

import io.synapse.sdk.Endpoint;
import io.synapse.sdk.Operation;
import io.synapse.sdk.Polling;
import java.time.Duration;

/** The requests of the blocking and the asynchronous system operations (wire/agent.md, section 4). */
final class SystemEndpoints {
    /** The agent pulls images and creates containers before it responds. */
    private static final Duration LONGEST_CHANGE = Duration.ofMinutes(10);

    private SystemEndpoints() {}

    static Operation<Health> health() {
        return Endpoint.get("health/", Health.class);
    }

    static Operation<Health> awaitHealth(Duration timeout) {
        return Operation.deferred(() -> health().until(
                        health -> true,
                        Polling.every(Duration.ofSeconds(1), timeout, "the agent to answer"),
                        seen -> {}));
    }

    static Operation<SystemStatus> status() {
        return Endpoint.get("system/status/", SystemStatus.class);
    }

    static Operation<ComposeConfig> composeConfig() {
        return Endpoint.get("system/compose-config/", ComposeConfig.class);
    }

    /** Without tags there is no body, as in the published client. */
    static Operation<SystemChange> update(SystemUpdate update) {
        Endpoint<SystemChange> endpoint = change("system/update/");
        return update.tags().isEmpty() ? endpoint : endpoint.json(update.tags());
    }

    static Operation<SystemChange> restart() {
        return change("system/restart/");
    }

    private static Endpoint<SystemChange> change(String path) {
        return Endpoint.post(path, SystemChange.class)
                .callTimeout(LONGEST_CHANGE)
                .readTimeout(LONGEST_CHANGE);
    }
}
