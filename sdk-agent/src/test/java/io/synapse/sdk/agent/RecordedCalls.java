package io.synapse.sdk.agent;

import static java.util.Map.entry;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.synapse.sdk.Models;
import io.synapse.sdk.TailOptions;
import io.synapse.sdk.TailProtocol;
import io.synapse.sdk.container.ContainerFilter;
import io.synapse.sdk.container.ContainerKind;
import io.synapse.sdk.container.ContainerRequest;
import io.synapse.sdk.container.ContainerStatus;
import io.synapse.sdk.container.ContainerUpdate;
import io.synapse.sdk.container.DockerContainerRequest;
import io.synapse.sdk.plugin.PluginDebugRequest;
import io.synapse.sdk.plugin.PluginRelease;
import io.synapse.sdk.plugin.PluginRunRequest;
import io.synapse.sdk.resources.FeasibilityRequest;
import io.synapse.sdk.resources.RuntimePolicyUpdate;
import io.synapse.sdk.resources.WorkloadKind;
import io.synapse.sdk.system.SystemUpdate;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What the recorded calls of the published client are in this SDK: an operation and its arguments. */
final class RecordedCalls {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * A call of an operation.
     *
     * @param operation its name
     * @param arguments what to call it with
     */
    record Call(String operation, Object... arguments) {}

    private final Path archive;

    /** The calls, where an archive is this file. */
    RecordedCalls(Path archive) {
        this.archive = archive;
    }

    /** The call that a recording is here. */
    Call of(Recording recording) {
        String name = recording.call();
        JsonNode arguments = recording.arguments();
        if (name.startsWith("createContainer")) {
            return new Call("createContainer", container(name, arguments));
        }
        Function<JsonNode, Call> known = KNOWN.get(name);
        return known != null ? known.apply(arguments) : new Call(name, singleArgument(arguments));
    }

    private static final Map<String, Function<JsonNode, Call>> KNOWN = Map.ofEntries(
            entry(
                    "tailJobLogs http",
                    a -> new Call("tailJobLogs", id(a), TailOptions.DEFAULT.protocol(TailProtocol.HTTP))),
            entry("listContainers", a -> new Call("listContainers", ContainerFilter.status(status(a)))),
            entry("listContainers all pages", a -> new Call("listAllContainers")),
            entry("updateContainer", a -> new Call("updateContainer", id(a), ContainerUpdate.of(status(a)))),
            entry("createDockerContainer", RecordedCalls::dockerContainer),
            entry("listPluginReleases all pages", a -> new Call("listAllPluginReleases")),
            entry("createPluginRelease", a -> new Call("createPluginRelease", text(a, "plugin"), text(a, "version"))),
            entry("runPluginRelease", a -> new Call("runPluginRelease", text(a, "lookup"), run(a))),
            entry("runDebugPluginRelease", RecordedCalls::debug),
            entry(
                    "getClusterResources",
                    a -> new Call("getClusterResources", a.get("useCache").booleanValue())),
            entry("checkFeasibility", RecordedCalls::feasibility),
            entry(
                    "checkFeasibility defaults",
                    a -> new Call("checkFeasibility", FeasibilityRequest.of(kind(a), number(a, "numCpus")))),
            entry("updateRuntimePolicy", a -> new Call("updateRuntimePolicy", policy(a.get("patch")))),
            entry(
                    "updateSystem",
                    a -> new Call(
                            "updateSystem",
                            SystemUpdate.configured().apiTag(text(a, "apiTag")).workerTag(text(a, "workerTag")))),
            entry("updateSystem defaults", a -> new Call("updateSystem", SystemUpdate.configured())));

    private static Object[] singleArgument(JsonNode arguments) {
        return arguments.isEmpty()
                ? new Object[0]
                : new Object[] {arguments.elements().next().asText()};
    }

    private ContainerRequest container(String name, JsonNode a) {
        ContainerRequest request = a.has("file")
                ? ContainerRequest.ofArchive(archive)
                : name.contains("object")
                        ? ContainerRequest.ofRelease(release())
                        : ContainerRequest.ofRelease(text(a, "release"));
        request = a.has("model") ? request.model(a.get("model").longValue()) : request;
        request = a.has("params") ? request.params(object(a, "params")) : request;
        request = a.has("envs") ? request.envs(texts(a, "envs")) : request;
        request = a.has("metadata") ? request.metadata(object(a, "metadata")) : request;
        request = a.has("labels") ? request.labels(list(a, "labels")) : request;
        request = a.has("kind") ? request.kind(new ContainerKind(text(a, "kind"))) : request;
        request = a.has("backendContainerId")
                ? request.backendContainerId(a.get("backendContainerId").longValue())
                : request;
        return name.contains("no wait") ? request.withoutWaiting() : request;
    }

    /** "code demo@1.0.0, plugin demo, version 1.0.0, action gradio". */
    private static PluginRelease release() {
        Map<String, Object> actions = Map.of("gradio", Map.of("entrypoint", "plugin.gradio_interface.app"));
        return Models.of(
                PluginRelease.class,
                Map.of(
                        "plugin",
                        "demo",
                        "version",
                        "1.0.0",
                        "code",
                        "demo@1.0.0",
                        "config",
                        Map.of("actions", actions)));
    }

    private static Call dockerContainer(JsonNode a) {
        return new Call(
                "createDockerContainer",
                DockerContainerRequest.of(text(a, "release"))
                        .params(object(a, "params"))
                        .envs(texts(a, "envs"))
                        .metadata(object(a, "metadata"))
                        .labels(list(a, "labels")));
    }

    private static PluginRunRequest run(JsonNode a) {
        return PluginRunRequest.of(text(a, "action"))
                .params(object(a, "params"))
                .requirements(list(a, "requirements"))
                .jobId(text(a, "jobId"))
                .language(text(a, "language"));
    }

    private static Call debug(JsonNode a) {
        return new Call(
                "runDebugPluginRelease",
                PluginDebugRequest.of(run(a))
                        .pluginPath(text(a, "pluginPath"))
                        .config(object(a, "config"))
                        .modules(texts(a, "modules")));
    }

    private static Call feasibility(JsonNode a) {
        return new Call(
                "checkFeasibility",
                FeasibilityRequest.of(kind(a), number(a, "numCpus"))
                        .numGpus(number(a, "numGpus"))
                        .memoryBytes(a.get("memoryBytes").longValue())
                        .replicas(a.get("replicas").intValue())
                        .metadata(object(a, "metadata")));
    }

    private static RuntimePolicyUpdate policy(JsonNode patch) {
        return RuntimePolicyUpdate.none()
                .maxConcurrentJobs(patch.get("max_concurrent_jobs").intValue());
    }

    private static WorkloadKind kind(JsonNode a) {
        return new WorkloadKind(text(a, "kind"));
    }

    private static ContainerStatus status(JsonNode a) {
        return new ContainerStatus(text(a, "status"));
    }

    private static String id(JsonNode a) {
        return a.get("id").asText();
    }

    private static String text(JsonNode a, String field) {
        return a.get(field).textValue();
    }

    private static double number(JsonNode a, String field) {
        return a.get(field).doubleValue();
    }

    private static Map<String, Object> object(JsonNode a, String field) {
        return JSON.convertValue(a.get(field), new TypeReference<LinkedHashMap<String, Object>>() {});
    }

    private static Map<String, String> texts(JsonNode a, String field) {
        return JSON.convertValue(a.get(field), new TypeReference<LinkedHashMap<String, String>>() {});
    }

    private static List<String> list(JsonNode a, String field) {
        return JSON.convertValue(a.get(field), new TypeReference<List<String>>() {});
    }
}
