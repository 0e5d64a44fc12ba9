package io.synapse.sdk.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Which operation sends a recorded request, with which arguments, and where in the answer its result is. */
final class RecordedOperations {
    private static final String JOB = "20261127_06b1";
    private static final String QUEUED = "{\"job\":{\"experiment_uid\":\"" + JOB + "\",\"status\":\"running\"}}";
    private static final String OTHER_QUEUED = "{\"job\":{\"experiment_uid\":\"20261127_%s\",\"status\":\"assigned\"}}";

    private RecordedOperations() {}

    /**
     * A call of an operation.
     *
     * @param pointer the result in the answer; empty for none, or the answer itself
     * @param around answers to what the client asks beside it
     * @param isRefused whether the client takes an answer of success for a failure
     */
    record Call(String operation, String pointer, Map<String, String> around, boolean isRefused, Object... arguments) {}

    /** The call; empty if no operation sends such a request. */
    static Optional<Call> of(ExperimentRecording recording) {
        String path = recording.path();
        String[] parts = path.substring("/api".length()).split("[/?]");
        JsonNode body = recording.body();
        return switch (recording.request()) {
            case "GET /api/" -> call("getServer", "");
            case "GET /api/projects" -> call("listProjects", "/data");
            case "GET /api/projects/demo/experiments", "GET /api/projects/nope/experiments" ->
                call("listRuns", "/data/experiments", parts[2]);
            case "GET /api/runs/demo/tags" -> call("listTags", "/data/tags", "demo");
            case "GET /api/runs/demo/run_a",
                    "GET /api/runs/demo/none",
                    "GET /api/runs/demo/half",
                    "GET /api/runs/demo/nan" -> call("getRun", "/data", "demo", parts[3]);
            case "GET /api/runs/demo/run_a/config" -> call("getRunConfig", "/data", "demo", "run_a");
            case "GET /api/runs/demo/run_a/logs" -> call("getRunLogs", "/data", "demo", "run_a");
            case "GET /api/runs/demo/run_a/artifacts" -> call("listArtifacts", "/data/artifacts", "demo", "run_a");
            case "GET /api/runs/demo/run_a/artifacts/download?file_path=logs/demo/run_a.yaml" ->
                call("downloadArtifact", "", "demo", "run_a", "logs/demo/run_a.yaml");
            case "GET /api/artifacts/preview?path=demo/run_a.yaml" -> call("previewArtifact", "", "demo/run_a.yaml");
            case "GET /api/metrics/statistics/demo/run_a?metric_name=val_acc" ->
                call("getMetricStatistics", "/data", "demo", "run_a", "val_acc");
            case "PATCH /api/runs/demo/run_a/notes" ->
                call("setNotes", "", "demo", "run_a", body.get("notes").textValue());
            case "PATCH /api/runs/demo/run_a/tags" -> call("setTags", "", "demo", "run_a", texts(body.get("tags")));
            case "GET /api/recommendations/demo/summary" -> call("getRecommendationSummary", "", "demo");
            case "POST /api/recommendations/find" ->
                call(
                        "findBestRuns",
                        "",
                        RecommendationRequest.of("demo", texts(body.get("objectives")))
                                .strategy(RecommendationStrategy.RANK)
                                .topK(1));
            case "POST /api/trends/analyze" -> call("analyzeTrends", "", AnalysisRequest.of("demo"));
            case "GET /api/trends/demo/summary" -> call("getTrendSummary", "", "demo");
            case "POST /api/projects/reindex" ->
                Optional.of(new Call("reindexProjects", "", Map.of("GET /api/projects", "{\"data\":[]}"), false));
            case "POST /api/projects/reindex/demo" ->
                Optional.of(new Call(
                        "reindexProject",
                        "",
                        Map.of("GET /api/projects/demo/experiments", "{\"data\":{\"experiments\":[]}}"),
                        false,
                        "demo"));
            default ->
                ofConfigsAndDevices(recording, body)
                        .or(() -> ofQueue(recording, parts, body))
                        .or(() -> ofWorker(recording, parts, body))
                        .or(() -> ofComponents(recording, parts, body));
        };
    }

    private static Optional<Call> ofConfigsAndDevices(ExperimentRecording recording, JsonNode body) {
        return switch (recording.request()) {
            case "GET /api/configs" -> call("listConfigs", "/data");
            case "GET /api/configs/rec_a.yaml" -> call("getConfig", "/data", "rec_a.yaml");
            case "POST /api/configs/create" ->
                call(
                        "createConfig",
                        "/data",
                        body.get("name").textValue(),
                        body.get("content").textValue());
            case "POST /api/configs/save" ->
                body.get("path").textValue().startsWith("..")
                        ? Optional.empty()
                        : call(
                                "saveConfig",
                                "/data",
                                body.get("path").textValue(),
                                body.get("content").textValue());
            case "GET /api/devices" -> call("listDevices", "/data");
            case "DELETE /api/devices/nope", "DELETE /api/devices/gpu-a" ->
                call("deleteDevice", "", recording.path().substring("/api/devices/".length()));
            case "POST /api/devices/heartbeat" ->
                body.has("host_id") ? call("sendHeartbeat", "/data", report()) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static DeviceReport report() {
        return DeviceReport.of("gpu-a")
                .cpuUtil(12.5)
                .memoryUsed(8)
                .memoryTotal(64)
                .diskFree(500)
                .gpuCount(2)
                .gpuUtil(3)
                .vramUsed(1.5)
                .vramTotal(48)
                .gpuTemperature(40)
                .gpuPowerUsage(55.5)
                .gpu(GpuReport.of(0)
                        .name("RTX 3090")
                        .util(3)
                        .vramUsed(1.5)
                        .vramTotal(24)
                        .temperature(40)
                        .powerUsage(55.5))
                .gpu(GpuReport.of(1).name("RTX 3090").util(0).vramUsed(0).vramTotal(24))
                .torchVersion("2.5.0")
                .cudaVersion("12.4")
                .activeJobs(List.of());
    }

    private static Optional<Call> ofQueue(ExperimentRecording recording, String[] parts, JsonNode body) {
        String request = recording.request();
        if (request.equals("POST /api/queue/add")) {
            boolean isSent = body.path("config").isTextual()
                    && !body.get("config").textValue().isBlank();
            return isSent && recording.status() != 500
                    ? call(
                            "submitExperiment",
                            "/job",
                            submission(ExperimentSubmission.ofConfig(text(body, "config")), body))
                    : Optional.empty();
        }
        if (request.equals("POST /api/queue/submit")) {
            return body.has("experiment_uid")
                    ? Optional.empty()
                    : call(
                            "submitExperiment",
                            "/job",
                            submission(ExperimentSubmission.ofConfigPath(text(body, "config_path")), body));
        }
        return switch (request) {
            case "GET /api/queue/stats" -> call("getQueueStatistics", "/data");
            case "GET /api/queue/experiment/nope",
                    "GET /api/queue/experiment/" + JOB,
                    "GET /api/queue/experiment/20261127_bf3f" -> call("getExperimentJob", "/job", parts[3]);
            case "POST /api/queue/job/" + JOB + "/priority?priority=urgent" ->
                call("setPriority", "", JOB, JobPriority.URGENT);
            case "POST /api/queue/job/" + JOB + "/pause" -> call("pauseExperiment", "", JOB);
            case "POST /api/queue/job/" + JOB + "/resume" -> call("resumeExperiment", "", JOB);
            case "GET /api/queue/job/" + JOB + "/log" -> call("getExperimentLogs", "", JOB);
            case "GET /api/queue/job/20261127_bf3f/log" -> call("getExperimentLogs", "", "20261127_bf3f");
            case "POST /api/queue/cleanup?hours=1" ->
                call("cleanUpJobs", "/data/cleaned_count", Duration.ofMinutes(90));
            default -> Optional.empty();
        };
    }

    private static ExperimentSubmission submission(ExperimentSubmission of, JsonNode body) {
        ExperimentSubmission made = of;
        made = body.has("name") ? made.name(text(body, "name")) : made;
        made = body.has("project") ? made.project(text(body, "project")) : made;
        made = body.has("priority") ? made.priority(new JobPriority(text(body, "priority"))) : made;
        made = body.has("tags") ? made.tags(texts(body.get("tags"))) : made;
        return body.has("environment_vars") ? made.environmentVariable("K", "v") : made;
    }

    private static Optional<Call> ofWorker(ExperimentRecording recording, String[] parts, JsonNode body) {
        return switch (recording.request()) {
            case "GET /api/queue/next_job?host_id=w1",
                    "GET /api/queue/next_job?host_id=w2",
                    "GET /api/queue/next_job?host_id=w3" ->
                call(
                        "nextJob",
                        "/data/job",
                        recording.path().substring(recording.path().length() - 2),
                        Duration.ZERO);
            case "GET /api/queue/config/" + JOB -> call("getJobConfig", "", JOB);
            case "POST /api/queue/confirm_started" -> call("confirmStarted", "", JOB, 4999999L);
            case "POST /api/queue/complete_job" -> completion(body);
            case "POST /api/sync/checkpoint/" + JOB ->
                call("saveCheckpoint", "", JOB, Map.of("epoch", 5, "step", 1000));
            case "GET /api/sync/status/" + JOB -> call("getSyncStatus", "/data", JOB);
            default ->
                body.path("multipart").has("delta") && !recording.path().contains("nope")
                        ? part(recording, parts, body.get("multipart").get("delta"))
                        : Optional.empty();
        };
    }

    private static Optional<Call> completion(JsonNode body) {
        String uid = text(body, "experiment_uid");
        if (uid.equals("nope")) {
            return Optional.empty();
        }
        JobCompletion completion = body.get("success").booleanValue()
                ? JobCompletion.succeeded(uid)
                : JobCompletion.failed(uid, text(body, "error_message"));
        String before = uid.equals(JOB) ? QUEUED : OTHER_QUEUED.formatted("e586");
        return Optional.of(
                new Call("completeJob", "", Map.of("GET /api/queue/experiment/" + uid, before), false, completion));
    }

    private static Optional<Call> part(ExperimentRecording recording, String[] parts, JsonNode delta) {
        boolean isSecond = delta.get(1).textValue().equals("2,0.4\n");
        byte[] bytes = delta.get(1).textValue().getBytes(StandardCharsets.UTF_8);
        SyncPart part = SyncPart.of(new SyncTarget(parts[2]), JOB, delta.get(0).textValue(), isSecond ? 16 : 0, bytes);
        String hash =
                recording.line().path("requestHeaders").path("X-Content-Hash").textValue();
        part = hash == null ? part : part.contentHash(hash);
        part = isSecond ? part.prefixHash("2d06800538d394c2") : part;
        String status = isSecond
                ? "{\"data\":{\"files\":{\"w_run.csv\":{\"exists\":true,\"size\":16,\"hash\":\"2d06800538d394c2\"}}}}"
                : "{\"data\":{\"files\":{},\"experiment_files\":{}}}";
        return Optional.of(new Call("syncFile", "/data", Map.of("GET /api/sync/status/" + JOB, status), false, part));
    }

    private static Optional<Call> ofComponents(ExperimentRecording recording, String[] parts, JsonNode body) {
        return switch (recording.request()) {
            case "POST /api/components/versions/scan" -> call("scanComponents", "/data");
            case "GET /api/components/versions" -> call("listComponents", "/data");
            case "GET /api/components/versions/agent" -> call("listComponents", "/data", "agent");
            case "GET /api/components/versions/loss/rec_loss?include_content=true" ->
                call("listComponentVersions", "/data", "loss/rec_loss", true);
            case "POST /api/components/versions/upload" -> upload(recording, body);
            case "POST /api/components/versions/activate" ->
                Optional.of(new Call(
                        "activateComponent",
                        "/data",
                        Map.of(
                                "GET /api/components/versions/loss/rec_loss",
                                "{\"data\":[{\"hash\":\"" + text(body, "hash") + "\"}]}"),
                        false,
                        "loss/rec_loss",
                        text(body, "hash")));
            case "POST /api/components/versions/diff" ->
                call("diffComponents", "/data", text(body, "from_hash"), text(body, "to_hash"));
            case "POST /api/components/manifest/" + JOB ->
                call("saveManifest", "", JOB, Map.of("loss/rec_loss", "b8e52214ff1f5c4f"));
            case "GET /api/components/manifest/" + JOB -> call("getManifest", "/data", JOB);
            case "GET /api/components/component/loss/cross_entropy" ->
                call("getComponentDetails", "/data", "loss/cross_entropy.py");
            case "POST /api/components/bundle/info" ->
                call("getComponentBundle", "/data", "classification", Map.of("loss", "cross_entropy"));
            case "POST /api/components/validate-config" ->
                Optional.of(new Call("validateComponent", "", Map.of(), true, "loss/nope", Map.of()));
            default -> Optional.empty();
        };
    }

    private static Optional<Call> upload(ExperimentRecording recording, JsonNode body) {
        String path = text(body, "path");
        return recording.status() == 500
                ? Optional.empty()
                : Optional.of(new Call(
                        "uploadComponent",
                        "/data",
                        Map.of(),
                        path.equals("loss/other_loss"),
                        path,
                        text(body, "content"),
                        true));
    }

    private static Optional<Call> call(String operation, String pointer, Object... arguments) {
        return Optional.of(new Call(operation, pointer, Map.of(), false, arguments));
    }

    private static String text(JsonNode body, String field) {
        return body.get(field).textValue();
    }

    private static List<String> texts(JsonNode list) {
        Stream<JsonNode> elements = StreamSupport.stream(list.spliterator(), false);
        return elements.map(JsonNode::textValue).toList();
    }
}
