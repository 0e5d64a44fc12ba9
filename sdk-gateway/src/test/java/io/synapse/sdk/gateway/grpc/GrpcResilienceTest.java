package io.synapse.sdk.gateway.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.synapse.sdk.AttemptTimeout;
import io.synapse.sdk.CircuitBreaker;
import io.synapse.sdk.CircuitOpenException;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.ClientListener;
import io.synapse.sdk.EventStream;
import io.synapse.sdk.FallbackMark;
import io.synapse.sdk.Models;
import io.synapse.sdk.RequestTimeoutException;
import io.synapse.sdk.Resilience;
import io.synapse.sdk.RetryBudget;
import io.synapse.sdk.RetryPolicy;
import io.synapse.sdk.ServerStatus;
import io.synapse.sdk.gateway.ExecuteRequest;
import io.synapse.sdk.gateway.Plan;
import io.synapse.sdk.gateway.PlanRequest;
import io.synapse.sdk.gateway.grpc.internal.proto.AiAgent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The layers of {@link Resilience} and several servers, over gRPC: they are those of each client. */
@Timeout(60)
class GrpcResilienceTest {
    private static final PlanRequest PLAN = PlanRequest.of("t");
    private static final Metadata.Key<String> TIMEOUT =
            Metadata.Key.of("grpc-timeout", Metadata.ASCII_STRING_MARSHALLER);
    private static final RetryPolicy AT_ONCE =
            RetryPolicy.DEFAULT.initialDelay(Duration.ZERO).maxDelay(Duration.ZERO);

    /** Answers each call with a plan, fails it, or never answers. */
    private static final class Planner extends RawServer.Handler {
        private final List<Metadata> calls = new CopyOnWriteArrayList<>();
        private volatile Status status = Status.OK;
        private volatile boolean silent;

        @Override
        void answer(ServerCall<byte[], byte[]> call, Metadata headers, byte[] request) {
            calls.add(headers);
            if (silent) {
                return;
            }
            if (status.isOk()) {
                call.sendHeaders(new Metadata());
                call.sendMessage(
                        AiAgent.PlanResponse.newBuilder().setTask("t").build().toByteArray());
            }
            call.close(status, new Metadata());
        }
    }

    @Test
    void anotherServerIsAskedWhatOneCannotDo() throws Exception {
        Planner planner = new Planner();
        try (RawServer gone = new RawServer(new Planner());
                RawServer up = new RawServer(planner);
                GrpcGatewayClient client = GrpcGatewayClient.builder()
                        .addresses(GatewayService.CLAUDE, gone.address(), up.address())
                        .retryPolicy(AT_ONCE)
                        .build()) {
            gone.kill();

            for (int call = 0; call < 10; call++) {
                assertThat(client.createPlan(PLAN).task()).isEqualTo("t");
            }

            assertThat(planner.calls).hasSize(10);
            assertThat(client.servers().subList(0, 2))
                    .extracting(ServerStatus::healthy)
                    .containsExactly(false, true);
        }
    }

    @Test
    void anOpenCircuitCostsNoCallAndACommandIsNotRepeated() throws Exception {
        Planner planner = new Planner();
        planner.status = Status.UNAVAILABLE;
        AtomicInteger failures = new AtomicInteger();
        CircuitBreaker breaker = new CircuitBreaker() {
            @Override
            public Optional<Permission> tryAcquire() {
                return state() == State.OPEN
                        ? Optional.empty()
                        : Optional.of(new Permission() {
                            @Override
                            public void onSuccess(Duration took) {}

                            @Override
                            public void onFailure(Duration took) {
                                failures.incrementAndGet();
                            }

                            @Override
                            public void release() {}
                        });
            }

            @Override
            public State state() {
                return failures.get() < 3 ? State.CLOSED : State.OPEN;
            }
        };
        try (RawServer server = new RawServer(planner);
                GrpcGatewayClient client = server.client().retryPolicy(AT_ONCE).build()) {
            GrpcGatewayClient steady = client.with(Resilience.NONE.circuitBreaker(url -> breaker));

            ClientException once =
                    catchThrowableOfType(ClientException.class, () -> steady.execute(ExecuteRequest.of("ls")));
            assertThat(once.attempts()).isEqualTo(1);
            CircuitOpenException opened =
                    catchThrowableOfType(CircuitOpenException.class, () -> steady.createPlan(PLAN));

            assertThat(opened.attempts()).isEqualTo(2);
            assertThat(planner.calls).hasSize(3);
            catchThrowableOfType(
                    CircuitOpenException.class,
                    () -> steady.streamPlan(PLAN).iterator().next());
            assertThat(planner.calls).hasSize(3);
        }
    }

    @Test
    void theServerIsToldTheLimitOfTheAttempt() throws Exception {
        Planner planner = new Planner();
        planner.silent = true;
        try (RawServer server = new RawServer(planner);
                GrpcGatewayClient client = server.client().retryPolicy(AT_ONCE).build()) {
            GrpcGatewayClient steady =
                    client.with(Resilience.NONE.attemptTimeout(AttemptTimeout.fixed(Duration.ofMillis(200))));

            RequestTimeoutException failure =
                    catchThrowableOfType(RequestTimeoutException.class, () -> steady.createPlan(PLAN));

            assertThat(failure.kind()).isEqualTo(RequestTimeoutException.Kind.ATTEMPT);
            assertThat(failure.attempts()).isEqualTo(4);
            assertThat(planner.calls)
                    .hasSize(4)
                    .allSatisfy(headers -> assertThat(headers.get(TIMEOUT)).matches("1\\d{5,8}[un]"));
        }
    }

    @Test
    void anAnswerThatIsNotTheServersIsMarked() throws Exception {
        Planner planner = new Planner();
        planner.status = Status.UNAVAILABLE;
        List<String> told = new ArrayList<>();
        ClientListener listener = new ClientListener() {
            @Override
            public void attemptFinished(Call call, Attempt attempt) {
                told.add(call.pathTemplate() + " " + attempt.server());
            }
        };
        try (RawServer server = new RawServer(planner);
                GrpcGatewayClient client =
                        server.client().retryPolicy(AT_ONCE).listener(listener).build()) {
            GrpcGatewayClient steady = client.with(Resilience.NONE
                    .retryBudget(RetryBudget.DEFAULT)
                    .fallback(Plan.class, failure -> Models.of(Plan.class, Map.of("task", "later"))));

            Plan plan = steady.createPlan(PLAN);

            assertThat(plan.task()).isEqualTo("later");
            assertThat(FallbackMark.of(plan)).map(FallbackMark::source).hasValue("rule");
            assertThat(told)
                    .hasSize(4)
                    .allMatch(("/ai_agent.ClaudeService/CreatePlan http://" + server.address())::equals);
        }
    }

    /** The other server has never heard of the stream. */
    @Test
    void aStreamThatWasCutIsContinuedAtItsOwnServer() throws Exception {
        AtomicInteger cuts = new AtomicInteger();
        RawServer.Handler cutting = new RawServer.Handler() {
            @Override
            void answer(ServerCall<byte[], byte[]> call, Metadata headers, byte[] request) {
                int from = cuts.getAndIncrement() + 1;
                call.sendHeaders(new Metadata());
                call.sendMessage(
                        GrpcStreamsTest.numbered("s-1", from, from == 5).toByteArray());
                call.close(from == 5 ? Status.OK : Status.UNAVAILABLE, new Metadata());
            }
        };
        Planner other = new Planner();
        other.status = Status.NOT_FOUND;
        try (RawServer one = new RawServer(cutting);
                RawServer two = new RawServer(other);
                GrpcGatewayClient client = GrpcGatewayClient.builder()
                        .addresses(GatewayService.CODEX, one.address(), two.address())
                        .build();
                EventStream<StreamMessage> stream = client.streamExecute(ExecuteRequest.of("make"))) {
            assertThat(GrpcStreamsTest.read(stream)).hasSize(5);
            assertThat(other.calls).isEmpty();
        }
    }

    /** That is how the context of a trace gets to the server: what an attempt tells its thread, the interceptor knows. */
    @Test
    void anInterceptorAddsMetadataToEachAttemptOnItsThread() throws Exception {
        Planner planner = new Planner();
        planner.status = Status.UNAVAILABLE;
        ThreadLocal<String> attempt = new ThreadLocal<>();
        ClientListener listener = new ClientListener() {
            @Override
            public void attemptStarted(Call call, int number, String server) {
                attempt.set(call.id() + "-" + number);
            }
        };
        List<String> urls = new CopyOnWriteArrayList<>();
        try (RawServer server = new RawServer(planner);
                GrpcGatewayClient client = GrpcGatewayClient.builder()
                        .address(GatewayService.CLAUDE, server.address())
                        .retryPolicy(AT_ONCE)
                        .listener(listener)
                        .interceptor((method, url) -> {
                            urls.add(method + " " + url);
                            return Map.of("x-attempt", String.valueOf(attempt.get()));
                        })
                        .build()) {
            catchThrowableOfType(
                    ExecutionException.class,
                    () -> client.async().createPlan(PLAN).get());

            Metadata.Key<String> key = Metadata.Key.of("x-attempt", Metadata.ASCII_STRING_MARSHALLER);
            assertThat(planner.calls.size()).isGreaterThan(1);
            for (int call = 0; call < planner.calls.size(); call++) {
                assertThat(planner.calls.get(call).get(key)).endsWith("-" + (call + 1));
            }
            assertThat(urls).containsOnly("POST http://" + server.address() + "/ai_agent.ClaudeService/CreatePlan");
        }
    }
}
