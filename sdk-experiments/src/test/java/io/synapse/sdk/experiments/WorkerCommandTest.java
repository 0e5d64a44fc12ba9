package io.synapse.sdk.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.synapse.sdk.experiment.ExperimentClient;
import io.synapse.sdk.experiment.ExperimentSubmission;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The worker as a program. */
class WorkerCommandTest {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int ENDED_BY_TERM = 143;

    @TempDir
    Path folder;

    private int run(StringWriter errors, String... arguments) {
        CommandLine line = ExperimentsCommand.commandLine();
        line.setErr(new PrintWriter(errors, true));
        List<String> all = new ArrayList<>(List.of("worker", "--data-dir=" + folder.resolve("worker")));
        all.addAll(List.of(arguments));
        return line.execute(all.toArray(String[]::new));
    }

    @Test
    void wrongUsageIsToldBeforeAnythingStarts() {
        StringWriter errors = new StringWriter();

        assertThat(run(errors, "--token=t")).isEqualTo(2);
        assertThat(run(errors, "--token=t", "--server=not a url")).isEqualTo(2);
        assertThat(run(errors, "--token=t", "--server=http://127.0.0.1:1", "--host-id=../x"))
                .isEqualTo(2);
        assertThat(run(errors, "--token=t", "--server=http://127.0.0.1:1", "--max-jobs=0"))
                .isEqualTo(2);
        assertThat(run(
                        errors,
                        "--token=t",
                        "--server=http://127.0.0.1:1",
                        "--agent-url=http://127.0.0.1:2",
                        "--ray-address=http://127.0.0.1:3"))
                .isEqualTo(2);
        assertThat(errors.toString()).contains("--server", "at least 1 job", "not at both");
        assertThat(folder.resolve("worker")).doesNotExist();
    }

    @Test
    void aJobOutlivesAWorkerThatIsToldToEndUnlessItIsToStopItsJobs() throws IOException {
        Path pids = folder.resolve("pids");
        try (EmbeddedExperiments server = EmbeddedExperiments.start();
                ExperimentClient client = ExperimentClient.builder()
                        .baseUrl(server.baseUrl())
                        .experimentsToken(server.token())
                        .build()) {
            client.submitExperiment(ExperimentSubmission.ofConfig("lr: 0.1\n").project("demo"));
            Process first = worker(server);
            await().atMost(PATIENCE).until(() -> TestWorkers.pids(pids).size() == 1);
            assertThat(terminate(first)).isEqualTo(ENDED_BY_TERM);
            assertThat(TestWorkers.isAlive(TestWorkers.pids(pids).get(0))).isTrue();
            assertThat(Files.readString(folder.resolve("token"))).isBlank();

            Process second = worker(server, "--stop-jobs");
            await().atMost(PATIENCE)
                    .until(() -> Files.readString(folder.resolve("out")).contains("ready"));
            assertThat(terminate(second)).isEqualTo(ENDED_BY_TERM);
            assertThat(TestWorkers.isAlive(TestWorkers.pids(pids).get(0))).isFalse();
            assertThat(client.listExperimentJobs().iterator().next().status().isTerminal())
                    .isFalse();
        }
    }

    private Process worker(EmbeddedExperiments server, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(options));
        String job = "echo $$ >>" + folder + "/pids; echo \"$SYNAPSE_EXPERIMENTS_TOKEN\" >" + folder
                + "/token; sleep 600; echo \"$1\"";
        arguments.addAll(List.of("--", "sh", "-c", job, "sh", "{config}"));
        return TestWorkers.command(
                        server.baseUrl(), server.token(), folder.resolve("worker"), arguments.toArray(String[]::new))
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    private static int terminate(Process process) {
        process.destroy();
        return process.onExit().join().exitValue();
    }
}
