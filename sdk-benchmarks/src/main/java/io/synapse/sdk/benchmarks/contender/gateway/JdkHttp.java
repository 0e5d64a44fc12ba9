package io.synapse.sdk.benchmarks.contender.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.synapse.sdk.benchmarks.contender.Token;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** The JDK's HTTP client with Jackson, with a time limit and a token. */
final class JdkHttp implements PlanCaller {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ObjectMapper mapper = new ObjectMapper();
    private final URI url;

    JdkHttp(String url) {
        this.url = URI.create(url + "/api/v1/claude/plan");
    }

    @Override
    public int steps(String task) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(Duration.ofMinutes(2))
                .header("Authorization", "Bearer " + Token.VALUE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(mapper.writeValueAsBytes(Map.of("task", task))))
                .build();
        HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new IOException("status " + response.statusCode());
        }
        return mapper.readValue(response.body(), PlanByHand.class).checked();
    }

    /** It ends with its threads, which are daemons: before JDK 21 it cannot be closed. */
    @Override
    public void close() {}
}
