package io.synapse.sdk.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class EmbeddedExperimentsTest {
    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void saysWhatItIsToWhoeverKnowsItsToken() throws Exception {
        try (EmbeddedExperiments server = EmbeddedExperiments.start()) {
            URI root = server.baseUrl().resolve("/api/");

            HttpResponse<String> known = get(root, "Bearer " + server.token());
            HttpResponse<String> unknown = get(root, "Bearer other");

            assertThat(known.statusCode()).isEqualTo(200);
            assertThat(known.body()).contains("\"server\":\"synapse\"");
            assertThat(unknown.statusCode()).isEqualTo(401);
        }
    }

    @Test
    void stillHasItsAddressWhenItIsClosed() {
        EmbeddedExperiments server = EmbeddedExperiments.start();
        URI address = server.baseUrl();

        server.close();

        assertThat(server.baseUrl()).isEqualTo(address);
        assertThat(server).hasToString("EmbeddedExperiments[" + address + "]");
    }

    private HttpResponse<String> get(URI address, String authorization) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Authorization", authorization)
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
