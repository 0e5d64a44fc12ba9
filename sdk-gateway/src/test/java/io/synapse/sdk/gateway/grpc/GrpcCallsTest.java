package io.synapse.sdk.gateway.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.synapse.sdk.CallCancelledException;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.ClientListener;
import io.synapse.sdk.ConnectionException;
import io.synapse.sdk.EventStream;
import io.synapse.sdk.RateLimitException;
import io.synapse.sdk.RequestTimeoutException;
import io.synapse.sdk.Resilience;
import io.synapse.sdk.RetryPolicy;
import io.synapse.sdk.UnexpectedResponseException;
import io.synapse.sdk.gateway.ExecuteRequest;
import io.synapse.sdk.gateway.ExecutionResult;
import io.synapse.sdk.gateway.GatewayException;
import io.synapse.sdk.gateway.Plan;
import io.synapse.sdk.gateway.PlanRequest;
import io.synapse.sdk.gateway.ServingStatus;
import io.synapse.sdk.gateway.grpc.internal.proto.AiAgent;
import io.synapse.sdk.gateway.grpc.internal.proto.ErrorDetails;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits, retries, cancellation, errors and threads of calls, with a real server. */
@Timeout(60)
class GrpcCallsTest {
    private static final PlanRequest PLAN = PlanRequest.of("t");
    private static final ExecuteRequest EXECUTE = ExecuteRequest.of("ls");
    private static final RetryPolicy QUICKLY =
            RetryPolicy.DEFAULT.initialDelay(Duration.ofMillis(1)).maxDelay(Duration.ofMillis(1));

    /** A call that the server has and the test answers. */
    private record Held(ServerCall<byte[], byte[]> call, Metadata headers, byte[] request) {
        void answer() {
            call.sendHeaders(new Metadata());
            call.sendMessage(new byte[0]);
            call.close(Status.OK, new Metadata());
        }

        void fail(Status status, Metadata trailers) {
            call.close(status, trailers);
        }

        String task() throws IOException {
            return AiAgent.PlanRequest.parseFrom(request).getTaskDescription();
        }
    }

    /** Holds all calls. */
    private static final class Holding extends RawServer.Handler {
        private final BlockingQueue<Held> calls = new LinkedBlockingQueue<>();
        private final CountDownLatch cancelled = new CountDownLatch(1);

        @Override
        void answer(ServerCall<byte[], byte[]> call, Metadata headers, byte[] request) {
            calls.add(new Held(call, headers, request));
        }

        @Override
        void cancelled() {
            cancelled.countDown();
        }

        Held next() throws InterruptedException {
            return calls.take();
        }
    }

    /** Fails each call, after counting it. */
    private static RawServer.Handler failing(AtomicInteger calls, Status status, Metadata trailers) {
        return new RawServer.Handler() {
            @Override
            void answer(ServerCall<byte[], byte[]> call, Metadata headers, byte[] request) {
                calls.incrementAndGet();
                call.close(status, trailers);
            }
        };
    }

    private static ClientException failureOf(CompletableFuture<?> future) {
        ExecutionException failure = catchThrowableOfType(ExecutionException.class, future::get);
        return (ClientException) failure.getCause();
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "gzip"})
    void aListenerIsToldTheSizesOfRequestAndAnswer(String compression) throws Exception {
        byte[] answer = AiAgent.PlanResponse.newBuilder()
                .setTask("t".repeat(5_000))
                .build()
                .toByteArray();
        RawServer.Handler planner = new RawServer.Handler() {
            @Override
            void answer(ServerCall<byte[], byte[]> call, Metadata headers, byte[] request) {
                call.setCompression(compression);
                call.sendHeaders(new Metadata());
                call.sendMessage(answer);
                call.close(Status.OK, new Metadata());
            }
        };
        List<Long> sizes = new ArrayList<>();
        ClientListener listener = new ClientListener() {
            @Override
            public void attemptFinished(Call call, Attempt attempt) {
                sizes.addAll(List.of(attempt.bytesSent(), attempt.bytesReceived()));
            }
        };
        try (RawServer server = new RawServer(planner);
                GrpcGatewayClient client = server.client().listener(listener).build()) {
            client.createPlan(PLAN);

            long request = AiAgent.PlanRequest.newBuilder()
                    .setTaskDescription("t")
                    .build()
                    .getSerializedSize();
            assertThat(sizes).containsExactly(request, (long) answer.length);
        }
    }

    @Test
    void aFullQueueRefusesAtOnceAndTheOthersGoInOrder() throws Exception {
        Holding handler = new Holding();
        try (RawServer server = new RawServer(handler);
                GrpcGatewayClient client =
                        server.client().maxInFlight(1).maxQueued(3).build()) {
            List<CompletableFuture<Plan>> futures = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                futures.add(client.async().createPlan(PlanRequest.of("task " + i)));
                int places = futures.size();
                await().until(() -> places(client) == places); // each call begins on a thread of its own
            }

            ClientException refused = failureOf(client.async().createPlan(PLAN));
            assertThat(refused).isInstanceOf(RateLimitException.class).hasMessageContaining("1 calls are in flight");
            assertThat(refused.mayHaveBeenExecuted()).isFalse();

            Held first = handler.next();
            futures.get(1).cancel(false); // leaves the queue
            List<String> order = new ArrayList<>(List.of(first.task()));
            first.answer();
            for (int i = 0; i < 2; i++) {
                Held next = handler.next();
                order.add(next.task());
                next.answer();
            }
            assertThat(order).containsExactly("task 0", "task 2", "task 3");
            futures.get(3).get();
            assertThat(handler.calls).isEmpty();
        }
    }

    private static int places(GrpcGatewayClient client) {
        return client.servers().stream()
                .mapToInt(each -> each.inFlight() + each.queued())
                .sum();
    }

    @Test
    void theWaitInTheQueueCountsAgainstTheDeadline() throws Exception {
        Holding handler = new Holding();
        try (RawServer server = new RawServer(handler);
                GrpcGatewayClient client = server.client()
                        .maxInFlight(1)
                        .callTimeout(Duration.ofMillis(300))
                        .build()) {
            EventStream<ServingStatus> holding = client.watchHealth(GatewayService.CODEX, "");
            CompletableFuture<Boolean> reading =
                    CompletableFuture.supplyAsync(() -> holding.iterator().hasNext());
            handler.next();
            assertThat(failureOf(client.async().execute(EXECUTE))).satisfies(failure -> {
                assertThat(failure).isInstanceOf(RequestTimeoutException.class);
                assertThat(failure.mayHaveBeenExecuted()).isFalse();
            });
            holding.close();
            assertThatThrownBy(reading::get).isInstanceOf(ExecutionException.class);
        }
    }

    @Test
    void aHungServerEndsAtTheDeadlineWhichItWasTold() throws Exception {
        Holding handler = new Holding();
        try (RawServer server = new RawServer(handler);
                GrpcGatewayClient patient = server.client().build()) {
            CompletableFuture<Plan> connecting =
                    patient.async().createPlan(PLAN); // which takes as long on a busy machine
            handler.next().answer();
            connecting.get();
            GrpcGatewayClient client = patient.with(Resilience.NONE.deadline(Duration.ofMillis(400)));
            long start = System.nanoTime();
            RequestTimeoutException failure =
                    catchThrowableOfType(RequestTimeoutException.class, () -> client.createPlan(PLAN));
            long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();

            assertThat(failure.kind()).isEqualTo(RequestTimeoutException.Kind.CALL);
            assertThat(failure.mayHaveBeenExecuted()).isTrue();
            assertThat(millis).isBetween(395L, 2000L);
            assertThat(handler.cancelled.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(handler.calls).hasSize(1);
        }
    }

    @Test
    void cancellingTheFutureReachesTheServer() throws Exception {
        Holding handler = new Holding();
        try (RawServer server = new RawServer(handler);
                GrpcGatewayClient client = server.client().build()) {
            CompletableFuture<ExecutionResult> future = client.async().execute(EXECUTE);
            handler.next();
            future.cancel(false);
            assertThat(handler.cancelled.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void anInterruptCancelsABlockingCall() throws Exception {
        Holding handler = new Holding();
        try (RawServer server = new RawServer(handler);
                GrpcGatewayClient client = server.client().build()) {
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            AtomicReference<Boolean> flag = new AtomicReference<>();
            Thread caller = new Thread(() -> {
                try {
                    client.execute(EXECUTE);
                } catch (ClientException e) {
                    thrown.set(e);
                    flag.set(Thread.currentThread().isInterrupted());
                }
            });
            caller.start();
            handler.next();
            caller.interrupt();
            caller.join();

            assertThat(thrown.get()).isInstanceOf(CallCancelledException.class);
            assertThat(((ClientException) thrown.get()).mayHaveBeenExecuted()).isTrue();
            assertThat(flag.get()).isTrue();
            assertThat(handler.cancelled.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void readOnlyCallsAreRepeatedAndCommandsAreNot() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        try (RawServer server = new RawServer(failing(calls, Status.UNAVAILABLE, new Metadata()));
                GrpcGatewayClient client = server.client().retryPolicy(QUICKLY).build()) {
            ClientException plan = catchThrowableOfType(ClientException.class, () -> client.createPlan(PLAN));
            assertThat(plan.attempts()).isEqualTo(4);
            assertThat(calls.getAndSet(0)).isEqualTo(4);

            ClientException execute = catchThrowableOfType(ClientException.class, () -> client.execute(EXECUTE));
            assertThat(execute.mayHaveBeenExecuted()).isTrue();
            assertThat(calls.getAndSet(0)).isEqualTo(1);

            catchThrowableOfType(
                    ClientException.class,
                    () -> client.streamPlan(PLAN).iterator().hasNext());
            assertThat(calls.getAndSet(0)).isEqualTo(4);
        }
    }

    @Test
    void whatTheServerSaysOfAnErrorIsReadAndDecides() throws Exception {
        ErrorDetails.ErrorInfo info = ErrorDetails.ErrorInfo.newBuilder()
                .setReason("unavailable")
                .setDomain("synapse")
                .putMetadata("service", "codex")
                .putMetadata("request_id", "r-1")
                .putMetadata("may_have_run", "false")
                .build();
        ErrorDetails.RetryInfo retry = ErrorDetails.RetryInfo.newBuilder()
                .setRetryDelay(com.google.protobuf.Duration.newBuilder().setNanos(2_000_000))
                .build();
        Metadata trailers = new Metadata();
        trailers.put(
                Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER),
                ErrorDetails.Status.newBuilder()
                        .addDetails(com.google.protobuf.Any.pack(info))
                        .addDetails(com.google.protobuf.Any.pack(retry))
                        .build()
                        .toByteArray());
        AtomicInteger calls = new AtomicInteger();
        try (RawServer server = new RawServer(failing(calls, Status.UNAVAILABLE, trailers));
                GrpcGatewayClient client = server.client().retryPolicy(QUICKLY).build()) {
            GatewayException failure = catchThrowableOfType(GatewayException.class, () -> client.execute(EXECUTE));

            assertThat(failure.reason()).isEqualTo("unavailable");
            assertThat(failure.service()).contains("codex");
            assertThat(failure.requestId()).contains("r-1");
            assertThat(failure.retryAfter()).contains(Duration.ofMillis(2));
            assertThat(failure.mayHaveBeenExecuted()).isFalse();
            assertThat(calls).hasValue(4); // it surely did not run
        }
    }

    @ParameterizedTest
    @CsvSource({
        "CANCELLED, 499, true",
        "UNKNOWN, 500, true",
        "INVALID_ARGUMENT, 400, false",
        "DEADLINE_EXCEEDED, 504, true",
        "NOT_FOUND, 404, false",
        "ALREADY_EXISTS, 409, false",
        "PERMISSION_DENIED, 403, false",
        "RESOURCE_EXHAUSTED, 429, true",
        "FAILED_PRECONDITION, 409, false",
        "ABORTED, 409, true",
        "OUT_OF_RANGE, 410, false",
        "UNIMPLEMENTED, 501, false",
        "INTERNAL, 500, true",
        "UNAVAILABLE, 503, true",
        "DATA_LOSS, 500, true",
        "UNAUTHENTICATED, 401, false"
    })
    void eachStatusHasItsException(Status.Code code, int status, boolean maybe) throws Exception {
        String secret = "s3cret-token-of-the-client";
        Status told = Status.fromCode(code).withDescription("bad " + secret);
        try (RawServer server = new RawServer(failing(new AtomicInteger(), told, new Metadata()));
                GrpcGatewayClient client = server.client().token(secret).build()) {
            ClientException failure = catchThrowableOfType(ClientException.class, () -> client.execute(EXECUTE));

            assertThat(failure.statusCode()).isEqualTo(status);
            assertThat(failure.mayHaveBeenExecuted()).isEqualTo(maybe);
            assertThat(failure.getMessage()).contains(code.name(), "bad ***").doesNotContain(secret);
        }
    }

    @Test
    void nobodyListens() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        try (GrpcGatewayClient client =
                RawServer.client("127.0.0.1:" + port).retryPolicy(QUICKLY).build()) {
            ConnectionException failure =
                    catchThrowableOfType(ConnectionException.class, () -> client.execute(EXECUTE));
            assertThat(failure.mayHaveBeenExecuted()).isFalse();
            assertThat(failure.attempts()).isEqualTo(4); // nothing was sent
        }
    }

    @Test
    void aServerThatIsKilledMayHaveExecutedTheCall() throws Exception {
        Holding handler = new Holding();
        try (RawServer server = new RawServer(handler);
                GrpcGatewayClient client = server.client().build()) {
            CompletableFuture<ExecutionResult> future = client.async().execute(EXECUTE);
            handler.next();
            server.kill();
            ClientException failure = failureOf(future);
            assertThat(failure.statusCode()).isIn(499, 503);
            assertThat(failure.mayHaveBeenExecuted()).isTrue();
        }
    }

    @Test
    void aSlowReaderHoldsTheServerBack() throws Exception {
        int all = 2_000;
        AtomicInteger sent = new AtomicInteger();
        AtomicReference<ServerCall<byte[], byte[]>> running = new AtomicReference<>();
        byte[] message = AiAgent.StreamMessage.newBuilder()
                .setContent("x".repeat(64 << 10))
                .build()
                .toByteArray();
        RawServer.Handler flooding = new RawServer.Handler() {
            @Override
            void answer(ServerCall<byte[], byte[]> call, Metadata headers, byte[] request) {
                call.sendHeaders(new Metadata());
                running.set(call);
                flood(call);
            }

            @Override
            void ready() {
                ServerCall<byte[], byte[]> call = running.get();
                if (call != null) {
                    flood(call);
                }
            }

            private void flood(ServerCall<byte[], byte[]> call) {
                while (call.isReady() && sent.get() < all) {
                    sent.incrementAndGet();
                    call.sendMessage(message);
                    if (sent.get() == all) {
                        call.close(Status.OK, new Metadata());
                    }
                }
            }
        };
        try (RawServer server = new RawServer(flooding);
                GrpcGatewayClient client = server.client().build();
                EventStream<StreamMessage> stream = client.streamPlan(PLAN)) {
            Iterator<StreamMessage> messages = stream.iterator();
            messages.next();
            AtomicInteger before = new AtomicInteger(-1);
            await().pollInterval(Duration.ofMillis(200)).until(() -> before.getAndSet(sent.get()) == sent.get());
            assertThat(sent.get()).isLessThan(all / 4);

            int read = 1;
            for (; messages.hasNext(); messages.next()) {
                read++;
            }
            assertThat(read).isEqualTo(all);
        }
    }

    @Test
    void anAnswerAboveTheLimitIsNotReadAndTheNextCallWorks() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        RawServer.Handler large = new RawServer.Handler() {
            @Override
            void answer(ServerCall<byte[], byte[]> call, Metadata headers, byte[] request) {
                call.sendHeaders(new Metadata());
                call.sendMessage(new byte[calls.getAndIncrement() == 0 ? 2000 : 0]);
                call.close(Status.OK, new Metadata());
            }
        };
        try (RawServer server = new RawServer(large);
                GrpcGatewayClient client = server.client().maxMessageSize(1000).build()) {
            assertThatThrownBy(() -> client.createPlan(PLAN))
                    .isInstanceOf(UnexpectedResponseException.class)
                    .hasMessageContaining("1000");
            assertThat(client.createPlan(PLAN).steps()).isEmpty();
            assertThatThrownBy(() -> client.createPlan(PlanRequest.of("x".repeat(1000))))
                    .isInstanceOf(io.synapse.sdk.BadRequestException.class);
        }
    }

    @Test
    void anAnswerThatIsNoMessageIsUnexpected() throws Exception {
        RawServer.Handler garbage = new RawServer.Handler() {
            @Override
            void answer(ServerCall<byte[], byte[]> call, Metadata headers, byte[] request) {
                call.sendHeaders(new Metadata());
                call.sendMessage(new byte[] {10, 127, 1});
                call.close(Status.OK, new Metadata());
            }
        };
        try (RawServer server = new RawServer(garbage);
                GrpcGatewayClient client = server.client().build()) {
            assertThatThrownBy(() -> client.createPlan(PLAN)).isInstanceOf(UnexpectedResponseException.class);
            assertThatThrownBy(() -> client.streamPlan(PLAN).iterator().hasNext())
                    .isInstanceOf(ClientException.class);
        }
    }

    @Test
    void closeEndsCallsAndThreads() throws Exception {
        Holding handler = new Holding();
        try (RawServer server = new RawServer(handler)) {
            GrpcGatewayClient client = server.client().build();
            await().until(() -> threads().isEmpty()); // those of other tests end just now
            CompletableFuture<Plan> future = client.async().createPlan(PLAN);
            handler.next();
            assertThat(threads()).isNotEmpty();
            client.close();

            assertThat(failureOf(future)).isInstanceOf(CallCancelledException.class);
            await().atMost(Duration.ofSeconds(5)).until(() -> threads().isEmpty());
            assertThatThrownBy(() -> client.createPlan(PLAN)).isInstanceOf(IllegalStateException.class);
        }
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("synapse-"))
                .toList();
    }

    /** Makes a call, closes the client and returns. */
    public static final class Program {
        private Program() {}

        /** Runs it. */
        public static void main(String[] arguments) {
            try (GrpcGatewayClient client = RawServer.client(arguments[0]).build()) {
                client.createPlan(PLAN);
            }
            System.out.println(System.currentTimeMillis());
        }
    }

    @Test
    void theJvmEndsWithinASecond() throws Exception {
        RawServer.Handler answering = new RawServer.Handler() {
            @Override
            void answer(ServerCall<byte[], byte[]> call, Metadata headers, byte[] request) {
                call.sendHeaders(new Metadata());
                call.sendMessage(new byte[0]);
                call.close(Status.OK, new Metadata());
            }
        };
        try (RawServer server = new RawServer(answering)) {
            Process program = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Program.class.getName(),
                            server.address())
                    .redirectErrorStream(true)
                    .start();
            String output =
                    new String(program.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            assertThat(program.waitFor()).as(output).isZero();
            String[] lines = output.strip().split("\n");
            assertThat(System.currentTimeMillis() - Long.parseLong(lines[lines.length - 1]))
                    .isLessThan(1500); // the process and the pipe end later than the JVM on a loaded machine
        }
    }
}
