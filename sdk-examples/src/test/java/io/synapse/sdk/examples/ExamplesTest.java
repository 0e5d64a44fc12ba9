package io.synapse.sdk.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example runs, each in a JVM of its own as a user would run it, and shows what it promises. */
@Timeout(120)
class ExamplesTest {
    /** Tested below, and on Docker Engines in RunPluginIT and SharedWorkspaceIT. */
    private static final Set<String> ELSEWHERE =
            Set.of("ExperimentSweep", "RunInPipeline", "RunPlugin", "SharedWorkspace");

    static Stream<Arguments> examples() {
        return Stream.of(
                Arguments.of(Quickstart.class, List.of("| epoch 8/8", "SUCCEEDED          0", "WEBSOCKET")),
                Arguments.of(ReadmeExample.class, List.of("hello", "done", "SUCCEEDED, exit code 0")),
                Arguments.of(FollowLog.class, List.of("\n100\n", "enough: 100 lines, 292 bytes")),
                Arguments.of(ShowProgress.class, List.of("\r  0%\r 10%", "100% done")),
                Arguments.of(WaitForJob.class, List.of("now FAILED", "exit code 3")),
                Arguments.of(RunManyJobs.class, List.of("SUCCEEDED")),
                Arguments.of(InspectCluster.class, List.of("ALIVE", "maxConcurrentJobs=3")),
                Arguments.of(
                        HandleErrors.class,
                        List.of("there is none: ", "asked wrongly: ", "out of reach: ", "executed: false")),
                Arguments.of(
                        GatewayWorkflow.class,
                        List.of(
                                "code by claude: ",
                                "successful: true",
                                "cache: a todo app, 5 steps",
                                "rule: try again later",
                                "circuit: OPEN")),
                Arguments.of(CallAnything.class, List.of("in_progress=false")));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void anExampleShowsWhatItPromises(Class<?> example, List<String> promised) throws Exception {
        Run run = run(example);

        assertThat(run.output()).contains(promised);
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void noExampleIsLeftOut() throws IOException {
        try (Stream<Path> sources = Files.list(Path.of("src/main/java/io/synapse/sdk/examples"))) {
            List<String> runnable = sources.filter(ExamplesTest::hasMain)
                    .map(source -> source.getFileName().toString().replace(".java", ""))
                    .filter(name -> !ELSEWHERE.contains(name))
                    .toList();

            assertThat(examples().map(example -> ((Class<?>) example.get()[0]).getSimpleName()))
                    .containsExactlyInAnyOrderElementsOf(runnable);
        }
    }

    @Test
    void aPipelineEndsAsItsJobDid() throws Exception {
        assertThat(run(RunInPipeline.class, "echo", "fine").exitCode()).isZero();
        assertThat(run(RunInPipeline.class, "echo broken; exit 7")).isEqualTo(new Run(7, "broken\n"));
    }

    @Test
    void aSweepIsCompleteThoughAWorkerIsKilledInTheMiddle() throws Exception {
        Run run = run(ExperimentSweep.class, "training");

        assertThat(run.output())
                .contains(
                        "worker-3 is killed",
                        "12 of 12 runs have all 20 steps",
                        "best: lr 0.3, width 128, loss 0.0103");
        assertThat(run.output().lines().filter(line -> line.contains(" completed ")))
                .hasSize(12)
                .anyMatch(line -> line.contains(" 2  worker-"));
        assertThat(run.exitCode()).isZero();
    }

    private record Run(int exitCode, String output) {}

    private static Run run(Class<?> example, String... arguments) throws IOException, InterruptedException {
        List<String> command = Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                example.getName()),
                        Stream.of(arguments))
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().keySet().removeIf(name -> name.startsWith("SYNAPSE_") || name.startsWith("RAY_"));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output);
    }

    private static boolean hasMain(Path source) {
        try {
            return Files.readString(source).contains("public static void main(");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
