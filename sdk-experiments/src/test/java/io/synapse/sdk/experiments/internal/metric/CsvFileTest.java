package io.synapse.sdk.experiments.internal.metric;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.synapse.sdk.experiments.internal.file.GrowingContent;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvFileTest {
    @TempDir
    Path folder;

    private Path file;
    private final List<String> rows = new ArrayList<>();
    private final CsvFile.Sink sink = new CsvFile.Sink() {
        @Override
        public void restarted() {
            rows.clear();
        }

        @Override
        public void rows(CsvHeader header, RowBlock block) {
            for (int row = 0; row < block.rows(); row++) {
                rows.add(text(block, row));
            }
        }
    };

    @BeforeEach
    void nameFile() {
        file = folder.resolve("run.csv");
    }

    @Test
    void aFileThatIsCutAnywhereGivesWholeRowsAndAllOfThemOnceItIsWhole() throws IOException {
        byte[] whole = "step,größe,b\n1,0.25,7\n2,,1e-3\n3,-1.5,inf\n".getBytes(StandardCharsets.UTF_8);
        List<String> expected = List.of("1.0 größe=0.25 b=7.0", "2.0 b=0.001", "3.0 größe=-1.5 b=Infinity");
        for (int cut = 0; cut <= whole.length; cut++) {
            rows.clear();
            Files.write(file, Arrays.copyOf(whole, cut));
            CsvPosition position = CsvFile.read(file, new GrowingContent(), CsvPosition.START, false, sink);

            assertThat(rows).as("cut at %s", cut).isEqualTo(expected.subList(0, rows.size()));

            Files.write(file, whole);
            CsvFile.read(file, new GrowingContent(), CsvPosition.of(position.text()), false, sink);

            assertThat(rows).as("whole after a cut at %s", cut).isEqualTo(expected);
        }
    }

    @Test
    void aLastLineWithoutItsEndCountsOnlyWhenTheRunIsOverAndItHasAllCells() throws IOException {
        Files.writeString(file, "step,loss\n1,0.5\n2,0.25");
        read(CsvPosition.START);
        assertThat(rows).containsExactly("1.0 loss=0.5");

        rows.clear();
        CsvPosition over = CsvFile.read(file, new GrowingContent(), CsvPosition.START, true, sink);
        assertThat(rows).containsExactly("1.0 loss=0.5", "2.0 loss=0.25");

        Files.writeString(file, "step,loss\n1,0.5\n2,0.257\n");
        read(over);
        assertThat(rows).as("it was cut").containsExactly("1.0 loss=0.5", "2.0 loss=0.257");

        rows.clear();
        Files.writeString(file, "step,loss,acc\n1,0.5,1\n2,0.25");
        CsvFile.read(file, new GrowingContent(), CsvPosition.START, true, sink);
        assertThat(rows).as("a cell is missing").containsExactly("1.0 loss=0.5 acc=1.0");
    }

    @Test
    void aNewColumnAChangedPastAndAShorterFileAreReadFromTheStart() throws IOException {
        Files.writeString(file, "step,loss\n1,0.5\n2,0.25\n");
        CsvPosition position = read(CsvPosition.START);

        Files.writeString(file, "step,loss,acc\n1,0.5,\n2,0.25,0.75\n");
        position = read(position);
        assertThat(rows).containsExactly("1.0 loss=0.5", "2.0 loss=0.25 acc=0.75");

        Files.writeString(file, "step,loss,acc\n1,0.5,\n2,0.26,0.75\n");
        position = read(position);
        assertThat(rows).containsExactly("1.0 loss=0.5", "2.0 loss=0.26 acc=0.75");

        Files.writeString(file, "step,loss,acc\n9,1,2\n");
        position = read(position);
        assertThat(rows).containsExactly("9.0 loss=1.0 acc=2.0");
        assertThat(position.rows()).isEqualTo(1);
    }

    @Test
    void cellsBeyondTheHeaderAreDroppedAndANewHeaderBeginsASegment() throws IOException {
        Files.writeString(file, "step,loss\n1,0.5\n2,0.4,0.9\nstep,acc,loss\n3,0.7,0.1\n");

        CsvPosition position = read(CsvPosition.START);

        assertThat(rows).containsExactly("1.0 loss=0.5", "2.0 loss=0.4", "3.0 acc=0.7 loss=0.1");
        assertThat(position.warnings()).containsExactly(CsvWarning.WIDE_ROW);
    }

    @Test
    void aLineWithoutAnEndIsPassedOverAndWhatFollowsItIsRead() throws IOException {
        Files.writeString(file, "step,loss\n1,0.5\n");
        try (RandomAccessFile grown = new RandomAccessFile(file.toFile(), "rw")) {
            grown.setLength(64 << 20); // of zeros, which take no place on the disk
        }

        CsvPosition within = read(CsvPosition.START);

        assertThat(within.offset()).as("no byte is read again").isEqualTo(64 << 20);
        assertThat(within.warnings()).containsExactly(CsvWarning.LONG_LINE);

        Files.writeString(file, "0.25\n3,0.125\n", StandardOpenOption.APPEND);
        CsvPosition behind = read(within);

        assertThat(rows).containsExactly("1.0 loss=0.5", "3.0 loss=0.125");
        assertThat(behind.warnings()).containsExactly(CsvWarning.LONG_LINE);
    }

    @Test
    void aLineMayBeAsLongAsTheLimitAndRowsBelowALongerHeaderAreCounted() throws IOException {
        String longest = "a".repeat(CsvFile.MAX_LINE - 7);
        Files.writeString(file, longest + ",step\r\n1,2\n");
        assertThat(read(CsvPosition.START).warnings()).isEmpty();
        assertThat(rows).containsExactly("2.0 " + longest + "=1.0");

        rows.clear();
        Files.writeString(file, longest + "b,step\r\n1,2\n3,4\n");
        assertThat(read(CsvPosition.START).warnings()).contains(CsvWarning.LONG_LINE);
        assertThat(rows).containsExactly("0.0", "1.0");
    }

    @Test
    void fewCellsBelowManyColumnsAreReadInSmallParts() throws IOException {
        String columns =
                IntStream.range(0, 10_000).mapToObj(column -> "m" + column).collect(joining(","));
        Files.writeString(file, "step," + columns + "\n" + "1,2\n".repeat(500));
        AtomicLong told = new AtomicLong();
        CsvFile.Sink counting = new CsvFile.Sink() {
            @Override
            public void restarted() {}

            @Override
            public void rows(CsvHeader header, RowBlock block) {
                told.addAndGet(block.cells());
            }
        };
        CsvPosition position = CsvPosition.START;
        long readings = 0;
        while (position.rows() < 500) {
            told.set(0);
            position = CsvFile.read(file, new GrowingContent(), CsvPosition.of(position.text()), false, counting);
            assertThat(told.get()).isLessThan(CsvFile.MAX_CELLS + 10_001L);
            readings++;
        }
        assertThat(readings).isEqualTo(500 / 105 + 1);
    }

    @Test
    void aColumnThatIsThereTwiceIsReadOnceAlsoThatOfTheStep() throws IOException {
        Files.writeString(file, "step,a,step,a,b\n1,2,3,4,5\n");

        read(CsvPosition.START);

        assertThat(rows).containsExactly("1.0 a=2.0 b=5.0");
    }

    @Test
    void aHeaderIsKnownAgainInTheMiddleWithAnUnnamedColumnOrAMarkBeforeIt() throws IOException {
        Files.writeString(file, ",loss\n0,0.5\n,loss\n1,0.25\n");
        read(CsvPosition.START);
        Files.writeString(file, "\uFEFFstep,loss\r\n1,0.5\r\n\uFEFFstep,loss\r\n2,0.25\r\n");
        read(CsvPosition.START);

        assertThat(rows).containsExactly("0.0 loss=0.5", "1.0 loss=0.25", "1.0 loss=0.5", "2.0 loss=0.25");
    }

    @Test
    void aFileThatIsReplacedByAShorterOneWhileItIsReadIsReadAnew() throws IOException {
        Files.writeString(file, "step,loss\n" + "1,0.5\n".repeat(100_000));
        CsvFile.Sink replacing = new CsvFile.Sink() {
            @Override
            public void restarted() {
                rows.clear();
            }

            @Override
            public void rows(CsvHeader header, RowBlock block) {
                try {
                    Files.writeString(file, "step,loss\n7,1\n8,2\n");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
        CsvPosition mixed = CsvFile.read(file, new GrowingContent(), CsvPosition.START, false, replacing);

        read(mixed);

        assertThat(rows).containsExactly("7.0 loss=1.0", "8.0 loss=2.0");
    }

    @Test
    void textIsToldOfAsAWarning() throws IOException {
        Files.writeString(file, "step,loss,phase\n1,0.5,\n");
        CsvPosition position = read(CsvPosition.START);
        assertThat(position.warnings()).isEmpty();

        Files.writeString(file, "2,0.5,warm-up\n", StandardOpenOption.APPEND);
        assertThat(read(position).warnings()).containsExactly(CsvWarning.TEXT);
    }

    @Test
    void nanAndInfinityAreValuesInAnyCaseAndTextIsNone() throws IOException {
        Files.writeString(
                file, "\uFEFFepoch,a,b,c,note\r\n1,nan,INF,1e400,warm\r\n2,NaN,-inf,-1e400,0x10\r\n\r\n3,,,,1d\r\n");

        read(CsvPosition.START);

        assertThat(rows).containsExactly("1.0 a=NaN b=Infinity c=Infinity", "2.0 a=NaN b=-Infinity c=-Infinity", "3.0");
    }

    @Test
    void theStepIsTheColumnStepElseEpochElseTheNumberOfTheRow() throws IOException {
        Files.writeString(file, "epoch,step,a\n1,10,0\n");
        read(CsvPosition.START);
        Files.writeString(file, "a,\"b,c\"\n5,6\n7,8\n");
        read(CsvPosition.START);

        assertThat(rows).containsExactly("10.0 epoch=1.0 a=0.0", "0.0 a=5.0 b,c=6.0", "1.0 a=7.0 b,c=8.0");
    }

    private CsvPosition read(CsvPosition from) throws IOException {
        return CsvFile.read(file, new GrowingContent(), CsvPosition.of(from.text()), false, sink);
    }

    private static String text(RowBlock block, int row) {
        StringBuilder text = new StringBuilder().append(block.steps()[row]);
        for (int column = 0; column < block.metrics().size(); column++) {
            double value = block.values()[column][row];
            if (!Missing.is(value)) {
                text.append(' ').append(block.metrics().get(column)).append('=').append(value);
            }
        }
        return text.toString();
    }
}
