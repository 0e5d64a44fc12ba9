package io.synapse.sdk.gateway.grpc.internal;

import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.synapse.sdk.HttpMethod;
import io.synapse.sdk.RequestInterceptor;
import io.synapse.sdk.internal.http.BaseUrl;
import io.synapse.sdk.internal.http.Deadline;
import io.synapse.sdk.internal.http.HeaderSyntax;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The one connection to a server.
 *
 * @param server where it leads
 * @param channel gRPC's channel
 * @param metadata what each call sends besides its request
 * @param interceptors what add to that
 */
record ServiceChannel(
        BaseUrl server, ManagedChannel channel, Metadata metadata, List<RequestInterceptor> interceptors) {
    /** Begins a call, and sends its request. The listener is called by the executor of {@code how}, else on other threads. */
    ClientCall<Message, Message> start(
            GrpcCall<?> call,
            CallOptions how,
            Deadline deadline,
            CallTracer tracer,
            int window,
            ClientCall.Listener<Message> listener) {
        Metadata headers = headers(call);
        if (channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
            channel.enterIdle(); // else the call would fail with the last failure until gRPC connects again, up to 1 s
        }
        CallOptions options = how.withStreamTracerFactory(tracer);
        if (deadline.leftNanos() < Long.MAX_VALUE) {
            options = options.withDeadlineAfter(deadline.leftNanos(), TimeUnit.NANOSECONDS);
        }
        ClientCall<Message, Message> started = channel.newCall(call.method(), options);
        started.start(listener, headers);
        started.request(window);
        started.sendMessage(call.request());
        started.halfClose();
        return started;
    }

    private Metadata headers(GrpcCall<?> call) {
        Metadata headers = new Metadata();
        headers.merge(metadata);
        for (RequestInterceptor interceptor : interceptors) {
            URI url = URI.create(server + "/" + call.method().getFullMethodName());
            interceptor.headers(HttpMethod.POST, url).forEach((name, value) -> {
                HeaderSyntax.check(name, value);
                Metadata.Key<String> key = Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
                headers.discardAll(key);
                headers.put(key, value);
            });
        }
        return headers;
    }
}
