package io.synapse.sdk.gateway.grpc.internal;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.synapse.sdk.gateway.grpc.GatewayService;
import java.time.Duration;
import java.util.function.Function;

/**
 * A call that is to be performed, blocking or not.
 *
 * @param service the service that performs it
 * @param method the method
 * @param request the request
 * @param answerType the type of the result
 * @param reader makes the result of an answer, or of each message of a stream
 * @param repeatable whether sending it twice is the same as sending it once
 * @param restartable whether a stream of it has the same messages each time
 * @param timeout the total time of a call; the longest silence of a stream, {@link Duration#ZERO} for no limit
 * @param <T> the result
 */
public record GrpcCall<T>(
        GatewayService service,
        MethodDescriptor<Message, Message> method,
        Message request,
        Class<T> answerType,
        Function<Message, T> reader,
        boolean repeatable,
        boolean restartable,
        Duration timeout) {
    /** The same with another request. */
    GrpcCall<T> withRequest(Message another) {
        return new GrpcCall<>(service, method, another, answerType, reader, repeatable, restartable, timeout);
    }
}
