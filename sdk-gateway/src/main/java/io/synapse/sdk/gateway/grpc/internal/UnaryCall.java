package io.synapse.sdk.gateway.grpc.internal;

import io.synapse.sdk.HttpMethod;
import io.synapse.sdk.internal.balance.Server;
import io.synapse.sdk.internal.balance.Servers;
import io.synapse.sdk.internal.http.Deadline;
import io.synapse.sdk.internal.http.Exchange;
import io.synapse.sdk.internal.operation.Call;
import io.synapse.sdk.internal.value.Sha256;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Optional;

/**
 * A call with one answer, as the SDK's loop performs it. On the wire it is a POST to the name of its method.
 *
 * @param call the call
 * @param engine makes its attempts
 */
record UnaryCall<T>(GrpcCall<T> call, GrpcEngine engine) implements Call<T> {
    @Override
    public Servers servers() {
        return engine.servers(call.service());
    }

    @Override
    public HttpMethod method() {
        return HttpMethod.POST;
    }

    @Override
    public String pathTemplate() {
        return "/" + call.method().getFullMethodName();
    }

    @Override
    public String url(Server at) {
        return at + pathTemplate();
    }

    @Override
    public String request(Server at) {
        return GrpcEngine.nameOf(call) + " at " + at.url().authority();
    }

    @Override
    public boolean isIdempotent() {
        return call.repeatable();
    }

    @Override
    public Optional<Duration> callTimeout() {
        return Optional.of(call.timeout());
    }

    @Override
    public Exchange<T> exchange(Server at, Deadline deadline) {
        return new UnaryExchange<>(call, engine.channel(at), engine.errors(call, at), deadline);
    }

    @Override
    public boolean changesNothing() {
        return call.repeatable();
    }

    @Override
    public String key() {
        return Sha256.of(pathTemplate() + "\n", call.request().toByteArray());
    }

    @Override
    public Type answerType() {
        return call.answerType();
    }
}
