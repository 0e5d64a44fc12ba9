package io.synapse.sdk.gateway;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** One line of gateway-requests.jsonl: an exchange of HTTP with the original. */
record GatewayRecording(JsonNode line) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * A call of an operation.
     *
     * @param operation its name
     * @param arguments what to call it with
     */
    record Call(String operation, Object... arguments) {}

    static List<GatewayRecording> all() throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(GatewayRecording.class.getResourceAsStream("/gateway-requests.jsonl")),
                StandardCharsets.UTF_8))) {
            return lines.lines().map(GatewayRecording::parse).toList();
        }
    }

    /** The first one of that name. */
    static GatewayRecording of(String name) throws IOException {
        return all().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static GatewayRecording parse(String line) {
        try {
            return new GatewayRecording(JSON.readTree(line));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    String name() {
        return line.get("case").textValue();
    }

    String method() {
        return line.get("method").textValue();
    }

    String path() {
        return line.get("path").textValue();
    }

    JsonNode request() {
        return line.get("request");
    }

    int status() {
        return line.get("status").intValue();
    }

    JsonNode response() {
        return line.get("response");
    }

    /** Whether the answer is a stream, whose response here is a list of frames. */
    boolean isStream() {
        return response().isArray();
    }

    /** Whether the recording lacks fields of the answer, or has others in their place. */
    boolean isAbridged() {
        return line.has("abridged");
    }

    Optional<String> contentType() {
        return Optional.ofNullable(line.get("headers").get("content-type")).map(JsonNode::textValue);
    }

    /** The body of the answer, as it was on the wire but for the form of the JSON. */
    String body() {
        if (isStream()) {
            StringBuilder frames = new StringBuilder();
            response().forEach(frame -> frames.append(frame.textValue()).append("\n\n"));
            return frames.toString();
        }
        return response().isTextual() ? response().textValue() : response().toString();
    }

    /** The call that the request is here; empty if no operation sends such a request. */
    Optional<Call> call() {
        return switch (method() + " " + path()) {
            case "GET /health" -> Optional.of(new Call("healthCheck"));
            case "GET /metrics/json" -> Optional.of(new Call("getMetrics"));
            case "GET /api/v1/claude/health", "GET /api/v1/gemini/health", "GET /api/v1/codex/health" ->
                Optional.of(new Call("getAgentHealth", path().split("/")[3]));
            case "POST /api/v1/claude/plan" ->
                has(Set.of("task"), Set.of(), Set.of("constraints")) ? plan() : Optional.empty();
            case "POST /api/v1/claude/code" ->
                has(Set.of("description"), Set.of("language"), Set.of()) ? code() : Optional.empty();
            case "POST /api/v1/gemini/analyze" ->
                has(Set.of("content"), Set.of("analysis_type"), Set.of()) ? analysis() : Optional.empty();
            case "POST /api/v1/gemini/review" ->
                has(Set.of("code"), Set.of("language"), Set.of()) ? review() : Optional.empty();
            case "POST /api/v1/codex/execute" -> isExecution() ? execution() : Optional.empty();
            case "POST /api/v1/workflow", "POST /api/v1/workflow/stream" ->
                has(Set.of("task"), Set.of("workflow_type"), Set.of("constraints", "model_config"))
                        ? workflow()
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private Optional<Call> plan() {
        PlanRequest request = PlanRequest.of(text("task"));
        return Optional.of(
                new Call("createPlan", request().has("constraints") ? request.constraints(list()) : request));
    }

    private Optional<Call> code() {
        CodeRequest request = CodeRequest.of(text("description"));
        return Optional.of(
                new Call("generateCode", request().has("language") ? request.language(text("language")) : request));
    }

    private Optional<Call> analysis() {
        AnalysisRequest request = AnalysisRequest.of(text("content"));
        return Optional.of(new Call(
                "analyze",
                request().has("analysis_type")
                        ? request.analysisType(new AnalysisType(text("analysis_type")))
                        : request));
    }

    private Optional<Call> review() {
        ReviewRequest request = ReviewRequest.of(text("code"));
        return Optional.of(
                new Call("reviewCode", request().has("language") ? request.language(text("language")) : request));
    }

    private boolean isExecution() {
        JsonNode timeout = request().get("timeout");
        return has(Set.of("command"), Set.of("working_dir"), Set.of("timeout"))
                && !text("command").isBlank()
                && (timeout == null || timeout.isInt() && timeout.intValue() > 0);
    }

    private Optional<Call> execution() {
        ExecuteRequest request = ExecuteRequest.of(text("command"));
        request = request().has("working_dir") ? request.workingDir(text("working_dir")) : request;
        request = request().has("timeout")
                ? request.timeout(Duration.ofSeconds(request().get("timeout").intValue()))
                : request;
        return Optional.of(new Call("execute", request));
    }

    private Optional<Call> workflow() {
        WorkflowRequest request = WorkflowRequest.of(text("task"));
        request = request().has("workflow_type")
                ? request.workflowType(new WorkflowType(text("workflow_type")))
                : request;
        request = request().has("constraints") ? request.constraints(list()) : request;
        if (request().has("model_config")) {
            for (Map.Entry<String, JsonNode> model :
                    request().get("model_config").properties()) {
                if (!model.getValue().isTextual()) {
                    return Optional.empty();
                }
                request = request.model(
                        new WorkflowRole(model.getKey()), model.getValue().textValue());
            }
        }
        return Optional.of(new Call(path().endsWith("stream") ? "streamWorkflow" : "runWorkflow", request));
    }

    /** Whether the request has these fields and no others, texts where texts belong. */
    private boolean has(Set<String> texts, Set<String> optionalTexts, Set<String> others) {
        return request().isObject()
                && texts.stream().allMatch(field -> request().path(field).isTextual())
                && optionalTexts.stream()
                        .allMatch(field -> request().path(field).isMissingNode()
                                || request().path(field).isTextual())
                && names().allMatch(field ->
                        texts.contains(field) || optionalTexts.contains(field) || others.contains(field))
                && (!request().has("constraints") || isListOfTexts(request().get("constraints")));
    }

    private static boolean isListOfTexts(JsonNode value) {
        return value.isArray()
                && StreamSupport.stream(value.spliterator(), false).allMatch(JsonNode::isTextual);
    }

    private Stream<String> names() {
        return request().properties().stream().map(Map.Entry::getKey);
    }

    private String text(String field) {
        return request().path(field).textValue();
    }

    private List<String> list() {
        return JSON.convertValue(request().get("constraints"), new TypeReference<List<String>>() {});
    }

    /** The request as maps, lists and simple values; empty for none. */
    Object requestValue() {
        return request() instanceof NullNode ? Map.of() : JSON.convertValue(request(), Object.class);
    }

    @Override
    public String toString() {
        return name() + ": " + method() + " " + path() + " " + request();
    }
}
