package io.synapse.sdk.internal.operation;

import io.synapse.sdk.Endpoint;
import io.synapse.sdk.HttpMethod;
import io.synapse.sdk.RequestContent;
import io.synapse.sdk.internal.balance.Server;
import io.synapse.sdk.internal.balance.Servers;
import io.synapse.sdk.internal.http.Deadline;
import io.synapse.sdk.internal.http.Exchange;
import io.synapse.sdk.internal.http.ExchangeFactory;
import io.synapse.sdk.internal.http.Secrets;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call over HTTP.
 *
 * @param endpoint the request
 * @param servers the servers that can answer it
 * @param exchanges makes the attempts
 */
record HttpCall<T extends @Nullable Object>(Endpoint<T> endpoint, Servers servers, ExchangeFactory exchanges)
        implements Call<T> {
    @Override
    public HttpMethod method() {
        return endpoint.method();
    }

    @Override
    public String pathTemplate() {
        return endpoint.pathTemplate();
    }

    @Override
    public String url(Server at) {
        return Secrets.NONE.mask(at.url().address(endpoint).toString());
    }

    @Override
    public boolean isIdempotent() {
        return endpoint.isIdempotent();
    }

    @Override
    public Optional<Duration> callTimeout() {
        return endpoint.callTimeout();
    }

    @Override
    public Exchange<T> exchange(Server at, Deadline deadline) {
        return exchanges.exchange(endpoint, at.url().address(endpoint), deadline);
    }

    @Override
    public boolean changesNothing() {
        RequestContent content = endpoint.content().orElse(null);
        return endpoint.isIdempotent()
                && (endpoint.method() == HttpMethod.GET && content == null
                        || endpoint.method() == HttpMethod.POST
                                && (content == null || content instanceof RequestContent.Json));
    }

    @Override
    public String key() {
        return RequestHash.of(endpoint, servers.all() + exchanges.caller());
    }

    @Override
    public Type answerType() {
        return endpoint.responseType().type();
    }
}
