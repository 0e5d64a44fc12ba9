package io.synapse.sdk.embedded.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GuardedServerTest {
    private final GuardedServer server = new GuardedServer(
            new GuardedServer.Settings(
                    "test",
                    "test",
                    "127.0.0.1",
                    0,
                    "Bearer t",
                    1_000,
                    2_000,
                    path -> false,
                    ErrorForm.DETAIL,
                    Duration.ZERO),
            config -> {});

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aBodyOrFormThatIsTooLargeIsToldTheLimitOfItsServer() throws Exception {
        assertThat(post("text/plain").body()).contains("the request's body is larger than 1000 bytes");
        assertThat(post("multipart/form-data; boundary=x").body())
                .contains("the request's form is larger than 2000 bytes");
    }

    @Test
    void thePortIsKnownAfterTheEndToo() {
        int port = server.port();
        server.close();

        assertThat(server.port()).isEqualTo(port).isPositive();
    }

    private HttpResponse<String> post(String type) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/"))
                .header("Authorization", "Bearer t")
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString("x".repeat(3_000)))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(413);
        return answer;
    }
}
