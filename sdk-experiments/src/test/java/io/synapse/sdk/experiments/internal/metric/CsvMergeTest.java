package io.synapse.sdk.experiments.internal.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvMergeTest {
    private static final int MANY = 300_000;

    @TempDir
    private Path folder;

    @Test
    void aStepOfBothIsTheNewerOnesAndAllOthersAreKeptInOrder() {
        String merged = merged("step,loss\n0,0.9\n1,0.8\n2,0.7\n3,0.6\n", "step,loss\n1,0.5\n2,0.4\n", false);

        assertThat(merged).isEqualTo("step,loss\n0,0.9\n1,0.5\n2,0.4\n3,0.6\n");
    }

    @Test
    void stepsThatBeginAnewWithEachEpochAndSeveralRowsOfAStepAreKept() {
        assertThat(merged("epoch,step,loss\n0,0,9\n0,1,8\n1,0,7\n", "epoch,step,loss\n1,0,6\n1,1,5\n", false))
                .isEqualTo("epoch,step,loss\n0,0,9\n0,1,8\n1,0,6\n1,1,5\n");
        assertThat(merged("step,train,val\n0,9,\n0,,8\n1,7,\n", "step,train,val\n1,6,\n1,,5\n", false))
                .isEqualTo("step,train,val\n0,9,\n0,,8\n1,6,\n1,,5\n");
    }

    @Test
    void columnsOfEitherAreThereAndCellsWithoutAValueAreEmpty() {
        String merged =
                merged("step,loss,lr\n0,0.9,0.1\n1,0.8,0.1\n", "step,accuracy,loss\n1,0.5,nan\n2,0.6,0.3\n", false);

        assertThat(merged).isEqualTo("step,accuracy,loss,lr\n0,,0.9,0.1\n1,0.5,nan,\n2,0.6,0.3,\n");
    }

    @Test
    void rowsWithoutAStepAreCountedAndStepsAreNumbersNotWords() {
        assertThat(merged("loss\n9\n8\n7\n", "loss\n1\n", false)).isEqualTo("loss\n1\n8\n7\n");
        assertThat(merged("epoch,loss\n9,1\n10,2\n", "epoch,loss\n10.0,3\n11.0,4\n", false))
                .isEqualTo("epoch,loss\n9,1\n10.0,3\n11.0,4\n");
    }

    @Test
    void anUnfinishedLineIsLeftOutAndAnEmptyFileChangesNothing() {
        assertThat(merged("step,loss\n0,1\n", "step,loss\n1,0.5\n2,0.", false)).isEqualTo("step,loss\n0,1\n1,0.5\n");
        assertThat(merged("step,loss\n0,1\n", "", false)).isEqualTo("step,loss\n0,1\n");
        assertThat(merged("", "step,loss\n0,1\n", false)).isEqualTo("step,loss\n0,1\n");
        assertThat(merged("", "step,lo", false)).isEmpty();
    }

    @Test
    void aLastLineWithoutItsEndCountsInAFileThatIsOverIfItHasAllItsCells() {
        assertThat(merged("step,loss\n0,1\n1,0.5", "", false)).isEqualTo("step,loss\n0,1\n1,0.5\n");
        assertThat(merged("step,loss\n0,1\n1", "", false)).isEqualTo("step,loss\n0,1\n");
        assertThat(merged("step,loss\n0,1\n2,3\n", "step,loss\n1,0.5", true)).isEqualTo("step,loss\n0,1\n1,0.5\n2,3\n");
        assertThat(merged("step,loss\n0,1\n", "step,loss\n1", true)).isEqualTo("step,loss\n0,1\n");
    }

    @Test
    void aNewHeaderInTheMiddleHasItsOwnColumnsAndQuotedCellsStayWhole() {
        assertThat(merged("step,loss\n0,1\nstep,loss,f1\n1,2,3\n", "step,\"a,b\"\n2,5\n", false))
                .isEqualTo("step,\"a,b\",loss,f1\n0,,1,\n1,,2,3\n2,5,,\n");
    }

    @Test
    void rowsThatAreNotInTheOrderOfTheirStepsAreAfterwards() {
        assertThat(merged("step,loss\n3,c\n1,a\n2,b\n", "step,loss\n5,e\n2,x\n4,d\n2,y\n", false))
                .isEqualTo("step,loss\n1,a\n2,x\n2,y\n3,c\n4,d\n5,e\n");
    }

    @Test
    void aFileThatIsWrittenAnewMeanwhileIsNoticedAndOneThatGrowsIsNoOther() throws IOException {
        Path older = Files.writeString(folder.resolve("older.csv"), "step,loss\n0,1\n");
        Path newer = Files.writeString(folder.resolve("newer.csv"), "step,loss\n1,2\n");

        assertThat(CsvMerge.write(older, newer, false, then(newer, "step,loss\n1,2\n2,3\n")))
                .isTrue();
        assertThat(CsvMerge.write(older, newer, false, then(newer, "step,loss\n7,2\n2,3\n")))
                .isFalse();
        assertThat(CsvMerge.write(older, newer, false, then(newer, "step"))).isFalse();
    }

    /** Where the first line goes, a file has another content. */
    private static OutputStream then(Path file, String content) {
        return new OutputStream() {
            @Override
            public void write(int single) throws IOException {
                Files.writeString(file, content);
            }
        };
    }

    /** A program with little memory: merges two files. */
    public static final class Program {
        private Program() {}

        /** Runs it. */
        public static void main(String[] arguments) throws IOException {
            try (OutputStream target = new BufferedOutputStream(Files.newOutputStream(Path.of(arguments[2])))) {
                CsvMerge.write(Path.of(arguments[0]), Path.of(arguments[1]), true, target);
            }
        }
    }

    @Test
    void rowsTakeMuchLessMemoryThanTheirText() throws Exception {
        Path older = rows("older.csv", 0);
        Path newer = rows("newer.csv", MANY / 2);
        Path target = folder.resolve("merged.csv");

        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName(),
                        older.toString(),
                        newer.toString(),
                        target.toString())
                .inheritIO()
                .start();

        assertThat(program.waitFor()).isZero();
        try (Stream<String> lines = Files.lines(target)) {
            assertThat(lines).hasSize(1 + MANY + MANY / 2);
        }
    }

    private Path rows(String name, int from) throws IOException {
        Path file = folder.resolve(name);
        String cells = ",0.12345678901234567".repeat(10) + "\n";
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            writer.write("step,a,b,c,d,e,f,g,h,i,j\n");
            for (int row = from; row < from + MANY; row++) {
                writer.write(row + cells);
            }
        }
        return file;
    }

    private String merged(String older, String newer, boolean isOver) {
        try {
            ByteArrayOutputStream target = new ByteArrayOutputStream();
            Path before = Files.writeString(folder.resolve("older.csv"), older);
            assertThat(CsvMerge.write(before, Files.writeString(folder.resolve("newer.csv"), newer), isOver, target))
                    .isTrue();
            return target.toString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
