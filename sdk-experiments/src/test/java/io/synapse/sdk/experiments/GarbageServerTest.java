package io.synapse.sdk.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.synapse.sdk.experiment.ExperimentClient;
import io.synapse.sdk.experiment.ExperimentStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker at whose address something else answers for a while, such as a proxy. */
class GarbageServerTest {
    private static final String TOKEN = "token";

    private static final List<String> ANSWERS = List.of(
            "<html>busy</html>",
            "",
            "[]",
            "{\"data\": null}",
            "{\"data\": {\"job\": {\"experiment_uid\": \"../x\", \"project\": \"a\"}}}",
            "{\"data\": {\"job\": {\"experiment_uid\": \"u\", \"project\": \"../p\", \"attempt\": -1}}}",
            "{\"data\": {\"job\": {\"attempt\": \"many\"}}}",
            "{\"data\": {\"stop\": [null, 1], \"pause\": {\"a\": 1}, \"drain\": \"maybe\"}}",
            "{\"message\": \"Synapse\", \"server\": \"synapse\", \"status\": \"running\", \"data\": {}}",
            "{\"data\": ");

    @TempDir
    Path folder;

    @Test
    void aWorkerOutlivesAnyAnswerAndTakesJobsOnceItsServerIsThere() throws IOException {
        AtomicInteger requests = new AtomicInteger();
        HttpServer garbage = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        int port = garbage.getAddress().getPort();
        garbage.createContext("/", exchange -> answer(exchange, requests.getAndIncrement()));
        garbage.start();
        URI address = URI.create("http://127.0.0.1:" + port);
        try (ExperimentWorker worker = TestWorkers.builder(address, TOKEN, folder.resolve("worker"), "true")
                .start()) {
            await().atMost(TestServer.PATIENCE).until(() -> requests.get() > 3 * ANSWERS.size());
            assertThat(worker.activeJobs()).isEmpty();
            garbage.stop(0);

            try (EmbeddedExperiments server = EmbeddedExperiments.builder()
                            .port(port)
                            .token(TOKEN)
                            .start();
                    ExperimentClient client = TestServer.client(server.baseUrl(), TOKEN)) {
                String uid = TestServer.submit(client);
                assertThat(client.waitForExperiment(uid, TestServer.PATIENCE).status())
                        .isEqualTo(ExperimentStatus.COMPLETED);
                assertThat(client.listDevices()).hasSize(1);
            }
        }
    }

    private static void answer(HttpExchange exchange, int number) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            byte[] answer = ANSWERS.get(number % ANSWERS.size()).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(number % 7 == 6 ? 500 : 200, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
        }
    }
}
