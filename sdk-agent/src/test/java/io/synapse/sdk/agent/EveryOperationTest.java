package io.synapse.sdk.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synapse.sdk.LogPublisher;
import io.synapse.sdk.LogStream;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.PagedList;
import io.synapse.sdk.RetryPolicy;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every operation of both clients: errors, headers, twins. */
class EveryOperationTest {
    private final MockWebServer server = new MockWebServer();
    private AgentClient client;

    @BeforeEach
    void start() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return new MockResponse.Builder()
                        .code(404)
                        .body("{\"detail\":\"nothing here\"}")
                        .build();
            }
        });
        server.start();
        client = AgentClient.builder()
                .baseUrl(server.url("/").toString())
                .agentToken("token")
                .userToken("user")
                .tenant("acme")
                .retryPolicy(RetryPolicy.NEVER)
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    static Stream<SampleCall> calls() {
        return SampleCall.of(AgentClient.class);
    }

    static Stream<Arguments> callsOfBothClients() {
        return calls().flatMap(call -> Stream.of(Operations.values()).map(kind -> Arguments.of(kind, call)));
    }

    @Test
    void thereAreAsManyOperationsAsTheRecordingAndOurOwnTogether() {
        assertThat(calls().map(SampleCall::name).distinct()).hasSize(55);
    }

    @ParameterizedTest
    @MethodSource("callsOfBothClients")
    void aRefusalReachesTheCallerWithEveryHeaderSent(Operations kind, SampleCall call) throws Exception {
        assertThatThrownBy(() -> kind.call(client, call.name(), call.arguments()))
                .isInstanceOf(NotFoundException.class)
                .hasMessageNotContaining("token")
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("\n"));

        assertThat(server.getRequestCount()).isPositive();
        for (int i = server.getRequestCount(); i > 0; i--) {
            Headers headers = server.takeRequest().getHeaders();
            assertThat(headers.get("Authorization")).isEqualTo("token");
            assertThat(headers.get("SYNAPSE-User")).isEqualTo("Token user");
            assertThat(headers.get("SYNAPSE-Tenant")).isEqualTo("Token acme");
        }
    }

    @ParameterizedTest
    @MethodSource("calls")
    void anAsynchronousOperationFailsItsFutureAndThrowsNothing(SampleCall call) throws NoSuchMethodException {
        Object twin = Operations.invoke(client.async(), twinOf(call.operation()), call.arguments());

        CompletableFuture<?> end = twin instanceof LogPublisher log ? completionOf(log) : (CompletableFuture<?>) twin;
        assertThat(end)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(NotFoundException.class);
    }

    @ParameterizedTest
    @MethodSource("calls")
    void theTwinHasTheSameOperation(SampleCall call) throws NoSuchMethodException {
        Method operation = call.operation();
        Method twin = twinOf(operation);

        assertThat(twin.getGenericReturnType().getTypeName()).isEqualTo(asynchronous(operation.getGenericReturnType()));
        assertThat(parameters(twin)).isEqualTo(parameters(operation)).noneMatch(name -> name.matches(".* arg\\d"));
    }

    @Test
    void theTwinHasNoOperationOfItsOwn() {
        assertThat(SampleCall.of(AsyncAgentClient.class).map(SampleCall::toString))
                .containsExactlyInAnyOrderElementsOf(
                        calls().map(SampleCall::toString).toList());
    }

    private static Method twinOf(Method operation) throws NoSuchMethodException {
        return AsyncAgentClient.class.getMethod(operation.getName(), operation.getParameterTypes());
    }

    private static List<String> parameters(Method operation) {
        return Arrays.stream(operation.getParameters())
                .map(parameter -> parameter.getParameterizedType().getTypeName() + " " + parameter.getName())
                .toList();
    }

    private static CompletableFuture<?> completionOf(LogPublisher log) {
        log.subscribe(new Operations.Drain());
        return log.completion();
    }

    private static String asynchronous(Type blocking) {
        if (blocking == LogStream.class) {
            return LogPublisher.class.getName();
        }
        boolean paged = blocking instanceof ParameterizedType type && type.getRawType() == PagedList.class;
        String result = paged
                ? List.class.getName() + "<" + ((ParameterizedType) blocking).getActualTypeArguments()[0].getTypeName()
                        + ">"
                : blocking == void.class ? Void.class.getName() : blocking.getTypeName();
        return CompletableFuture.class.getName() + "<" + result + ">";
    }
}
