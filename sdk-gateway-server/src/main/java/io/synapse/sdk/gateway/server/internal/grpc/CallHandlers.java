package io.synapse.sdk.gateway.server.internal.grpc;

import com.google.protobuf.Descriptors;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.ServerCallHandler;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.gateway.grpc.internal.proto.AiAgent;
import io.synapse.sdk.gateway.server.internal.GatewayFailure;
import io.synapse.sdk.gateway.server.internal.GatewayFailure.Kind;
import io.synapse.sdk.gateway.server.internal.Services;
import io.synapse.sdk.gateway.server.internal.StreamReader;
import io.synapse.sdk.gateway.server.internal.Work;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a call: work of the services, which ends with the call and its deadline, or a stream, which outlives it.
 *
 * @param services the services
 * @param threads where streams are written, each by a thread of its own
 */
record CallHandlers(Services services, Executor threads) {
    private static final int RESUME_STREAM_ID = 100;
    private static final int RESUME_AFTER = 101;
    private static final Logger LOG = LoggerFactory.getLogger(CallHandlers.class);

    /** The limit of the original for a message. */
    static final int MAX_MESSAGE = 50 << 20;

    /** Begins the work of a request. */
    @FunctionalInterface
    interface Unary<Q extends Message> {
        /**
         * Begins it.
         *
         * @param limit how long it may take
         */
        Work<Map<String, @Nullable Object>> begin(Q request, Duration limit);
    }

    /** Opens the stream of a request. */
    @FunctionalInterface
    interface Streaming<Q extends Message> {
        /**
         * Opens it.
         *
         * @param given the request without a position, to be kept with the stream
         */
        StreamReader open(Q request, String given);
    }

    /**
     * A call with one answer.
     *
     * @param requestType any request
     * @param answerType any answer
     */
    <Q extends Message> ServerCallHandler<Message, Message> unary(
            Class<Q> requestType, Message answerType, Unary<Q> unary) {
        return ServerCalls.asyncUnaryCall((request, answers) -> {
            ServerCallStreamObserver<Message> call = (ServerCallStreamObserver<Message>) answers;
            try {
                services.requireServing();
                Work<Map<String, @Nullable Object>> work = unary.begin(requestType.cast(request), limit());
                call.setOnCancelHandler(
                        () -> work.cancel(new GatewayFailure(Kind.CANCELLED, "the caller has gone or gave up")));
                work.result().whenComplete((fields, failure) -> answer(call, answerType, fields, failure));
            } catch (RuntimeException e) {
                fail(call, e);
            }
        });
    }

    /** What is left of the caller's deadline, and not more than a call may take. */
    private Duration limit() {
        Deadline deadline = Context.current().getDeadline();
        if (deadline == null) {
            return services.callTimeout();
        }
        Duration left = Duration.ofNanos(Math.max(0, deadline.timeRemaining(TimeUnit.NANOSECONDS)));
        return left.compareTo(services.callTimeout()) < 0 ? left : services.callTimeout();
    }

    private static void answer(
            ServerCallStreamObserver<Message> call,
            Message answerType,
            @Nullable Map<String, @Nullable Object> fields,
            @Nullable Throwable thrown) {
        if (call.isCancelled()) {
            return;
        }
        try {
            if (fields == null) {
                Throwable cause = thrown instanceof CompletionException wrapped ? wrapped.getCause() : thrown;
                fail(call, cause == null ? new IllegalStateException("an answer without fields") : cause);
                return;
            }
            Message answer = MessageForm.of(answerType, fields);
            if (answer.getSerializedSize() > MAX_MESSAGE) {
                throw new GatewayFailure(Kind.OVERLOADED, "the answer has more than " + MAX_MESSAGE + " bytes")
                        .mayHaveRun(true);
            }
            call.onNext(answer);
            call.onCompleted();
        } catch (RuntimeException e) {
            fail(call, e);
        }
    }

    private static void fail(StreamObserver<Message> call, Throwable thrown) {
        if (thrown instanceof GatewayFailure failure) {
            call.onError(GrpcFailure.of(failure));
        } else if (thrown instanceof BadRequestException bad) {
            call.onError(GrpcFailure.of(new GatewayFailure(Kind.INVALID, String.valueOf(bad.getMessage()))));
        } else {
            LOG.error("a call failed", thrown);
            call.onError(GrpcFailure.of(
                    new GatewayFailure(Kind.INTERNAL, "the gateway failed; its log says why").mayHaveRun(true)));
        }
    }

    /** A call with a stream of messages, which its caller can ask for again. */
    <Q extends Message> ServerCallHandler<Message, Message> streaming(Class<Q> requestType, Streaming<Q> streaming) {
        return ServerCalls.asyncServerStreamingCall((request, messages) -> {
            ServerCallStreamObserver<Message> call = (ServerCallStreamObserver<Message>) messages;
            try {
                services.requireServing();
                Message whole = whole(request);
                StreamReader reader = streaming.open(requestType.cast(whole), encoded(withoutPosition(whole)));
                StreamWriter writer = new StreamWriter(services, reader, call);
                call.setOnReadyHandler(writer::wakeUp);
                call.setOnCancelHandler(writer::cancel);
                threads.execute(writer);
            } catch (InvalidProtocolBufferException | RuntimeException e) {
                fail(call, e);
            }
        });
    }

    /**
     * A request that goes on with a stream may have nothing but the position in it (wire/gateway.md, section 7): the rest is
     * kept with the stream.
     */
    private Message whole(Message request) throws InvalidProtocolBufferException {
        Object stream = request.getField(request.getDescriptorForType().findFieldByNumber(RESUME_STREAM_ID));
        if (stream.equals("") || withoutPosition(request).getSerializedSize() > 0) {
            return request;
        }
        byte[] rest = Base64.getDecoder().decode(services.requestOf(String.valueOf(stream)));
        return request.toBuilder().mergeFrom(rest).build();
    }

    private static Message withoutPosition(Message request) {
        Descriptors.Descriptor type = request.getDescriptorForType();
        return request.toBuilder()
                .clearField(type.findFieldByNumber(RESUME_STREAM_ID))
                .clearField(type.findFieldByNumber(RESUME_AFTER))
                .build();
    }

    private static String encoded(Message request) {
        return Base64.getEncoder().encodeToString(request.toByteArray());
    }

    /** Writes the messages of a stream as fast as the caller takes them. */
    private static final class StreamWriter implements Runnable {
        private static final Duration LOOK = Duration.ofMillis(500);

        private final Services services;
        private final StreamReader reader;
        private final ServerCallStreamObserver<Message> call;
        private volatile boolean isCancelled;

        StreamWriter(Services services, StreamReader reader, ServerCallStreamObserver<Message> call) {
            this.services = services;
            this.reader = reader;
            this.call = call;
        }

        synchronized void wakeUp() {
            notifyAll();
        }

        void cancel() {
            isCancelled = true;
            reader.close(); // at once: from now on nobody reads
            wakeUp();
        }

        @Override
        public void run() {
            try (reader) {
                while (!isCancelled && !reader.isOver()) {
                    awaitReady();
                    var entry = isCancelled ? null : reader.next(LOOK);
                    if (entry != null) {
                        Map<String, @Nullable Object> fields = entry.fields();
                        fields.put("stream_id", reader.stream());
                        fields.put("sequence", entry.number());
                        call.onNext(MessageForm.of(AiAgent.StreamMessage.getDefaultInstance(), fields));
                    }
                }
                if (!isCancelled) {
                    call.onCompleted();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                fail(call, new GatewayFailure(Kind.UNAVAILABLE, "the gateway is shutting down"));
            } catch (GatewayFailure failure) {
                if (!isCancelled) {
                    call.onError(isFinal() ? GrpcFailure.finalOf(failure) : GrpcFailure.of(failure));
                }
            } catch (RuntimeException e) {
                if (!isCancelled) {
                    fail(call, e);
                }
            }
        }

        /**
         * Whether whoever goes on with the stream would get the same failure again: not before its first message, when it is
         * asked for anew, and not at the end of the gateway, after which the next one may go on with it.
         */
        private boolean isFinal() {
            return reader.after() > 0 && services.isServing();
        }

        private synchronized void awaitReady() throws InterruptedException {
            while (!call.isReady() && !isCancelled) {
                wait();
            }
        }
    }
}
