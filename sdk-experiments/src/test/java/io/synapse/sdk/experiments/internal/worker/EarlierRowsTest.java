package io.synapse.sdk.experiments.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rows of earlier attempts are put before those of a file, however often it changes. */
class EarlierRowsTest {
    /** What a merge takes by this clock. */
    private static final long MERGE = 1_000_000;

    @TempDir
    private Path path;

    private final AtomicLong time = new AtomicLong();
    private Path file;
    private EarlierRows rows;

    @BeforeEach
    void earlierAttempt() throws IOException {
        JobFolder folder = new JobFolder(path);
        Files.createDirectories(folder.before());
        Files.writeString(folder.before().resolve("run.csv"), "step,loss\n0,9\n1,8\n");
        file = path.resolve("run.csv");
        rows = new EarlierRows(folder, () -> time.getAndAdd(MERGE));
    }

    @Test
    void aFileWithoutEarlierRowsIsItself() throws IOException {
        Path another = Files.writeString(path.resolve("another.csv"), "step,loss\n0,1\n");

        assertThat(rows.withRowsOf(another, false)).isEqualTo(another);
    }

    @Test
    void aFileThatChangesIsMergedAgainAfterTenTimesTheTimeOfTheLastMerge() throws IOException {
        write("step,loss\n1,2\n", 1);
        assertThat(rows.withRowsOf(file, false)).hasContent("step,loss\n0,9\n1,2\n");

        write("step,loss\n1,2\n2,1\n", 2);
        assertThat(rows.withRowsOf(file, false)).hasContent("step,loss\n0,9\n1,2\n");

        time.addAndGet(10 * MERGE);
        assertThat(rows.withRowsOf(file, false)).hasContent("step,loss\n0,9\n1,2\n2,1\n");
    }

    @Test
    void whenTheJobIsOverItIsMergedAtOnceWithItsLastLine() throws IOException {
        write("step,loss\n1,2\n2,1", 1);
        assertThat(rows.withRowsOf(file, false)).hasContent("step,loss\n0,9\n1,2\n");

        assertThat(rows.withRowsOf(file, true)).hasContent("step,loss\n0,9\n1,2\n2,1\n");
    }

    private void write(String content, int second) throws IOException {
        Files.writeString(file, content);
        Files.setLastModifiedTime(file, FileTime.fromMillis(second * 1000L));
    }
}
