package io.synapse.sdk.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files that the experiment server reads are those of a training. */
class TrainingLogsTest {
    @TempDir
    private Path folder;

    @Test
    void aRunHasARowForEachStepWithAllItsMetrics() throws IOException {
        new TrainingLogs(folder).write("demo", 2, 1_000);

        List<String> lines = Files.readAllLines(folder.resolve("demo/run-00001.csv"));
        assertThat(lines).hasSize(1_001);
        assertThat(lines.get(0)).isEqualTo("step," + String.join(",", TrainingLogs.METRICS));
        assertThat(lines.subList(1, lines.size()))
                .allMatch(line -> line.matches("\\d+(,[0-5]\\.\\d{6}){10}"))
                .extracting(line -> line.substring(0, line.indexOf(',')))
                .startsWith("1", "2")
                .endsWith("999", "1000");
    }

    @Test
    void runsDifferAndAreTheSameEachTime() throws IOException {
        new TrainingLogs(folder).write("first", 2, 10);
        new TrainingLogs(folder).write("second", 1, 10);

        String one = Files.readString(folder.resolve("first/run-00000.csv"));
        assertThat(Files.readString(folder.resolve("first/run-00001.csv"))).isNotEqualTo(one);
        assertThat(Files.readString(folder.resolve("second/run-00000.csv"))).isEqualTo(one);
    }

    @Test
    void theConfigSaysThatAllStepsAreDone() throws IOException {
        new TrainingLogs(folder).writeOne("demo", "long", 20);

        assertThat(folder.resolve("demo/long.yaml")).content().contains("epochs: 20\n");
        assertThat(Files.readAllLines(folder.resolve("demo/long.csv")))
                .hasSize(21)
                .contains("step,loss");
    }
}
