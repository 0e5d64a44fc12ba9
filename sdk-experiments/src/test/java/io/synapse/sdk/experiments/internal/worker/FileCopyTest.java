package io.synapse.sdk.experiments.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.synapse.sdk.experiment.AssignedJob;
import io.synapse.sdk.experiment.ExperimentClient;
import io.synapse.sdk.experiment.ExperimentSubmission;
import io.synapse.sdk.experiment.SyncPart;
import io.synapse.sdk.experiment.SyncTarget;
import io.synapse.sdk.experiments.EmbeddedExperiments;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies of files that change, at a real server. */
class FileCopyTest {
    @TempDir
    Path folder;

    private EmbeddedExperiments server;
    private ExperimentClient client;
    private TakenJob job;
    private Path file;

    @BeforeEach
    void start() {
        server = EmbeddedExperiments.builder()
                .dataDirectory(folder.resolve("server"))
                .start();
        client = ExperimentClient.builder()
                .baseUrl(server.baseUrl())
                .experimentsToken(server.token())
                .build();
        client.submitExperiment(ExperimentSubmission.ofConfig("lr: 0.1\n").project("demo"));
        AssignedJob assigned = client.nextJob("worker", Duration.ZERO).orElseThrow();
        job = TakenJob.of(assigned);
        file = folder.resolve("file");
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private FileCopy log() {
        return new FileCopy(client, job, SyncTarget.EXPERIMENT, "terminal_log.log", file, true);
    }

    private FileCopy metrics() {
        return new FileCopy(client, job, SyncTarget.RUN, "run.csv", file, false);
    }

    private void assertLogIsEqual() {
        assertThat(folder.resolve("server/queue_logs/" + job.uid() + "/terminal_log.log"))
                .hasSameBinaryContentAs(file);
    }

    private Path copyOfMetrics() {
        return folder.resolve("server/logs/demo/run.csv");
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    @Test
    void aLogThatGrowsFasterThanItIsCopiedKeepsNobodyFromLookingAtItsJob() throws IOException {
        FileCopy copy = log();
        Files.write(file, random(40_000_000));

        copy.copy(false);
        assertThat(copy.isBehind()).isTrue();
        assertThat(folder.resolve("server/queue_logs/" + job.uid() + "/terminal_log.log"))
                .hasSize(16 << 20);

        copy = log(); // of the next process of the worker
        copy.copy(false);
        copy.copy(false);
        assertThat(copy.isBehind()).isTrue();
        copy.copy(false);
        assertThat(copy.isBehind()).isFalse();
        assertLogIsEqual();
    }

    @Test
    void aLogThatGrowsIsCopiedInPartsOfAnyNumber() throws IOException {
        FileCopy copy = log();
        copy.copy(false); // there is none yet
        Files.write(file, random(9_000_000));
        copy.copy(false);
        assertLogIsEqual();
        Files.write(file, random(100), StandardOpenOption.APPEND);
        copy.copy(true);
        assertLogIsEqual();
    }

    @Test
    void anotherProcessOfTheWorkerGoesOnWithTheCopy() throws IOException {
        Files.write(file, random(5_000_000));
        log().copy(false);
        Files.write(file, random(77), StandardOpenOption.APPEND);
        log().copy(true);
        assertLogIsEqual();
    }

    @Test
    void aLogThatIsTheBeginningOfAnEarlierAttemptsReplacesIt() throws IOException {
        Files.writeString(file, "one\ntwo\nthree\n");
        log().copy(true);
        Files.writeString(file, "one\n");
        log().copy(false);
        assertLogIsEqual();
    }

    @Test
    void anEmptyLogOfAJobThatIsOverIsThere() throws IOException {
        Files.createFile(file);
        log().copy(false);
        assertThat(folder.resolve("server/queue_logs/" + job.uid())).doesNotExist();
        log().copy(true);
        assertLogIsEqual();
    }

    @Test
    void aFileThatIsWrittenAnewReplacesItsCopyWhateverItsSize() throws IOException {
        FileCopy copy = metrics();
        for (String text : new String[] {"step,loss\n0,1\n", "step,loss,f1\n0,1,\n1,2,3\n", "step,loss\n0,7\n1,8\n"}) {
            Files.writeString(file, text);
            copy.copy(true);
            assertThat(copyOfMetrics()).hasContent(text);
        }
        Files.write(file, random(10_000_000));
        copy.copy(true);
        assertThat(copyOfMetrics()).hasSameBinaryContentAs(file);
    }

    @Test
    void aFileThatIsShorterForAMomentIsNotCopiedThen() throws IOException {
        FileCopy copy = metrics();
        Files.writeString(file, "step,loss\n0,1\n1,2\n");
        copy.copy(false);
        Files.writeString(file, "step,lo");
        copy.copy(false);
        assertThat(copyOfMetrics()).hasContent("step,loss\n0,1\n1,2\n");
        copy.copy(false); // still: it is what the file is
        assertThat(copyOfMetrics()).hasContent("step,lo");
    }

    @Test
    void whatSomebodyElseHasAddedIsReplaced() throws IOException {
        FileCopy copy = log();
        Files.writeString(file, "one\n");
        copy.copy(false);
        byte[] foreign = "else\n".getBytes(StandardCharsets.UTF_8);
        client.syncFile(SyncPart.of(SyncTarget.EXPERIMENT, job.uid(), "terminal_log.log", 4, foreign)
                .prefixHash(io.synapse.sdk.experiments.internal.file.ContentHash.of(
                        "one\n".getBytes(StandardCharsets.UTF_8))));
        Files.writeString(file, "one\ntwo\nthree\n");
        copy.copy(true);
        assertLogIsEqual();
    }

    @Test
    void aTakenJobIsTheSameAfterItWasOnRecord() {
        TakenJob taken = new TakenJob("a_1", 2, "demo", "0,1", Map.of("A", "b\nü"));

        assertThat(TakenJob.parse(taken.text())).isEqualTo(taken);
        assertThat(taken.submissionId()).isEqualTo("a_1-2");
        assertThat(new TakenJob("a".repeat(100), 2, "demo", null, Map.of()).submissionId())
                .hasSizeLessThanOrEqualTo(100)
                .endsWith("-2");
    }
}
