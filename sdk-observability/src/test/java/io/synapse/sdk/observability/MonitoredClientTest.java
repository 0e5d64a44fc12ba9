package io.synapse.sdk.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.synapse.sdk.ClientListener;
import io.synapse.sdk.gateway.GatewayClient;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The client that the README shows is measured and traced. */
class MonitoredClientTest {
    @RegisterExtension
    static final OpenTelemetryExtension TELEMETRY = OpenTelemetryExtension.create();

    @Test
    void aClientIsMeasuredAndTraced() throws IOException {
        MeterRegistry registry = new SimpleMeterRegistry();
        OpenTelemetry openTelemetry = TELEMETRY.getOpenTelemetry();
        try (StatusServer server = new StatusServer(404)) {
            String url = server.url();
            ClientMetrics metrics = ClientMetrics.of(registry, "gateway");
            ClientTracing tracing = ClientTracing.of(openTelemetry);
            GatewayClient client = GatewayClient.builder()
                    .baseUrl(url)
                    .listener(ClientListener.all(List.of(metrics, tracing)))
                    .interceptor(tracing) // sends the context of the trace
                    .build();
            metrics.bind(client::servers); // health, calls in flight, circuit breaker and response time of each server

            catchThrowable(client::healthCheck);
            client.close();

            assertThat(registry.find("synapse.client.calls").timer())
                    .satisfies(timer -> assertThat(timer.count()).isEqualTo(1));
            assertThat(TELEMETRY.getSpans()).hasSize(1);
            assertThat(server.parents).hasSize(1);
        }
    }
}
