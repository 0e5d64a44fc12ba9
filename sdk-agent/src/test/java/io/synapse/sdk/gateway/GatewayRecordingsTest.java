package io.synapse.sdk.gateway;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.Endpoint;
import io.synapse.sdk.HttpMethod;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.ResponseType;
import io.synapse.sdk.RetryPolicy;
import io.synapse.sdk.ServerException;
import io.synapse.sdk.UnexpectedResponseException;
import io.synapse.sdk.agent.Operations;
import io.synapse.sdk.gateway.GatewayRecording.Call;
import io.synapse.sdk.internal.json.Json;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Both clients send what was sent to the original, and read its answers field for field. Requests that no operation sends
 * (malformed ones, for instance) are sent as they are, so that the answers to them are read too.
 */
class GatewayRecordingsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What is read of the answers on these paths. */
    private static final Map<String, ResponseType<?>> TYPES = Map.ofEntries(
            entry("/metrics", ResponseType.text()),
            entry("/openapi.json", ResponseType.object()),
            entry("/health", ResponseType.of(GatewayHealth.class)),
            entry("/api/v1/claude/plan", ResponseType.of(Plan.class)),
            entry("/api/v1/gemini/analyze", ResponseType.of(Analysis.class)),
            entry("/api/v1/codex/execute", ResponseType.of(ExecutionResult.class)),
            entry("/api/v1/workflow", ResponseType.of(WorkflowResult.class)),
            entry("/api/v1/workflow/legacy", ResponseType.of(WorkflowResult.class)));

    private static final Map<Class<?>, String> EVENTS = Map.of(
            WorkflowEvent.Started.class, "start",
            WorkflowEvent.StepStarted.class, "step_start",
            WorkflowEvent.StepCompleted.class, "step_complete",
            WorkflowEvent.StepFailed.class, "step_error",
            WorkflowEvent.Completed.class, "complete",
            WorkflowEvent.Failed.class, "error");

    static Stream<Arguments> recordings() throws IOException {
        return GatewayRecording.all().stream()
                .filter(recording -> !recording.method().equals("OPTIONS")) // of browsers
                .flatMap(recording -> Stream.of(Operations.values()).map(kind -> Arguments.of(kind, recording)));
    }

    @Test
    void mostRecordingsAreCallsOfAnOperation() throws IOException {
        List<GatewayRecording> all = GatewayRecording.all();

        assertThat(all).hasSize(95);
        assertThat(all.stream().filter(each -> each.call().isPresent())).hasSize(50);
        assertThat(all.stream()
                        .map(GatewayRecording::call)
                        .flatMap(Optional::stream)
                        .map(Call::operation)
                        .distinct())
                .hasSize(10);
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void whatIsSentAndReadIsWhatWasRecorded(Operations kind, GatewayRecording recording) throws Exception {
        Optional<Call> call = recording.call();
        try (MockWebServer server = new MockWebServer()) {
            server.enqueue(answer(recording));
            server.start();
            try (GatewayClient client = GatewayClient.builder()
                    .baseUrl(server.url("/").toString())
                    .retryPolicy(RetryPolicy.NEVER)
                    .build()) {
                if (recording.status() == 200) {
                    assertRead(perform(kind, client, recording), recording);
                } else {
                    ClientException failure =
                            catchThrowableOfType(ClientException.class, () -> perform(kind, client, recording));
                    assertFailure(failure, recording);
                }
            }
            RecordedRequest sent = server.takeRequest(1, TimeUnit.SECONDS);
            assertThat(sent.getMethod() + " " + sent.getTarget())
                    .isEqualTo(recording.method() + " " + recording.path());
            if (call.isPresent() && sent.getMethod().equals("POST")) {
                assertThat(sent.getHeaders().get("Content-Type")).isEqualTo("application/json");
                assertThat(JSON.readTree(sent.getBody().utf8())).isEqualTo(recording.request());
            }
        }
    }

    private static MockResponse answer(GatewayRecording recording) {
        MockResponse.Builder answer = new MockResponse.Builder().code(recording.status());
        recording.contentType().ifPresent(type -> answer.setHeader("Content-Type", type));
        if (recording.isStream()) {
            return answer.chunkedBody(recording.body(), 100).build();
        }
        return recording.method().equals("HEAD")
                ? answer.build()
                : answer.body(recording.body()).build();
    }

    private static @Nullable Object perform(Operations kind, GatewayClient client, GatewayRecording recording) {
        Optional<Call> call = recording.call();
        if (call.isPresent()) {
            return kind.call(client, call.get().operation(), call.get().arguments());
        }
        ResponseType<?> type = TYPES.getOrDefault(recording.path(), ResponseType.object());
        Endpoint<?> endpoint = Endpoint.of(
                HttpMethod.valueOf(recording.method()), recording.path().substring(1), type);
        return recording.method().equals("POST")
                ? client.perform(withBody(endpoint, recording))
                : client.perform(endpoint);
    }

    private static <T> Endpoint<T> withBody(Endpoint<T> endpoint, GatewayRecording recording) {
        return endpoint.json(recording.requestValue());
    }

    private static void assertRead(@Nullable Object read, GatewayRecording recording) throws Exception {
        if (!recording.isAbridged()) {
            assertKnown(read);
        }
        if (!recording.isStream()) {
            assertEqual(recording.response(), read instanceof String ? JSON.valueToTree(read) : fields(read));
            return;
        }
        List<JsonNode> events = new ArrayList<>();
        for (Object event : (List<?>) read) {
            events.add(((ObjectNode) fields(event)).put("event", EVENTS.get(event.getClass())));
        }
        assertThat(events).hasSize(recording.response().size());
        for (int i = 0; i < events.size(); i++) {
            String frame = recording.response().get(i).textValue();
            assertEqual(JSON.readTree(frame.substring("data: ".length())), events.get(i));
        }
    }

    /** Each field that the original sends has its component. */
    private static void assertKnown(@Nullable Object value) throws ReflectiveOperationException {
        if (value instanceof Record model) {
            for (RecordComponent component : model.getClass().getRecordComponents()) {
                Object part = component.getAccessor().invoke(model);
                if (component.getName().equals("additionalProperties")) {
                    assertThat((Map<?, ?>) part)
                            .as(model.getClass().getSimpleName())
                            .isEmpty();
                } else {
                    assertKnown(part);
                }
            }
        } else if (value instanceof Iterable<?> || value instanceof Map<?, ?>) {
            for (Object part : value instanceof Map<?, ?> map ? map.values() : (Iterable<?>) value) {
                assertKnown(part);
            }
        }
    }

    private static JsonNode fields(@Nullable Object model) throws IOException {
        return JSON.readTree(Json.write(model));
    }

    /** All that was recorded was read, and nothing else. */
    private static void assertEqual(JsonNode recorded, JsonNode read) {
        if (recorded.isObject()) {
            recorded.properties().forEach(field -> assertEqual(field.getValue(), read.path(field.getKey())));
            read.properties().stream()
                    .filter(field -> !recorded.has(field.getKey()))
                    .forEach(field -> assertThat(isAbsent(field.getValue()))
                            .as(field.getKey())
                            .isTrue());
        } else if (recorded.isArray()) {
            assertThat(read).hasSameSizeAs(recorded);
            for (int i = 0; i < recorded.size(); i++) {
                assertEqual(recorded.get(i), read.path(i));
            }
        } else if (recorded.isNumber()) {
            assertThat(read.isNumber()).isTrue();
            assertThat(read.doubleValue()).isEqualTo(recorded.doubleValue());
        } else if (recorded.isTextual() && read.isMissingNode()) {
            assertThat(recorded.textValue()).isEmpty(); // a time that there is not
        } else if (recorded.isTextual()
                && recorded.textValue().matches("2026-\\d\\d-\\d\\dT[\\d:.]+")
                && isInstant(read)) {
            assertThat(read.textValue()).isEqualTo(recorded.textValue() + "Z");
        } else {
            assertThat(read).isEqualTo(recorded);
        }
    }

    private static boolean isAbsent(JsonNode read) {
        return read.isNull() || read.isEmpty() || read.isBoolean();
    }

    /** The results of steps are read as they come. */
    private static boolean isInstant(JsonNode read) {
        return read.isTextual() && read.textValue().endsWith("Z");
    }

    private static void assertFailure(ClientException failure, GatewayRecording recording) {
        JsonNode body = recording.response();
        JsonNode detail = body.path("detail");
        assertThat(failure.statusCode()).isEqualTo(recording.status());
        assertThat(failure.getMessage()).doesNotContain("\n");
        assertThat(failure.detail().orElse(""))
                .isEqualTo(body.isTextual() ? body.textValue() : JSON.convertValue(body, Object.class));
        if (recording.status() == 500 && body.isTextual()) {
            assertThat(failure)
                    .isInstanceOf(ServerException.class)
                    .hasMessageContaining("The gateway does not tell the cause");
            assertThat(failure.mayHaveBeenExecuted()).isTrue();
        } else if (recording.status() == 500) {
            assertThat(failure).isInstanceOfSatisfying(GatewayException.class, known -> {
                assertThat(known.reason()).isEqualTo(detail.get("error").textValue());
                assertThat(known.requestId()).contains(detail.get("request_id").textValue());
                assertThat(known.fallbackService())
                        .contains(detail.get("fallback_service").textValue());
                assertThat(known.retryAfter().orElseThrow().toSeconds())
                        .isEqualTo(detail.get("retry_after").longValue());
                assertThat(known).hasMessageContaining("WorkflowExecutionFailed: <AioRpcError");
            });
        } else if (recording.status() == 422) {
            assertThat(failure).isInstanceOfSatisfying(BadRequestException.class, known -> {
                assertThat(known.fieldErrors()).hasSameSizeAs(detail);
                for (int i = 0; i < detail.size(); i++) {
                    BadRequestException.FieldError error = known.fieldErrors().get(i);
                    assertThat(error.message())
                            .isEqualTo(detail.get(i).get("msg").textValue());
                    assertThat(error.location()).hasSameSizeAs(detail.get(i).get("loc"));
                }
            });
        } else {
            assertThat(failure)
                    .isExactlyInstanceOf(
                            switch (recording.status()) {
                                case 307 -> UnexpectedResponseException.class;
                                case 400 -> BadRequestException.class;
                                case 404 -> NotFoundException.class;
                                default -> ClientException.class;
                            });
        }
    }
}
