package io.synapse.sdk.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synapse.sdk.Endpoint;
import io.synapse.sdk.ResponseType;
import io.synapse.sdk.UnexpectedResponseException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A stream is what its server was asked for, and a silence in it loses nothing. */
@Timeout(30)
class HttpStreamTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final MockWebServer server = new MockWebServer();
    private HttpTransport transport;

    @BeforeEach
    void start() throws IOException {
        server.start();
        transport = Settings.transport(Settings.of(server.url("/").toString()), () -> {
            throw new AssertionError("nothing is uploaded");
        });
    }

    @AfterEach
    void stop() {
        transport.close();
        server.close();
    }

    @Test
    void aLoginPageIsNoStream() {
        server.enqueue(new MockResponse.Builder()
                .setHeader("Content-Type", "text/html; charset=utf-8")
                .body("<html>Sign in</html>")
                .build());

        assertThatThrownBy(() -> stream().open())
                .isInstanceOf(UnexpectedResponseException.class)
                .hasMessageContaining("text/html");
    }

    @Test
    void compressionThatNobodyAskedForIsRefused() {
        server.enqueue(new MockResponse.Builder()
                .setHeader("Content-Encoding", "gzip")
                .body("x")
                .build());

        assertThatThrownBy(() -> stream().open())
                .isInstanceOf(UnexpectedResponseException.class)
                .hasMessageContaining("gzip");
    }

    @Test
    void aSilenceLosesNothing() throws IOException {
        server.enqueue(new MockResponse.Builder()
                .body("ab")
                .throttleBody(1, 300, TimeUnit.MILLISECONDS)
                .build());
        byte[] bytes = new byte[10];
        int length = 0;
        int silences = 0;
        try (HttpStream stream = stream()) {
            stream.open();
            for (int read = 0; read >= 0; ) {
                try {
                    read = stream.read(bytes, length, bytes.length - length, Duration.ofMillis(50));
                    length += Math.max(read, 0);
                } catch (SocketTimeoutException e) {
                    silences++;
                }
            }
        }

        assertThat(new String(bytes, 0, length, StandardCharsets.UTF_8)).isEqualTo("ab");
        assertThat(silences).isPositive();
    }

    private HttpStream stream() {
        return transport.stream(Endpoint.get("log", ResponseType.text()), SECOND);
    }
}
