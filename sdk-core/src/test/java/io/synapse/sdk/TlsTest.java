package io.synapse.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Over TLS a client talks to the server it trusts, under the name it was told, and to no other. */
@Timeout(30)
class TlsTest {
    private static final Endpoint<Map<String, Object>> THING = Endpoint.get("thing", ResponseType.object());

    private final MockWebServer server = new MockWebServer();
    private HeldCertificate certificate;

    @BeforeEach
    void start() throws IOException {
        certificate = new HeldCertificate.Builder()
                .addSubjectAlternativeName("localhost")
                .build();
        server.useHttps(new HandshakeCertificates.Builder()
                .heldCertificate(certificate)
                .build()
                .sslSocketFactory());
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aTrustedServerIsTalkedTo() {
        server.enqueue(new MockResponse.Builder().body("{\"a\":1}").build());

        try (TestClient client = trusting("localhost")) {
            assertThat(client.perform(THING)).containsEntry("a", 1);
        }
    }

    @Test
    void anUnknownCertificateEndsTheCallAtTheFirstAttempt() {
        try (TestClient client = client("localhost").build()) {
            ConnectionException failure = catchThrowableOfType(ConnectionException.class, () -> client.perform(THING));

            assertThat(failure.attempts()).isOne();
            assertThat(failure.mayHaveBeenExecuted()).isFalse();
        }
    }

    @Test
    void aCertificateOfAnotherNameEndsTheCallAtTheFirstAttempt() {
        try (TestClient client = trusting("127.0.0.1")) {
            ConnectionException failure = catchThrowableOfType(ConnectionException.class, () -> client.perform(THING));

            assertThat(failure.attempts()).isOne();
            assertThat(failure).hasMessageContaining("127.0.0.1");
        }
    }

    @Test
    void anInterruptReachesThroughTls() throws InterruptedException {
        server.enqueue(
                new MockResponse.Builder().headersDelay(1, TimeUnit.HOURS).build());
        AtomicReference<Throwable> failure = new AtomicReference<>();
        try (TestClient client = trusting("localhost")) {
            Thread caller = new Thread(() -> {
                try {
                    client.perform(THING);
                } catch (RuntimeException e) {
                    failure.set(e);
                }
            });
            caller.start();
            server.takeRequest();
            await().until(() -> Arrays.stream(caller.getStackTrace())
                    .anyMatch(frame -> frame.getClassName().equals("sun.nio.ch.Net")
                            && frame.getMethodName().equals("poll")));

            caller.interrupt();
            caller.join();
        }

        assertThat(failure.get()).isInstanceOf(CallCancelledException.class);
    }

    private TestClient trusting(String host) {
        return client(host)
                .trustedCertificates(List.of(certificate.certificate()))
                .build();
    }

    private TestClient.Builder client(String host) {
        return TestClient.builder()
                .baseUrl("https://" + host + ":" + server.getPort())
                .readTimeout(Duration.ofMinutes(1))
                .callTimeout(Duration.ofMinutes(1));
    }
}
