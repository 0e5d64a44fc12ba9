package io.synapse.sdk.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.synapse.sdk.AuthenticationException;
import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.ConflictException;
import io.synapse.sdk.Endpoint;
import io.synapse.sdk.HttpMethod;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.ResponseType;
import io.synapse.sdk.RetryPolicy;
import io.synapse.sdk.ServerException;
import io.synapse.sdk.agent.Operations;
import io.synapse.sdk.experiment.RecordedOperations.Call;
import io.synapse.sdk.internal.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Both clients send what was sent to the original, and read its answers field for field. Requests that no operation sends
 * (malformed ones, and those that lead into its traps) are sent as they are, so that the answers to them are read too.
 */
class ExperimentRecordingsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Stream<Arguments> recordings() throws IOException {
        return ExperimentRecording.exchanges().stream()
                .flatMap(recording -> Stream.of(Operations.values()).map(kind -> Arguments.of(kind, recording)));
    }

    @Test
    void mostRecordingsAreCallsOfAnOperation() throws IOException {
        List<ExperimentRecording> all = ExperimentRecording.exchanges();

        assertThat(ExperimentRecording.all()).hasSize(137);
        assertThat(all).hasSize(134);
        assertThat(all.stream().filter(each -> RecordedOperations.of(each).isPresent()))
                .hasSizeGreaterThan(80);
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void whatIsSentAndReadIsWhatWasRecorded(Operations kind, ExperimentRecording recording) throws Exception {
        Optional<Call> call = RecordedOperations.of(recording);
        try (ScriptedExperiments server = new ScriptedExperiments(ScriptedExperiments.ORIGINAL)) {
            call.ifPresent(known -> known.around().forEach(server::on));
            server.on(recording.request(), recording.answer());
            try (ExperimentClient client =
                    server.builder().retryPolicy(RetryPolicy.NEVER).build()) {
                if (recording.status() == 200 && !call.map(Call::isRefused).orElse(false)) {
                    assertRead(perform(kind, client, recording), recording);
                } else {
                    ClientException failure =
                            catchThrowableOfType(ClientException.class, () -> perform(kind, client, recording));
                    assertFailure(failure, recording);
                }
            }
            if (call.isPresent()) {
                assertSent(server, recording);
            }
        }
    }

    private static @Nullable Object perform(Operations kind, ExperimentClient client, ExperimentRecording recording) {
        Optional<Call> call = RecordedOperations.of(recording);
        if (call.isPresent()) {
            return kind.call(client, call.get().operation(), call.get().arguments());
        }
        ResponseType<?> type = recording.line().has("contentType") ? ResponseType.text() : ResponseType.object();
        Endpoint<?> endpoint = Endpoint.of(
                HttpMethod.valueOf(recording.method()), recording.path().substring(1), type);
        return recording.body().isMissingNode()
                ? client.perform(endpoint)
                : client.perform(withBody(endpoint, recording));
    }

    private static <T> Endpoint<T> withBody(Endpoint<T> endpoint, ExperimentRecording recording) {
        return endpoint.json(JSON.convertValue(recording.body(), Object.class));
    }

    private static void assertSent(ScriptedExperiments server, ExperimentRecording recording) throws IOException {
        ScriptedExperiments.Asked sent = server.requests.stream()
                .filter(each -> each.line().equals(recording.request()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(recording.request() + " is not in " + server.asked));
        JsonNode body = recording.body();
        if (body.has("multipart")) {
            JsonNode part = body.get("multipart").get("delta");
            assertThat(sent.body())
                    .contains("name=\"delta\"; filename=\"" + part.get(0).textValue() + "\"\r\n\r\n"
                            + part.get(1).textValue() + "\r\n");
            String hash = recording
                    .line()
                    .path("requestHeaders")
                    .path("X-Content-Hash")
                    .textValue();
            assertThat(sent.whole().getHeaders().get("X-Content-Hash")).isEqualTo(hash);
        } else if (!body.isMissingNode()) {
            JsonNode json = JSON.readTree(sent.body());
            body.properties().forEach(field -> assertField(field.getKey(), field.getValue(), json));
        }
    }

    /** Names of jobs have a unique end, and paths of components an ending. */
    private static void assertField(String name, JsonNode recorded, JsonNode sent) {
        if (name.equals("name") && sent.has("project") && sent.has("config_path") || name.equals("path")) {
            assertThat(sent.get(name).textValue()).startsWith(recorded.textValue());
        } else if (name.equals("name") && sent.has("config")) {
            assertThat(sent.get(name).textValue()).startsWith(recorded.textValue() + "-");
        } else if (recorded.isNumber()) {
            assertThat(sent.path(name).doubleValue()).as(name).isEqualTo(recorded.doubleValue());
        } else if (name.equals("gpus")) {
            assertThat(sent.path(name)).hasSameSizeAs(recorded);
        } else {
            assertThat(sent.path(name)).as(name).isEqualTo(recorded);
        }
    }

    private static void assertRead(@Nullable Object result, ExperimentRecording recording) throws IOException {
        Object read = result instanceof Optional<?> optional ? optional.orElse(null) : result;
        Optional<Call> call = RecordedOperations.of(recording);
        String at = call.map(Call::pointer).orElse("");
        if (call.isPresent() && at.isEmpty() && !recording.line().has("contentType")) {
            return; // an operation without a result
        }
        JsonNode recorded = recording.response().at(at);
        JsonNode json = read instanceof String || read == null
                ? JSON.valueToTree(read)
                : read instanceof byte[] bytes
                        ? JSON.valueToTree(new String(bytes, StandardCharsets.UTF_8))
                        : JSON.readTree(Json.write(read));
        assertEqual("", recorded, json, call.isPresent());
    }

    /** All that was recorded was read. */
    private static void assertEqual(String field, JsonNode recorded, JsonNode read, boolean isModel) {
        if (recorded.isObject()) {
            boolean opaque = field.equals("metadata") || field.equals("hyperparameters");
            recorded.properties()
                    .forEach(each -> assertEqual(
                            each.getKey(),
                            each.getValue(),
                            read.has(each.getKey())
                                    ? read.get(each.getKey())
                                    : read.path("additional_properties").path(each.getKey()),
                            isModel && !opaque));
        } else if (recorded.isArray()) {
            List<JsonNode> whole = elements(recorded);
            assertThat(read).as(field).hasSameSizeAs(whole);
            for (int i = 0; i < whole.size(); i++) {
                assertEqual(field, whole.get(i), read.path(i), isModel);
            }
        } else if (recorded.isNull() || recorded.asText().isEmpty()) {
            assertThat(read.isMissingNode()
                            || read.isNull()
                            || read.isEmpty()
                            || read.asText().isEmpty())
                    .as(field)
                    .isTrue();
        } else if (recorded.isNumber() && read.isTextual()) {
            assertThat(Instant.parse(read.textValue()).toEpochMilli() / 1000).isEqualTo(recorded.longValue());
        } else if (recorded.isNumber()) {
            assertThat(read.doubleValue()).as(field).isEqualTo(recorded.doubleValue());
        } else if (isModel && recorded.asText().matches("2026-\\d\\d-\\d\\dT[\\d:.]+")) {
            assertThat(read.asText())
                    .as(field)
                    .isEqualTo(LocalDateTime.parse(recorded.textValue())
                            .atZone(ScriptedExperiments.ZONE)
                            .toInstant()
                            .toString());
        } else {
            assertThat(read).as(field).isEqualTo(recorded);
        }
    }

    /** Without what stands for elements that the recording does not have. */
    private static List<JsonNode> elements(JsonNode array) {
        boolean abridged = !array.isEmpty() && array.get(0).isObject();
        return Stream.iterate(0, i -> i < array.size(), i -> i + 1)
                .map(array::get)
                .filter(element -> !(abridged && element.isTextual()))
                .toList();
    }

    private static void assertFailure(ClientException failure, ExperimentRecording recording) {
        JsonNode body = recording.response();
        int status = body.has("title") && recording.status() == 200
                ? body.get("status").intValue()
                : recording.status();
        Class<?> type = switch (status) {
            case 200, 409 -> ConflictException.class;
            case 400, 422 -> BadRequestException.class;
            case 401 -> AuthenticationException.class;
            case 404 -> NotFoundException.class;
            case 500 -> ServerException.class;
            default -> ClientException.class;
        };
        assertThat(failure).as(recording.toString()).isExactlyInstanceOf(type);
        assertThat(failure.getMessage()).doesNotContain("\n");
        if (recording.status() != 200) {
            assertThat(failure.statusCode()).isEqualTo(recording.status());
            assertThat(failure.detail().orElse(Map.of()))
                    .isEqualTo(body.isTextual() ? body.textValue() : JSON.convertValue(body, Object.class));
            JsonNode said =
                    body.path("detail").has("detail") ? body.get("detail").get("detail") : body.path("detail");
            if (said.isTextual()) {
                String first = said.textValue().lines().findFirst().orElse("");
                assertThat(failure).hasMessageContaining(first.substring(0, Math.min(60, first.length())));
            }
        }
    }
}
