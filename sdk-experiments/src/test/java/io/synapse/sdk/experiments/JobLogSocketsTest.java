package io.synapse.sdk.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.synapse.sdk.experiment.DeviceReport;
import io.synapse.sdk.experiment.ExperimentClient;
import io.synapse.sdk.experiment.ExperimentSubmission;
import io.synapse.sdk.experiment.JobCompletion;
import io.synapse.sdk.experiment.SyncPart;
import io.synapse.sdk.experiment.SyncTarget;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The output of jobs over WebSockets, at a real server, whose worker is played by the client. */
@Timeout(60)
class JobLogSocketsTest {
    private final EmbeddedExperiments server = EmbeddedExperiments.start();
    private final ExperimentClient client = TestServer.client(server.baseUrl(), server.token());
    private final String uid = client.submitExperiment(
                    ExperimentSubmission.ofConfig("lr: 1\n").project("demo"))
            .experimentUid();
    private String written = "";

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    /** The recorded exchange with the original, which cut a line where the program paused: here, a frame is a line. */
    @Test
    void aJobIsFollowedFromItsFirstLineToItsEnd() throws InterruptedException {
        TextSocket socket = connect(uid, server.token());
        assertThat(socket.next()).isEqualTo("--- CONNECTED TO LOG STREAM FOR JOB " + uid + " ---");
        start();
        write("hello\nhalf");
        assertThat(socket.next()).isEqualTo("hello");
        write(" line\n\nlast, ");
        assertThat(socket.next()).isEqualTo("half line");
        assertThat(socket.next()).isEmpty();
        write("without its end é");
        client.completeJob(JobCompletion.succeeded(uid).attempt(1));

        assertThat(socket.next()).isEqualTo("last, without its end é");
        assertThat(socket.next()).isEqualTo("--- JOB COMPLETED ---");
        assertThat(socket.next()).isEqualTo("close 1000");
    }

    @Test
    void aLongLineComesInPiecesThatCutNoCharacter() throws InterruptedException {
        start();
        String line = "é€😀".repeat(20_000);
        write(line + "\nshort\n");
        client.completeJob(JobCompletion.failed(uid, "out of memory").attempt(1));

        List<String> frames = new ArrayList<>();
        TextSocket socket = connect(uid, server.token());
        for (String frame = socket.next(); frame != null && !frame.startsWith("close"); frame = socket.next()) {
            frames.add(frame);
        }

        assertThat(frames.subList(frames.size() - 2, frames.size())).containsExactly("short", "--- JOB FAILED ---");
        assertThat(frames).hasSizeGreaterThan(4);
        assertThat(String.join("", frames.subList(1, frames.size() - 2))).isEqualTo(line);
    }

    @Test
    void aReaderThatGoesLeavesNoThread() throws InterruptedException {
        TextSocket socket = connect(uid, server.token());
        socket.next();
        assertThat(busyThreads()).isOne();

        socket.abort();

        await().atMost(Duration.ofSeconds(10)).until(() -> busyThreads() == 0);
    }

    @Test
    void strangersAndJobsThatAreNotAreRefusedBeforeTheUpgrade() {
        assertThatThrownBy(() -> connect(uid, "other")).isInstanceOf(CompletionException.class);
        assertThatThrownBy(() -> connect("20260101_ffff", server.token())).isInstanceOf(CompletionException.class);
    }

    /** Threads that wait for more of a log. */
    private static long busyThreads() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(entry -> entry.getKey().getName().startsWith("experiments-log-socket"))
                .filter(entry -> List.of(entry.getValue()).toString().contains("JobLogSocket.run"))
                .count();
    }

    private TextSocket connect(String job, String token) {
        return new TextSocket(server, "/api/queue/job/" + job + "/ws/logs", token);
    }

    private void start() {
        client.sendHeartbeat(DeviceReport.of("w1"));
        client.nextJob("w1", Duration.ofSeconds(10)).orElseThrow();
        client.confirmStarted(uid, 4_999_999, 1);
    }

    private void write(String text) {

        written += text;
        byte[] all = written.getBytes(StandardCharsets.UTF_8);
        client.syncFile(SyncPart.of(SyncTarget.EXPERIMENT, uid, "terminal_log.log", 0, all)
                .replacing(all.length)
                .attempt(1));
    }
}
