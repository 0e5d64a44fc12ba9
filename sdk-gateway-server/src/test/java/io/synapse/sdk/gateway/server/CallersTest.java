package io.synapse.sdk.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who comes in, and who does not (wire/gateway.md, section 7: "open to all"). */
class CallersTest {
    private static EmbeddedGateway gateway;

    @BeforeAll
    static void start() {
        gateway = EmbeddedGateway.builder().token("secret").start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    Bearer secret, localhost,       ,                         200
                    Bearer secret, 127.0.0.1,       ,                         200
                    ,              localhost,       ,                         401
                    secret,        localhost,       ,                         401
                    Bearer wrong,  localhost,       ,                         401
                    Bearer secret, evil.example,    ,                         403
                    Bearer secret, localhost,       http://evil.example,      403
                    Bearer secret, localhost,       null,                     403
                    Bearer secret, localhost,       http://localhost,         200
                    """)
    void callersAreCheckedBeforeAllElse(String authorization, String host, String origin, int status)
            throws IOException {
        for (String path : new String[] {"/health", "/api/v1/claude/health", "/metrics", "/nope"}) {
            String answer = send("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n"
                    + (authorization == null ? "" : "Authorization: " + authorization + "\r\n")
                    + (origin == null ? "" : "Origin: " + origin + "\r\n")
                    + "\r\n");
            int expected = status == 200 && path.equals("/nope") ? 404 : status;
            assertThat(answer).startsWith("HTTP/1.1 " + expected).doesNotContain("secret");
            if (expected >= 400) {
                assertThat(answer).contains("application/problem+json", "\"kind\":", "\"request_id\":");
            }
        }
    }

    private static String send(String request) throws IOException {
        try (Socket socket =
                new Socket(gateway.baseUrl().getHost(), gateway.baseUrl().getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
