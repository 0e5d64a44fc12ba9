package io.synapse.sdk.internal.http;

import io.synapse.sdk.ClientListener;
import io.synapse.sdk.LoadBalancing;
import io.synapse.sdk.Resilience;
import io.synapse.sdk.RetryPolicy;
import io.synapse.sdk.ServerAddress;
import io.synapse.sdk.StreamLimits;
import io.synapse.sdk.internal.balance.Servers;
import io.synapse.sdk.internal.resilience.InFlightLimit;
import io.synapse.sdk.internal.resilience.Layers;
import io.synapse.sdk.internal.resilience.StreamAdmission;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

/** A builder's defaults, for tests of what is below clients. */
public final class Settings {
    /** Those of a client without resilience. */
    public static final Layers WITHOUT_LAYERS = new Layers(Resilience.NONE, System::nanoTime, InFlightLimit.NONE);

    private Settings() {}

    /** The servers of a client's settings. */
    public static Servers servers(ConnectionSettings settings) {
        return new Servers(settings.servers(), settings.loadBalancing(), System::nanoTime, () -> 0);
    }

    /** A transport to one server. */
    public static HttpTransport transport(ConnectionSettings settings, Supplier<ScheduledExecutorService> timer) {
        StreamServers streams = new StreamAdmission(WITHOUT_LAYERS, servers(settings), System::nanoTime);
        return new HttpTransport(settings, streams, ErrorReader.USUAL, timer);
    }

    /** The defaults for this server. */
    public static ConnectionSettings of(String url) {
        List<ServerAddress> servers = List.of(ServerAddress.of(url));
        return new ConnectionSettings(
                () -> servers,
                LoadBalancing.ROUND_ROBIN,
                Map.of(),
                null,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                new CallPolicy(Duration.ofSeconds(60), false, RetryPolicy.DEFAULT, ClientListener.NONE),
                null,
                null,
                null,
                false,
                StreamLimits.NONE,
                null,
                List.of());
    }
}
