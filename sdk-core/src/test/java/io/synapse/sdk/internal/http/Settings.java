package io.synapse.sdk.internal.http;

import io.synapse.sdk.ClientListener;
import io.synapse.sdk.RetryPolicy;
import io.synapse.sdk.StreamLimits;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A builder's defaults, for tests of what is below clients. */
public final class Settings {
    private Settings() {}

    /** The defaults for this server. */
    public static ConnectionSettings of(String url) {
        return new ConnectionSettings(
                BaseUrl.parse(url),
                Map.of(),
                null,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                false,
                RetryPolicy.DEFAULT,
                null,
                null,
                null,
                false,
                StreamLimits.NONE,
                null,
                List.of(),
                ClientListener.NONE);
    }
}
