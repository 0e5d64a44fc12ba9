package io.synapse.sdk.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Workers that go while they wait for a job: none is lost for the time of a lease. */
@Timeout(60)
class WaitingWorkersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final EmbeddedExperiments server = EmbeddedExperiments.start();
    private final Caller caller = new Caller(server);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aJobGoesToWhoIsThereWhileThoseWhoAskedBeforeHaveGone() throws Exception {
        for (int index = 0; index < 20; index++) {
            waiting("gone" + index).close(); // while it waits, or before its request was read
        }
        var answer = caller.later(
                caller.request("/api/queue/next_job?host_id=there&wait=20").build());

        String uid = caller.add("a");

        assertThat(caller.ok(answer.get())
                        .path("data")
                        .path("job")
                        .path("experiment_uid")
                        .asText())
                .isEqualTo(uid);
    }

    @Test
    void aJobWhoseAnswerCannotBeWrittenKeepsItsPlaceAndLosesNothing() throws Exception {
        // more than all buffers on the way hold
        String uid = caller.ok(caller.post(
                        "/api/queue/add", Map.of("config", "a: 1", "metadata", Map.of("text", "x".repeat(7 << 20)))))
                .path("job")
                .path("experiment_uid")
                .asText();
        caller.add("second");

        for (int round = 1; round <= 4; round++) { // three unconfirmed ones would end it
            try (Socket stuck = waiting("stuck")) {
                int attempt = round;
                await().atMost(PATIENCE).until(() -> isAssigned(uid, attempt));
                stuck.setSoLinger(true, 0);
            }
            await().atMost(PATIENCE)
                    .until(() -> caller.job(uid).path("status").asText().equals("queued"));
        }

        JsonNode job = next("w");
        assertThat(job.path("experiment_uid").asText()).isEqualTo(uid);
        assertThat(caller.job(uid).path("retry_count").asInt()).isZero();
    }

    private boolean isAssigned(String uid, int attempt) throws IOException, InterruptedException {
        JsonNode job = caller.job(uid);
        return job.path("status").asText().equals("assigned")
                && job.path("attempt").asInt() == attempt;
    }

    private JsonNode next(String host) throws IOException, InterruptedException {
        return caller.ok(caller.get("/api/queue/next_job?wait=20&host_id=" + host))
                .path("data")
                .path("job");
    }

    /** A connection on which a worker has asked for a job. */
    private Socket waiting(String host) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(
                server.baseUrl().getHost(), server.baseUrl().getPort()));
        socket.setSoTimeout((int) PATIENCE.toMillis());
        String request = "GET /api/queue/next_job?wait=20&host_id=" + host + " HTTP/1.1\r\nHost: 127.0.0.1:"
                + server.baseUrl().getPort() + "\r\nAuthorization: Bearer " + server.token() + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }
}
