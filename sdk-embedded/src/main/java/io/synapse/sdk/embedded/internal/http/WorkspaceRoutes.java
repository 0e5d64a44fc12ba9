package io.synapse.sdk.embedded.internal.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.synapse.sdk.docker.ContainerLimits;
import io.synapse.sdk.embedded.internal.backend.Fields;
import io.synapse.sdk.embedded.internal.backend.RefusedException;
import io.synapse.sdk.embedded.internal.workspace.HostedWorkspace;
import io.synapse.sdk.embedded.internal.workspace.WorkspaceDescription;
import io.synapse.sdk.embedded.internal.workspace.Workspaces;
import io.synapse.sdk.internal.json.Json;
import io.synapse.sdk.workspace.internal.CallReply;
import io.synapse.sdk.workspace.internal.WorkspaceCall;
import io.synapse.sdk.workspace.internal.WorkspaceCalls;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/** {@code workspaces/…}: an extension of ours (wire/agent.md, section 7). */
final class WorkspaceRoutes {
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9-]{8,64}");
    private static final long MOST_SECONDS = 20;
    private static final long USUAL_SECONDS = 10;

    /** Reads the arguments of calls: what is missing, unknown or of another type is an error. */
    private static final ObjectMapper ARGUMENTS = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(
                    LogicalType.Textual,
                    text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .build();

    private final Workspaces workspaces;
    private final ContainerLimits limits;

    /** @param limits what a container may use */
    WorkspaceRoutes(Workspaces workspaces, ContainerLimits limits) {
        this.workspaces = workspaces;
        this.limits = limits;
    }

    void register(RoutesConfig routes) {
        routes.get("/workspaces", this::list);
        routes.put("/workspaces/{id}", this::open);
        routes.get("/workspaces/{id}", this::get);
        routes.delete("/workspaces/{id}", this::close);
        routes.put("/workspaces/{id}/calls/{key}", this::call);
        routes.delete("/workspaces/{id}/calls/{key}", this::cancel);
        routes.put("/workspaces/{id}/contents/{key}", this::write);
        routes.get("/workspaces/{id}/contents/{key}", this::read);
        routes.delete("/workspaces/{id}/contents/{key}", this::delete);
    }

    private void list(Context request) {
        Answers.json(
                request,
                200,
                workspaces.all().entrySet().stream()
                        .map(each -> document(each.getKey(), each.getValue()))
                        .toList());
    }

    private void open(Context request) {
        WorkspaceDescription description = WorkspaceDescription.parse(Answers.body(request), limits);
        answer(request, workspaces.open(key(request, "id"), description, patience(request)));
    }

    private void get(Context request) {
        String id = request.pathParam("id");
        Answers.json(request, 200, document(id, workspaces.get(id)));
    }

    private void close(Context request) {
        answer(request, workspaces.close(key(request, "id"), patience(request)));
    }

    private void call(Context request) {
        HostedWorkspace workspace = workspace(request);
        Fields fields = Fields.of(Answers.body(request), "the call");
        String name = fields.required("operation");
        WorkspaceCall<?, ?> call = WorkspaceCalls.byName(name)
                .orElseThrow(() -> new RefusedException(400, "there is no operation " + name));
        JsonNode arguments = fields.value("arguments");
        answer(
                request,
                workspace.call(
                        key(request, "key"),
                        call,
                        arguments(call, arguments == null ? fields.object().objectNode() : arguments),
                        !Boolean.parseBoolean(request.queryParam("join")),
                        patience(request)));
    }

    private static Record arguments(WorkspaceCall<?, ?> call, JsonNode given) {
        if (!(given instanceof ObjectNode)) {
            throw new RefusedException(400, "the arguments must be a JSON object");
        }
        try {
            return ARGUMENTS.treeToValue(given, call.arguments());
        } catch (JsonProcessingException e) {
            throw new RefusedException(
                    400, "the arguments of " + call.name() + " cannot be read: " + e.getOriginalMessage());
        }
    }

    private void cancel(Context request) {
        answer(request, workspace(request).cancel(key(request, "key"), patience(request)));
    }

    private void write(Context request) throws IOException {
        workspace(request)
                .contents()
                .write(request.pathParam("key"), number(request, "offset", 0), request.bodyAsBytes());
        request.status(204);
    }

    private void read(Context request) throws IOException {
        byte[] piece = workspace(request)
                .contents()
                .read(
                        request.pathParam("key"),
                        number(request, "offset", 0),
                        number(request, "length", Integer.MAX_VALUE));
        request.contentType("application/octet-stream").result(piece);
    }

    private void delete(Context request) throws IOException {
        workspace(request).contents().delete(request.pathParam("key"));
        request.status(204);
    }

    private HostedWorkspace workspace(Context request) {
        return workspaces.get(request.pathParam("id"));
    }

    private static Map<String, Object> document(String id, HostedWorkspace workspace) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", id);
        document.put("container_id", workspace.workspace().id());
        document.put("opened_at", workspace.openedAt().toString());
        document.put("last_used_at", workspace.lastUsedAt().toString());
        return document;
    }

    private static String key(Context request, String name) {
        String key = request.pathParam(name);
        Fields.require(
                KEY.matcher(key).matches(),
                "the client's " + name + " must have 8 to 64 of the characters A-Z a-z 0-9 -");
        return key;
    }

    private static Duration patience(Context request) {
        return Duration.ofSeconds(Math.min(MOST_SECONDS, number(request, "wait", USUAL_SECONDS)));
    }

    private static long number(Context request, String name, long byDefault) {
        return QueryNumber.of(name, request.queryParam(name), byDefault, 0, QueryNumber.MAX);
    }

    /** Without a thread that waits. Names of files may have what only ASCII can express: {@link Json#writeAscii}. */
    private static void answer(Context request, CompletableFuture<CallReply> reply) {
        request.future(() -> reply.thenAccept(
                answer -> request.contentType("application/json").result(Json.writeAscii(answer))));
    }
}
