package io.synapse.sdk.experiment;

import io.synapse.sdk.Endpoint;
import io.synapse.sdk.Operation;
import io.synapse.sdk.ResponseType;
import io.synapse.sdk.experiment.internal.ComponentComparison;
import io.synapse.sdk.experiment.internal.ComponentVersions;
import io.synapse.sdk.experiment.internal.ExperimentDialect;
import io.synapse.sdk.experiment.internal.ExperimentNames;
import io.synapse.sdk.experiment.internal.ExperimentNames.ComponentPath;
import io.synapse.sdk.experiment.internal.ExperimentProtocol;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The requests of the blocking and the asynchronous component operations (wire/experiments.md, section 7). */
final class ComponentEndpoints {
    private static final String VERSIONS = "api/components/versions";

    private ComponentEndpoints() {}

    static Operation<List<ComponentSummary>> list() {
        return ExperimentProtocol.with(
                dialect -> dialect.askList(Endpoint.get(VERSIONS, ResponseType.object()), ComponentSummary.class));
    }

    static Operation<List<ComponentSummary>> list(String category) {
        return Operation.deferred(() -> {
            Endpoint<Map<String, @Nullable Object>> request =
                    Endpoint.get(VERSIONS + "/{}", ResponseType.object(), ExperimentNames.checkCategory(category));
            return ExperimentProtocol.with(dialect -> dialect.askList(request, ComponentSummary.class));
        });
    }

    static Operation<List<ComponentVersion>> versions(String path, boolean withContent) {
        return with(
                path,
                (dialect, component) ->
                        dialect.askList(ComponentVersions.of(component, withContent), ComponentVersion.class));
    }

    static Operation<ComponentVersion> version(String hash) {
        return Operation.deferred(() -> {
            String checked = ExperimentNames.checkHash(hash);
            return ExperimentProtocol.with(dialect -> dialect.version(checked));
        });
    }

    static Operation<ComponentVersion> upload(String path, String content, boolean activate) {
        return with(path, (dialect, component) -> dialect.upload(component, content, activate));
    }

    static Operation<ComponentVersion> activate(String path, String hash) {
        return with(path, (dialect, component) -> dialect.activate(component, ExperimentNames.checkHash(hash)));
    }

    static Operation<ComponentDiff> diff(String fromHash, String toHash) {
        return Operation.deferred(() -> {
            Endpoint<Map<String, @Nullable Object>> request = Endpoint.post(VERSIONS + "/diff", ResponseType.object())
                    .json(Map.of(
                            "from_hash",
                            ExperimentNames.checkHash(fromHash),
                            "to_hash",
                            ExperimentNames.checkHash(toHash)))
                    .idempotent();
            return ExperimentProtocol.with(dialect -> dialect.ask(request, ComponentDiff.class));
        });
    }

    static Operation<ScanReport> scan() {
        return ExperimentProtocol.with(dialect -> dialect.ask(
                Endpoint.post(VERSIONS + "/scan", ResponseType.object()).idempotent(), ScanReport.class));
    }

    static Operation<List<ComponentConflict>> compare(Map<String, String> local) {
        return Operation.deferred(() -> {
            Map<String, String> hashes = checked(local);
            return ExperimentProtocol.with(
                    dialect -> dialect.askList(Endpoint.get(VERSIONS, ResponseType.object()), ComponentSummary.class)
                            .then(known -> ComponentComparison.of(dialect, hashes, known)));
        });
    }

    static Operation<List<ComponentConflict>> conflicts() {
        return ExperimentProtocol.with(ExperimentDialect::conflicts);
    }

    static Operation<ComponentResolution> resolve(String path, ConflictResolution resolution) {
        return with(path, (dialect, component) -> dialect.resolve(component, resolution));
    }

    static Operation<ComponentManifest> manifest(String uid) {
        return QueueEndpoints.with(
                "job",
                uid,
                (dialect, id) -> dialect.ask(
                        Endpoint.get("api/components/manifest/{}", ResponseType.object(), id),
                        ComponentManifest.class));
    }

    static Operation<@Nullable Void> saveManifest(String uid, Map<String, String> components) {
        return Operation.deferred(() -> {
            Map<String, String> hashes = checked(components);
            return QueueEndpoints.with(
                    "job",
                    uid,
                    (dialect, id) -> dialect.tell(Endpoint.post("api/components/manifest/{}", ResponseType.object(), id)
                            .json(hashes)
                            .idempotent()));
        });
    }

    static Operation<ComponentDetails> details(String path) {
        return with(
                path,
                (dialect, component) -> dialect.ask(
                        Endpoint.get(
                                "api/components/component/{}/{}",
                                ResponseType.object(),
                                component.category(),
                                component.name()),
                        ComponentDetails.class));
    }

    static Operation<ComponentCheck> validate(String path, Map<String, @Nullable Object> parameters) {
        return with(
                path,
                (dialect, component) -> dialect.ask(
                        Endpoint.post("api/components/validate-config", ResponseType.object())
                                .json(Map.of(
                                        "type", component.category() + "." + component.name(), "params", parameters))
                                .idempotent(),
                        ComponentCheck.class));
    }

    static Operation<ComponentBundle> bundle(String agent, Map<String, String> components) {
        return Operation.deferred(() -> {
            ExperimentNames.component("agent/" + agent);
            components.forEach((category, name) -> ExperimentNames.component(category + "/" + name));
            Endpoint<Map<String, @Nullable Object>> request = Endpoint.post(
                            "api/components/bundle/info", ResponseType.object())
                    .json(Map.of("agent", agent, "components", components))
                    .idempotent();
            return ExperimentProtocol.with(dialect -> dialect.ask(request, ComponentBundle.class));
        });
    }

    /** Hashes by the paths that the server has. */
    private static Map<String, String> checked(Map<String, String> hashes) {
        Map<String, String> checked = new LinkedHashMap<>();
        hashes.forEach((path, hash) ->
                checked.put(ExperimentNames.component(path).toString(), ExperimentNames.checkHash(hash)));
        return checked;
    }

    private static <T extends @Nullable Object> Operation<T> with(
            String path, BiFunction<ExperimentDialect, ComponentPath, Operation<T>> operation) {
        return Operation.deferred(() -> {
            ComponentPath component = ExperimentNames.component(path);
            return ExperimentProtocol.with(dialect -> operation.apply(dialect, component));
        });
    }
}
