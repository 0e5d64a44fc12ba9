package io.synapse.sdk.gateway.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.synapse.sdk.CircuitBreaker;
import io.synapse.sdk.EventStream;
import io.synapse.sdk.LoadBalancing;
import io.synapse.sdk.Resilience;
import io.synapse.sdk.RetryPolicy;
import io.synapse.sdk.gateway.PlanRequest;
import io.synapse.sdk.gateway.grpc.internal.proto.AiAgent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Findings of an attack on the layers over gRPC: each test states what should be. */
@Timeout(60)
class AttackGrpcTest {
    private static final PlanRequest PLAN = PlanRequest.of("t");
    private static final RetryPolicy AT_ONCE =
            RetryPolicy.DEFAULT.initialDelay(Duration.ZERO).maxDelay(Duration.ZERO);

    /** Answers plans at once; sends one numbered message to a stream and leaves it open, or fails or is silent. */
    private static final class Service extends RawServer.Handler {
        private final AtomicInteger calls = new AtomicInteger();
        private volatile Status status = Status.OK;
        private volatile boolean silent;

        @Override
        void answer(ServerCall<byte[], byte[]> call, Metadata headers, byte[] request) {
            calls.incrementAndGet();
            if (silent) {
                return;
            }
            if (!status.isOk()) {
                call.close(status, new Metadata());
                return;
            }
            call.sendHeaders(new Metadata());
            if (call.getMethodDescriptor().getFullMethodName().contains("Stream")) {
                call.sendMessage(GrpcStreamsTest.numbered("s-1", 1, false).toByteArray());
                return;
            }
            call.sendMessage(
                    AiAgent.PlanResponse.newBuilder().setTask("t").build().toByteArray());
            call.close(Status.OK, new Metadata());
        }
    }

    /** Half-open with three permissions, as Resilience4j: nothing is decided before all three have a result. */
    private static final class HalfOpen implements CircuitBreaker {
        private int given;
        private int results;

        @Override
        public synchronized Optional<Permission> tryAcquire() {
            if (results < 3 && given == 3) {
                return Optional.empty();
            }
            given++;
            return Optional.of(new Permission() {
                @Override
                public void onSuccess(Duration took) {
                    result();
                }

                @Override
                public void onFailure(Duration took) {
                    result();
                }

                @Override
                public void release() {
                    given--;
                }
            });
        }

        private synchronized void result() {
            results++;
        }

        @Override
        public synchronized State state() {
            return results < 3 ? State.HALF_OPEN : State.CLOSED;
        }
    }

    @Test
    void streamsThatAreWellCloseTheCircuit() throws Exception {
        Service service = new Service();
        try (RawServer server = new RawServer(service);
                GrpcGatewayClient client = server.client().retryPolicy(AT_ONCE).build()) {
            HalfOpen breaker = new HalfOpen();
            GrpcGatewayClient steady = client.with(Resilience.NONE.circuitBreaker(url -> breaker));
            List<EventStream<StreamMessage>> open = new ArrayList<>();
            for (int stream = 0; stream < 3; stream++) {
                EventStream<StreamMessage> each = steady.streamPlan(PLAN);
                open.add(each);
                each.iterator().next(); // the server answers well
            }
            Throwable failure = catchThrowable(() -> steady.createPlan(PLAN));
            System.out.println(breaker.state() + ": " + failure);
            open.forEach(EventStream::close);
            assertThat(failure).isNull();
        }
    }

    @Test
    void aRetryOfAStreamGoesToAServerThatHasNotFailedIt() throws Exception {
        Service well = new Service();
        try (RawServer gone = new RawServer(new Service());
                RawServer up = new RawServer(well);
                GrpcGatewayClient client = GrpcGatewayClient.builder()
                        .addresses(GatewayService.CLAUDE, gone.address(), up.address())
                        .loadBalancing(LoadBalancing.LEAST_CONNECTIONS)
                        .retryPolicy(AT_ONCE.maxAttempts(2))
                        .build()) {
            gone.kill();
            List<EventStream<StreamMessage>> open = new ArrayList<>();
            int failed = 0;
            for (int stream = 0; stream < 6; stream++) {
                EventStream<StreamMessage> each = client.streamPlan(PLAN);
                open.add(each);
                Throwable failure = catchThrowable(() -> each.iterator().next());
                failed += failure == null ? 0 : 1;
                System.out.println("stream " + stream + ": " + failure + " "
                        + client.servers().subList(0, 2));
            }
            open.forEach(EventStream::close);
            assertThat(failed).isZero();
        }
    }

    @Test
    void aServerThatIsSilentIsNotTakenForTheFastest() throws Exception {
        Service hung = new Service();
        Service well = new Service();
        try (RawServer warm = new RawServer(new Service());
                GrpcGatewayClient client = warm.client().build()) {
            for (int call = 0; call < 200; call++) {
                client.createPlan(PLAN);
            }
        }
        try (RawServer slow = new RawServer(hung);
                RawServer up = new RawServer(well);
                GrpcGatewayClient client = GrpcGatewayClient.builder()
                        .addresses(GatewayService.CLAUDE, slow.address(), up.address())
                        .loadBalancing(LoadBalancing.LEAST_RESPONSE_TIME)
                        .callTimeout(Duration.ofMillis(100))
                        .retryPolicy(AT_ONCE.maxAttempts(1))
                        .build()) {
            for (int call = 0; call < 20; call++) {
                catchThrowable(() -> client.createPlan(PLAN));
            }
            Duration before = client.servers().get(0).averageResponseTime();
            System.out.println("before " + client.servers().subList(0, 2));
            hung.silent = true;
            for (int stream = 0; stream < 20; stream++) {
                try (EventStream<StreamMessage> each = client.streamPlan(PLAN)) {
                    catchThrowable(() -> each.iterator().next());
                }
            }
            System.out.println("after " + client.servers().subList(0, 2));
            assertThat(client.servers().get(0).averageResponseTime()).isGreaterThanOrEqualTo(before);
        }
    }

    /** A permission has one result, and what was begun is ended once. */
    @Test
    void aStreamGivesItsPermitBackOnce() throws Exception {
        AtomicInteger results = new AtomicInteger();
        AtomicInteger given = new AtomicInteger();
        CircuitBreaker breaker = new CircuitBreaker() {
            @Override
            public Optional<Permission> tryAcquire() {
                given.incrementAndGet();
                return Optional.of(new Permission() {
                    @Override
                    public void onSuccess(Duration took) {
                        results.incrementAndGet();
                    }

                    @Override
                    public void onFailure(Duration took) {
                        results.incrementAndGet();
                    }

                    @Override
                    public void release() {
                        results.incrementAndGet();
                    }
                });
            }

            @Override
            public State state() {
                return State.CLOSED;
            }
        };
        Service service = new Service();
        try (RawServer server = new RawServer(service);
                GrpcGatewayClient client = server.client().retryPolicy(AT_ONCE).build()) {
            GrpcGatewayClient steady = client.with(Resilience.NONE.circuitBreaker(url -> breaker));
            for (int stream = 0; stream < 20; stream++) {
                EventStream<StreamMessage> each = steady.streamPlan(PLAN);
                Iterator<StreamMessage> messages = each.iterator();
                messages.next();
                each.close();
                catchThrowable(messages::hasNext);
                each.close();
            }
            Thread.sleep(300);
            System.out.println("given " + given + ", results " + results + ", "
                    + steady.servers().get(0));
            assertThat(results.get()).isEqualTo(given.get());
            assertThat(steady.servers().get(0).inFlight()).isZero();
        }
    }

    /** The server has the limit too, and may be the first to say that it is over. */
    @Test
    void anAttemptWhoseLimitTheServerReportsIsRetried() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        RawServer.Handler late = new RawServer.Handler() {
            @Override
            void answer(ServerCall<byte[], byte[]> call, Metadata headers, byte[] request) {
                if (calls.getAndIncrement() == 0) {
                    try {
                        Thread.sleep(340);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    call.close(Status.DEADLINE_EXCEEDED, new Metadata());
                    return;
                }
                call.sendHeaders(new Metadata());
                call.sendMessage(
                        AiAgent.PlanResponse.newBuilder().setTask("t").build().toByteArray());
                call.close(Status.OK, new Metadata());
            }
        };
        try (RawServer warm = new RawServer(new Service());
                GrpcGatewayClient client = warm.client().build()) {
            client.createPlan(PLAN);
        }
        try (RawServer server = new RawServer(late);
                GrpcGatewayClient client = server.client().retryPolicy(AT_ONCE).build()) {
            GrpcGatewayClient steady = client.with(
                    Resilience.NONE.attemptTimeout(io.synapse.sdk.AttemptTimeout.fixed(Duration.ofMillis(400))));
            Throwable failure = catchThrowable(() -> steady.createPlan(PLAN));
            System.out.println(calls + " calls, " + failure);
            assertThat(failure).isNull();
        }
    }

    /** Streams and calls that are closed and cancelled at any moment leave the queue and give back their places. */
    @Test
    void nothingIsLeftAfterStreamsThatAreClosedAtAnyMoment() throws Exception {
        Service service = new Service();
        AtomicInteger hung = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        try (RawServer server = new RawServer(service);
                GrpcGatewayClient client = server.client()
                        .maxInFlight(2)
                        .maxQueued(20)
                        .callTimeout(Duration.ofSeconds(5))
                        .retryPolicy(AT_ONCE.maxAttempts(1))
                        .build()) {
            long end = System.nanoTime() + 8_000_000_000L;
            List<Thread> threads = new ArrayList<>();
            for (int each = 0; each < 6; each++) {
                boolean unary = each == 0;
                Thread thread = new Thread(() -> {
                    java.util.concurrent.ThreadLocalRandom random = java.util.concurrent.ThreadLocalRandom.current();
                    while (System.nanoTime() < end) {
                        long start = System.nanoTime();
                        if (unary) {
                            java.util.concurrent.CompletableFuture<?> call =
                                    client.async().createPlan(PLAN);
                            if (random.nextBoolean()) {
                                call.cancel(false);
                            }
                            catchThrowable(call::get);
                        } else {
                            EventStream<StreamMessage> stream = client.streamPlan(PLAN);
                            Thread closer = new Thread(() -> {
                                java.util.concurrent.locks.LockSupport.parkNanos(random.nextInt(3_000_000));
                                stream.close();
                            });
                            closer.start();
                            catchThrowable(() -> {
                                for (StreamMessage message : stream) {
                                    if (message == null) {
                                        throw new IllegalStateException();
                                    }
                                }
                            });
                            catchThrowable(closer::join);
                        }
                        if (System.nanoTime() - start > 4_000_000_000L) {
                            hung.incrementAndGet();
                        }
                        done.incrementAndGet();
                    }
                });
                thread.start();
                threads.add(thread);
            }
            for (Thread each : threads) {
                each.join();
            }
            Thread.sleep(500);
            long start = System.nanoTime();
            Throwable failure = catchThrowable(() -> client.createPlan(PLAN));
            System.out.println(
                    "done " + done + ", hung " + hung + ", then a call in " + (System.nanoTime() - start) / 1_000_000
                            + " ms: " + failure + ", " + client.servers().get(0));
            assertThat(hung.get()).isZero();
            assertThat(failure).isNull();
        }
    }

    /** A subscriber that has asked for no more is told that the client was closed; its thread ends. */
    @Test
    void aSubscriberIsToldThatTheClientWasClosed() throws Exception {
        java.util.concurrent.CountDownLatch got = new java.util.concurrent.CountDownLatch(1);
        RawServer.Handler two = new RawServer.Handler() {
            @Override
            void answer(ServerCall<byte[], byte[]> call, Metadata headers, byte[] request) {
                call.sendHeaders(new Metadata());
                call.sendMessage(GrpcStreamsTest.numbered("s-1", 1, false).toByteArray());
                call.sendMessage(GrpcStreamsTest.numbered("s-1", 2, false).toByteArray());
            }
        };
        try (RawServer server = new RawServer(two)) {
            GrpcGatewayClient client = server.client().build();
            io.synapse.sdk.EventPublisher<StreamMessage> publisher =
                    client.async().streamPlan(PLAN);
            publisher.subscribe(new java.util.concurrent.Flow.Subscriber<>() {
                @Override
                public void onSubscribe(java.util.concurrent.Flow.Subscription subscription) {
                    subscription.request(1);
                }

                @Override
                public void onNext(StreamMessage message) {
                    got.countDown();
                }

                @Override
                public void onError(Throwable failure) {}

                @Override
                public void onComplete() {}
            });
            got.await();
            Thread.sleep(300); // it has read one ahead and waits for a request
            client.close();
            Throwable failure =
                    catchThrowable(() -> publisher.completion().get(3, java.util.concurrent.TimeUnit.SECONDS));
            System.out.println(failure + ", threads "
                    + Thread.getAllStackTraces().keySet().stream()
                            .map(Thread::getName)
                            .filter(name -> name.startsWith("synapse"))
                            .toList());
            assertThat(failure).isNotInstanceOf(java.util.concurrent.TimeoutException.class);
        }
    }
}
