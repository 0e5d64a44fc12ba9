package io.synapse.sdk.experiment;

import io.synapse.sdk.Endpoint;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.Operation;
import io.synapse.sdk.ResponseType;
import io.synapse.sdk.experiment.internal.ConfigText;
import io.synapse.sdk.experiment.internal.ExperimentNames;
import io.synapse.sdk.experiment.internal.ExperimentProtocol;
import io.synapse.sdk.experiment.internal.StoredConfigs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The requests of the blocking and the asynchronous operations on configurations (wire/experiments.md, section 2). */
final class ConfigEndpoints {
    private ConfigEndpoints() {}

    static Operation<List<String>> list() {
        return ExperimentProtocol.with(
                dialect -> dialect.askList(Endpoint.get("api/configs", ResponseType.object()), String.class));
    }

    static Operation<StoredConfig> get(String path) {
        return Operation.deferred(() -> {
            Endpoint<Map<String, @Nullable Object>> request = StoredConfigs.get(ExperimentNames.checkConfigPath(path));
            return ExperimentProtocol.with(dialect -> dialect.ask(request, StoredConfig.class));
        });
    }

    /** After a lost reply, a configuration of that name and text is the one that was to be created. */
    static Operation<StoredConfig> create(String name, String content) {
        return Operation.deferred(() -> {
            String path = ExperimentNames.check("configuration", name) + ".yaml";
            Endpoint<Map<String, @Nullable Object>> request = Endpoint.post("api/configs/create", ResponseType.object())
                    .json(Map.of("name", name, "content", ConfigText.check(content)));
            return ExperimentProtocol.with(dialect -> {
                Operation<Optional<Map<String, @Nullable Object>>> created = dialect.ask(
                                StoredConfigs.get(path), StoredConfig.class)
                        .map(found -> content.equals(found.content())
                                ? Optional.of(Map.<String, @Nullable Object>of("data", Map.of("path", path)))
                                : Optional.<Map<String, @Nullable Object>>empty())
                        .recover(NotFoundException.class, missing -> Optional.empty());
                return dialect.ask(request, created, StoredConfig.class);
            });
        });
    }

    static Operation<StoredConfig> save(String path, String content) {
        return Operation.deferred(() -> {
            Endpoint<Map<String, @Nullable Object>> request = Endpoint.post("api/configs/save", ResponseType.object())
                    .json(Map.of("path", ExperimentNames.checkConfigPath(path), "content", ConfigText.check(content)))
                    .idempotent();
            return ExperimentProtocol.with(dialect -> dialect.ask(request, StoredConfig.class));
        });
    }

    static Operation<ConfigCheck> validate(String config, @Nullable String hostId) {
        return Operation.deferred(() -> {
            String host = hostId == null ? null : ExperimentNames.check("host", hostId);
            return ExperimentProtocol.with(dialect -> dialect.validate(config, host));
        });
    }
}
