package io.synapse.sdk.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Collections;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

/** The benchmarks run from end to end. What they find in so short a time says nothing, and is not looked at. */
@Timeout(300)
@Tag("one-jdk")
class BenchmarksIT {
    /** Of all but P3, P8 and P10, which need Python, Ray or minutes; of P10 it says why it is left out. */
    @Test
    void aShortRunReportsOnEverything() {
        StringWriter report = new StringWriter();
        CommandLine command = new CommandLine(new Benchmarks()).setOut(new PrintWriter(report));

        int exitCode = command.execute(
                ("P1 P2 P4 P5 P6 P7 P9 P10 G1 G2 G3 G4 E4 --rounds 1 --lines 80000 --seconds 2 --jmh-seconds 1 --jmh-warm-up 1")
                        .split(" ", -1));

        assertThat(exitCode).as(report.toString()).isIn(0, 1); // 1: a target was missed
        assertThat(report.toString().lines().filter(line -> line.matches("\\| [PGE].*")))
                .extracting(line -> line.substring(2, 4))
                .containsExactlyElementsOf(Stream.of(
                                entry("P1", 6),
                                entry("P2", 3),
                                entry("P4", 12),
                                entry("P5", 2),
                                entry("P6", 2),
                                entry("P7", 2),
                                entry("P9", 1),
                                entry("G1", 5),
                                entry("G2", 32),
                                entry("G3", 4),
                                entry("G4", 5),
                                entry("E4", 2))
                        .flatMap(rows -> Collections.nCopies(rows.getValue(), rows.getKey()).stream())
                        .toList());
        assertThat(report.toString().lines().filter(line -> line.matches("\\| P[67] .*")))
                .allSatisfy(line -> assertThat(line).endsWith("| yes |"));
    }

    /** Of workspaces, on a Docker Engine; without docker-py. */
    @Test
    void aShortRunReportsOnWorkspaces() {
        String script = System.getProperty("synapse.docker", "");
        String missing = "the system property synapse.docker names no script that starts Docker Engines";
        if ("true".equals(System.getenv("CI"))) {
            assertThat(script).as(missing).isNotEmpty();
        }
        assumeTrue(!script.isEmpty(), missing);
        StringWriter report = new StringWriter();
        CommandLine command = new CommandLine(new Benchmarks()).setOut(new PrintWriter(report));

        int exitCode = command.execute(
                ("W1 W2 W3 W4 W5 --rounds 1 --workspace-calls 2 --workspace-megabytes 2 --docker " + script)
                        .split(" ", -1));

        assertThat(exitCode).as(report.toString()).isIn(0, 1); // 1: a target was missed
        assertThat(report.toString().lines().filter(line -> line.startsWith("| W")))
                .extracting(line -> line.substring(2, 4))
                .containsExactly("W1", "W1", "W2", "W2", "W3", "W3", "W4", "W4", "W5", "W5", "W5");
        assertThat(report.toString().lines().filter(line -> line.matches("\\| W[345] .* – .*")))
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).endsWith("| yes |"));
    }

    /** The volume, and MLflow beside it, take too long for a test. */
    @Test
    void aShortRunReportsOnWorkersOfExperiments() {
        StringWriter report = new StringWriter();
        CommandLine command = new CommandLine(new Benchmarks()).setOut(new PrintWriter(report));

        int exitCode =
                command.execute("E3", "--rounds", "1", "--seconds", "2", "--jmh-seconds", "1", "--jmh-warm-up", "1");

        assertThat(exitCode).as(report.toString()).isIn(0, 1); // 1: a target was missed
        assertThat(report.toString().lines().filter(line -> line.startsWith("| E3")))
                .hasSize(1);
        assertThat(report.toString()).contains(" heartbeats, 0 lost; ").contains("; 0 streams cut, ");
    }

    @Test
    void withoutADockerEngineWorkspacesAreLeftOut() {
        StringWriter report = new StringWriter();

        int exitCode = new CommandLine(new Benchmarks())
                .setOut(new PrintWriter(report))
                .execute("W1", "W3", "W5");

        assertThat(exitCode).isZero();
        assertThat(report.toString()).doesNotContain("| W");
    }
}
