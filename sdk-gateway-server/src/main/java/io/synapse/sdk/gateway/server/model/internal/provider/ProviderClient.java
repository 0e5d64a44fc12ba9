package io.synapse.sdk.gateway.server.model.internal.provider;

import io.synapse.sdk.BaseClient;
import io.synapse.sdk.ClientBuilder;
import io.synapse.sdk.RetryPolicy;
import java.time.Duration;

/** A client of a provider. It makes one attempt: the agent repeats. Its header fields with the key come with each request. */
final class ProviderClient extends BaseClient {
    private ProviderClient(Builder builder) {
        super(builder, "provider");
    }

    static ProviderClient of(ProviderSettings settings) {
        Builder builder = new Builder()
                .baseUrl(settings.url())
                .readTimeout(settings.silence())
                .callTimeout(Duration.ZERO)
                .retryPolicy(RetryPolicy.NEVER);
        return new ProviderClient(builder);
    }

    private static final class Builder extends ClientBuilder<Builder> {
        @Override
        protected Builder self() {
            return this;
        }
    }
}
