package io.synapse.sdk.ray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synapse.sdk.AuthorizationException;
import io.synapse.sdk.LogPublisher;
import io.synapse.sdk.RetryPolicy;
import io.synapse.sdk.agent.Operations;
import io.synapse.sdk.agent.SampleCall;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every operation of both clients of a Ray cluster: errors, the token, twins. */
class EveryRayOperationTest {
    private final MockWebServer server = new MockWebServer();
    private RayClient client;

    @BeforeEach
    void start() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return new MockResponse.Builder()
                        .code(403)
                        .body("Forbidden: Invalid authentication token")
                        .build();
            }
        });
        server.start();
        client = RayClient.builder()
                .baseUrl(server.url("/").toString())
                .authToken("a-secret")
                .retryPolicy(RetryPolicy.NEVER)
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    static Stream<SampleCall> calls() {
        return SampleCall.of(RayClient.class);
    }

    static Stream<SampleCall> callsWithAFuture() {
        return calls().filter(call -> !call.name().equals("tailJobLogs"));
    }

    static Stream<Arguments> callsOfBothClients() {
        return calls().flatMap(call -> Stream.of(Operations.values()).map(kind -> Arguments.of(kind, call)));
    }

    @ParameterizedTest
    @MethodSource("callsOfBothClients")
    void aRefusalReachesTheCallerWithTheTokenSent(Operations kind, SampleCall call) throws Exception {
        assertThatThrownBy(() -> kind.call(client, call.name(), call.arguments()))
                .isInstanceOf(AuthorizationException.class)
                .hasMessageNotContaining("a-secret")
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("\n"));

        assertThat(server.getRequestCount()).isPositive();
        for (int i = server.getRequestCount(); i > 0; i--) {
            assertThat(server.takeRequest().getHeaders().get("Authorization")).isEqualTo("Bearer a-secret");
        }
    }

    @ParameterizedTest
    @MethodSource("callsWithAFuture")
    void anAsynchronousOperationFailsItsFutureAndThrowsNothing(SampleCall call) throws NoSuchMethodException {
        Object future = Operations.invoke(client.async(), twinOf(call.operation()), call.arguments());

        assertThat((CompletableFuture<?>) future)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(AuthorizationException.class);
    }

    @ParameterizedTest
    @MethodSource("calls")
    void theTwinHasTheSameOperation(SampleCall call) throws NoSuchMethodException {
        Method operation = call.operation();
        Method twin = twinOf(operation);

        assertThat(twin.getGenericReturnType().getTypeName()).isEqualTo(asynchronous(operation));
        assertThat(twin.getParameters())
                .extracting(Parameter::getName)
                .containsExactlyElementsOf(Arrays.stream(operation.getParameters())
                        .map(Parameter::getName)
                        .toList());
    }

    @Test
    void theTwinHasNoOperationOfItsOwn() {
        assertThat(SampleCall.of(AsyncRayClient.class).map(SampleCall::toString))
                .containsExactlyInAnyOrderElementsOf(
                        calls().map(SampleCall::toString).toList());
    }

    private static Method twinOf(Method operation) throws NoSuchMethodException {
        return AsyncRayClient.class.getMethod(operation.getName(), operation.getParameterTypes());
    }

    private static String asynchronous(Method operation) {
        if (operation.getName().equals("tailJobLogs")) {
            return LogPublisher.class.getName();
        }
        String result = operation.getReturnType() == void.class
                ? Void.class.getName()
                : operation.getGenericReturnType().getTypeName();
        return CompletableFuture.class.getName() + "<" + result + ">";
    }
}
