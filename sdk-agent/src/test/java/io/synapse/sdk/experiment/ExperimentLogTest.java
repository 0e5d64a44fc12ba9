package io.synapse.sdk.experiment;

import static io.synapse.sdk.experiment.ScriptedExperiments.LOST;
import static io.synapse.sdk.experiment.ScriptedExperiments.json;
import static io.synapse.sdk.experiment.ScriptedExperiments.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synapse.sdk.JobStatus;
import io.synapse.sdk.LogLostException;
import io.synapse.sdk.LogStream;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.TailOptions;
import io.synapse.sdk.TailProtocol;
import io.synapse.sdk.agent.Operations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import mockwebserver3.MockResponse;
import okhttp3.HttpUrl;
import okio.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Followed logs of jobs: each line once, to the end of the job, on both kinds of servers. */
@Timeout(60)
@SuppressWarnings("try") // closing is what ends the streams
class ExperimentLogTest {
    private static final String JOB = "job_1";
    private static final String GET_JOB = "GET /api/queue/experiment/" + JOB;
    private static final String LOG = "GET /api/queue/job/" + JOB + "/log";

    private static String job(String status, String started, String metadata) {
        return "{\"job\":{\"experiment_uid\":\"" + JOB + "\",\"status\":\"" + status + "\",\"started_at\":\"" + started
                + "\",\"metadata\":{" + metadata + "}}}";
    }

    private static String job(String status) {
        return job(status, "2026-11-27T20:24:23", "");
    }

    /** The log of a server of this project, as long as it is at that time. */
    private static MockResponse from(ScriptedExperiments.Asked asked, String log) {
        HttpUrl url = HttpUrl.parse("http://h" + asked.line().substring("GET ".length()));
        byte[] bytes = log.getBytes(StandardCharsets.UTF_8);
        int offset = Integer.parseInt(url.queryParameter("offset"));
        int limit = Integer.parseInt(url.queryParameter("limit"));
        return offset > bytes.length
                ? json(416, "{\"detail\":\"behind the end\"}")
                : new MockResponse.Builder()
                        .setHeader("Content-Type", "text/plain; charset=utf-8")
                        .body(new Buffer().write(bytes, offset, Math.min(limit, bytes.length - offset)))
                        .build();
    }

    @ParameterizedTest
    @EnumSource(Operations.class)
    void aFinishedLogOfTheOriginalIsReadToItsEnd(Operations kind) throws IOException {
        try (ScriptedExperiments server = new ScriptedExperiments(ScriptedExperiments.ORIGINAL);
                ExperimentClient client = server.client()) {
            server.on(GET_JOB, job("completed")).on(LOG, text(200, "one\ntwo\nhalf"));

            Object end = kind.call(client, "tailExperimentLogs", JOB);

            assertThat(end)
                    .isEqualTo(kind == Operations.BLOCKING ? List.of("one", "two", "half") : JobStatus.SUCCEEDED);
            assertThat(server.asked).filteredOn(LOG::equals).hasSize(1);
        }
    }

    @Test
    void aGrowingLogOfTheOriginalIsDeliveredOnceThroughErrorsAndLostReplies() throws IOException {
        try (ScriptedExperiments server = new ScriptedExperiments(ScriptedExperiments.ORIGINAL);
                ExperimentClient client = server.client();
                LogStream log = client.tailExperimentLogs(JOB)) {
            server.on(GET_JOB, job("running")).on(GET_JOB, job("running")).on(GET_JOB, job("running"));
            server.on(GET_JOB, job("running")).on(GET_JOB, job("running")).on(GET_JOB, job("failed"));
            server.on(LOG, json(404, "{\"detail\":\"Log file not found\"}"))
                    .on(LOG, text(200, "one\nha"))
                    .on(LOG, text(500, "Internal Server Error"))
                    .on(LOG, LOST)
                    .on(LOG, text(200, "one\nhalf\ncaf\u00e9\n"));

            assertThat(log.stream()).containsExactly("one", "half", "caf\u00e9");
            assertThat(log.finalStatus()).contains(JobStatus.FAILED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"two\n", "on\n"})
    void aLogOfTheOriginalThatHasChangedIsLost(String changed) throws IOException {
        try (ScriptedExperiments server = new ScriptedExperiments(ScriptedExperiments.ORIGINAL);
                ExperimentClient client = server.client();
                LogStream log = client.tailExperimentLogs(JOB)) {
            server.on(GET_JOB, job("running"));
            server.on(LOG, text(200, "one\n")).on(LOG, text(200, changed));

            assertThatThrownBy(() -> log.stream().toList()).isInstanceOf(LogLostException.class);
        }
    }

    @Test
    void aServerOfThisProjectIsAskedForTheRestOnly() throws IOException {
        try (ScriptedExperiments server = new ScriptedExperiments(ScriptedExperiments.SYNAPSE);
                ExperimentClient client = server.client();
                LogStream log = client.tailExperimentLogs(JOB, TailOptions.DEFAULT.protocol(TailProtocol.WEBSOCKET))) {
            server.on(GET_JOB, job("running")).on(GET_JOB, job("running")).on(GET_JOB, job("completed"));
            String longLine = "x".repeat(9_988);
            server.on(LOG, asked -> from(asked, longLine + "\ncaf\u00e9 h"))
                    .on(LOG, LOST)
                    .on(LOG, asked -> from(asked, longLine + "\ncaf\u00e9 half\nend\n"));

            assertThat(log.stream()).containsExactly(longLine, "caf\u00e9 half", "end");
            assertThat(server.asked)
                    .filteredOn(line -> line.startsWith(LOG))
                    .as("of 9,996 bytes, the last 4,096 are compared")
                    .containsExactly(
                            LOG + "?offset=0&limit=1048576",
                            LOG + "?offset=5900&limit=1048576",
                            LOG + "?offset=5900&limit=1048576",
                            LOG + "?offset=5908&limit=1048576");
        }
    }

    @Test
    void aLongLogComesInPieces() throws IOException {
        String line = "x".repeat(1023) + "\n";
        String all = line.repeat(2500);
        try (ScriptedExperiments server = new ScriptedExperiments(ScriptedExperiments.SYNAPSE);
                ExperimentClient client = server.client();
                LogStream log = client.tailExperimentLogs(JOB)) {
            server.on(GET_JOB, job("completed")).on(LOG, asked -> from(asked, all));

            assertThat(log.stream().count()).isEqualTo(2500);
            assertThat(server.asked).filteredOn(asked -> asked.startsWith(LOG)).hasSize(3);
        }
    }

    @Test
    void aJobThatIsStillStoppingIsFollowedOn() throws IOException {
        try (ScriptedExperiments server = new ScriptedExperiments(ScriptedExperiments.SYNAPSE);
                ExperimentClient client = server.client();
                LogStream log = client.tailExperimentLogs(JOB)) {
            server.on(GET_JOB, job("cancelled", "2026-11-27T20:24:23Z", "\"stopping\":true"));
            server.on(GET_JOB, job("cancelled", "2026-11-27T20:24:23Z", ""));
            server.on(LOG, asked -> from(asked, "one\n")).on(LOG, asked -> from(asked, "one\nlast words\n"));

            assertThat(log.stream()).containsExactly("one", "last words");
            assertThat(log.finalStatus()).contains(JobStatus.STOPPED);
        }
    }

    @Test
    void theLogOfAnotherAttemptIsAnotherLog() throws IOException {
        try (ScriptedExperiments server = new ScriptedExperiments(ScriptedExperiments.SYNAPSE);
                ExperimentClient client = server.client();
                LogStream log = client.tailExperimentLogs(JOB)) {
            server.on(GET_JOB, job("running", "2026-11-27T20:24:23Z", ""));
            server.on(GET_JOB, job("running", "2026-11-27T20:24:23Z", ""));
            server.on(GET_JOB, job("running", "2026-11-27T20:59:59Z", ""));
            server.on(LOG, asked -> from(asked, "one\n")).on(LOG, asked -> from(asked, "other words\n"));

            assertThatThrownBy(() -> log.stream().toList())
                    .isInstanceOf(LogLostException.class)
                    .hasMessageContaining("2026-11-27T20:59:59Z");
        }
    }

    /** A job in the attempt that the number of questions for its log makes it be in. */
    private static void inAttempt(ScriptedExperiments server, IntUnaryOperator attemptOfQuestions) {
        server.on(GET_JOB, asked -> {
            int questions = (int)
                    server.asked.stream().filter(line -> line.startsWith(LOG)).count();
            return json(
                    200,
                    "{\"job\":{\"experiment_uid\":\"" + JOB + "\",\"status\":\"running\",\"started_at\":"
                            + "\"2026-11-27T20:24:23Z\",\"metadata\":{},\"attempt\":"
                            + attemptOfQuestions.applyAsInt(questions) + "}}");
        });
    }

    private static List<String> readUntilLost(ExperimentClient client) {
        List<String> lines = new ArrayList<>();
        try (LogStream log = client.tailExperimentLogs(JOB)) {
            assertThatThrownBy(() -> log.forEach(lines::add)).isInstanceOf(LogLostException.class);
        }
        return lines;
    }

    @Test
    void whatAnotherAttemptHasWrittenWhileThePieceWasReadIsNotDelivered() throws IOException {
        try (ScriptedExperiments server = new ScriptedExperiments(ScriptedExperiments.SYNAPSE);
                ExperimentClient client = server.client()) {
            inAttempt(server, questions -> questions < 2 ? 1 : 2);
            server.on(LOG, asked -> from(asked, "one\n")).on(LOG, asked -> from(asked, "one\nof the second\n"));

            assertThat(readUntilLost(client)).containsExactly("one");
        }
    }

    @Test
    void whatAnotherAttemptHasWrittenWhileTheStreamWasCutIsNotDelivered() throws IOException {
        try (ScriptedExperiments server = new ScriptedExperiments(ScriptedExperiments.SYNAPSE);
                ExperimentClient client = server.client()) {
            inAttempt(server, questions -> questions < 2 ? 1 : 2);
            server.on(LOG, asked -> from(asked, "one\n"))
                    .on(LOG, text(500, "Internal Server Error"))
                    .on(LOG, asked -> from(asked, "one\nof the second\n"));

            assertThat(readUntilLost(client)).containsExactly("one");
        }
    }

    @Test
    void aLongerLogThatTakesThePlaceOfTheOneBeforeWithinAnAttemptIsNoticed() throws IOException {
        try (ScriptedExperiments server = new ScriptedExperiments(ScriptedExperiments.SYNAPSE);
                ExperimentClient client = server.client()) {
            inAttempt(server, questions -> 2);
            server.on(LOG, asked -> from(asked, "of the first\n"))
                    .on(LOG, asked -> from(asked, "of the second, which is longer\n"));

            assertThat(readUntilLost(client)).containsExactly("of the first");
        }
    }

    @Test
    void theLogOfAnAttemptThatIsAssignedAndNotStartedIsNotReadYet() throws IOException {
        try (ScriptedExperiments server = new ScriptedExperiments(ScriptedExperiments.SYNAPSE);
                ExperimentClient client = server.client();
                LogStream log = client.tailExperimentLogs(JOB)) {
            server.on(GET_JOB, "{\"job\":{\"status\":\"assigned\",\"attempt\":2}}")
                    .on(GET_JOB, "{\"job\":{\"status\":\"completed\",\"attempt\":2}}");
            server.on(LOG, asked -> from(asked, server.asked.size() < 3 ? "of the first\n" : "of the second\n"));

            assertThat(log.stream()).containsExactly("of the second");
        }
    }

    @Test
    void aLogThatBecameShorterIsLost() throws IOException {
        try (ScriptedExperiments server = new ScriptedExperiments(ScriptedExperiments.SYNAPSE);
                ExperimentClient client = server.client();
                LogStream log = client.tailExperimentLogs(JOB)) {
            server.on(GET_JOB, job("running"));
            server.on(LOG, asked -> from(asked, "one two\n")).on(LOG, asked -> from(asked, "one\n"));

            assertThatThrownBy(() -> log.stream().toList()).isInstanceOf(LogLostException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {ScriptedExperiments.ORIGINAL, ScriptedExperiments.SYNAPSE})
    void aJobThatNeverBeganHasAnEmptyLog(String kind) throws IOException {
        try (ScriptedExperiments server = new ScriptedExperiments(kind);
                ExperimentClient client = server.client();
                LogStream log = client.tailExperimentLogs(JOB)) {
            server.on(GET_JOB, "{\"job\":{\"status\":\"cancelled\"}}");

            assertThat(log.stream()).isEmpty();
        }
    }

    @Test
    void anUnknownJobIsNotFollowed() throws IOException {
        try (ScriptedExperiments server = new ScriptedExperiments(ScriptedExperiments.SYNAPSE);
                ExperimentClient client = server.client();
                LogStream log = client.tailExperimentLogs("nope")) {
            assertThatThrownBy(() -> log.stream().toList()).isInstanceOf(NotFoundException.class);
        }
    }
}
