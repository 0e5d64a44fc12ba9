package io.synapse.sdk.docker.internal.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.synapse.sdk.workspace.CommandOutput;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is kept of an output, and at which characters it is cut. */
class OutputBufferTest {
    private static final int KIB = 1024;

    @Test
    void anOutputWithinTheLimitIsKeptWhole() {
        assertKept(buffer(6, "abcdef"), "abcdef", "", 0);
        assertKept(buffer(7, "abcdef"), "abcdef", "", 0);
        assertKept(buffer(7, ""), "", "", 0);
    }

    @Test
    void aCharacterAcrossBothHalvesIsNotDamaged() {
        assertKept(buffer(8, "aa😀bb"), "aa😀bb", "", 0);
    }

    @Test
    void ofALongerOutputTheFirstAndTheLastHalfAreKept() {
        assertKept(buffer(6, "abcdefg"), "abc", "efg", 1);
        assertKept(buffer(4, "abcdefghij"), "ab", "ij", 6);
        assertKept(buffer(5, "abcdefghij"), "ab", "hij", 5);
        assertKept(buffer(1, "abc"), "", "c", 2);
    }

    @Test
    void withoutALimitOfBytesNothingIsKeptButCounted() {
        assertKept(buffer(0, "abc"), "", "", 3);
        assertKept(buffer(0, ""), "", "", 0);
    }

    @Test
    void charactersThatAreCutAreOmittedWhole() {
        assertKept(buffer(4, "a€bbb€c"), "a", "c", 9);
        assertKept(buffer(8, "a😀bb😀c"), "a", "c", 10);
        assertKept(buffer(10, "a😀bb😀c"), "a😀", "😀c", 2);
        assertKept(buffer(6, "😀bb😀"), "", "", 10);
        assertKept(buffer(5, "éé-éé"), "é", "é", 5);
    }

    @Test
    void whatIsNotUtf8IsReplaced() {
        assertKept(bytes(9, 'a', 0xFF, 0xC3), "a��", "", 0);
        assertKept(bytes(4, 0xFF, 'a', 'b', 'b', 'b', 0xFE), "�a", "b�", 2);
        assertKept(bytes(4, 'a', 0xFF, 'b', 'b', 'b'), "a�", "bb", 1);
        assertKept(bytes(10, 'b', 0x80, 0x80, 0x80, 0x80, 'a', 0x80, 0x80, 0x80, 0x80, 0x80), "b����", "��", 4);
    }

    @Test
    void anOutputCanBeLookedAtBeforeItsEnd() {
        OutputBuffer buffer = buffer(4, "abcd");
        assertKept(buffer, "abcd", "", 0);

        buffer.add(Pieces.utf8("efghi"), 0, 5);

        assertKept(buffer, "ab", "hi", 5);
        assertThat(buffer.totalBytes()).isEqualTo(9);
    }

    @Test
    void partsHaveWholeCharactersAndCrossTheHalves() {
        OutputBuffer buffer = buffer(8, "aa😀b");
        assertThat(buffer.part(0, 4, false)).isEqualTo(new CommandOutput("aa", 0, 2, false));
        assertThat(buffer.part(2, 4, false)).isEqualTo(new CommandOutput("😀", 2, 6, false));
        assertThat(buffer.part(6, 4, false)).isEqualTo(new CommandOutput("b", 6, 7, false));
        assertThat(buffer.part(7, 4, false)).isEqualTo(new CommandOutput("", 7, 7, false));
        assertThat(buffer.part(7, 4, true)).isEqualTo(new CommandOutput("", 7, 7, true));
        assertThat(buffer.part(2, 4, true).last()).isFalse();
        assertThat(buffer.part(2, 5, true)).isEqualTo(new CommandOutput("😀b", 2, 7, true));
    }

    @Test
    void anIncompleteCharacterIsWaitedForUntilTheEnd() {
        OutputBuffer buffer = bytes(9, 'a', 0xE2, 0x82);
        assertThat(buffer.part(0, 9, false)).isEqualTo(new CommandOutput("a", 0, 1, false));
        assertThat(buffer.part(1, 9, false)).isEqualTo(new CommandOutput("", 1, 1, false));
        assertThat(buffer.part(1, 9, true)).isEqualTo(new CommandOutput("\uFFFD", 1, 3, true));
    }

    @Test
    void whatIsNotKeptIsPassedOver() {
        OutputBuffer buffer = buffer(10, "abcd€fg€hi");
        assertThat(buffer.part(0, 99, false)).isEqualTo(new CommandOutput("abcd", 0, 4, false));
        assertThat(buffer.part(4, 99, true)).isEqualTo(new CommandOutput("€hi", 9, 14, true));
        assertThat(buffer.part(12, 99, true)).isEqualTo(new CommandOutput("hi", 12, 14, true));
        assertThat(buffer(0, "abc").part(0, 99, true)).isEqualTo(new CommandOutput("", 3, 3, true));
    }

    @Test
    void anyPartsOfAnOutputWithinTheLimitAreTheWhole() {
        Random random = new Random(7);
        for (int run = 0; run < 200; run++) {
            byte[] all = Pieces.utf8("a€😀é".repeat(1 + random.nextInt(20)));
            OutputBuffer buffer = new OutputBuffer(all.length + random.nextInt(3));
            StringBuilder text = new StringBuilder();
            int written = 0;
            CommandOutput part = new CommandOutput("", 0, 0, false);
            while (!part.last()) {
                int length = Math.min(random.nextInt(9), all.length - written);
                buffer.add(all, written, length);
                written += length;
                part = buffer.part(part.next(), 4 + random.nextInt(9), written == all.length);
                text.append(part.text());
            }
            assertThat(text).hasToString(new String(all, StandardCharsets.UTF_8));
        }
    }

    @Test
    void anyPiecesAreTheSameAsTheWholeOutput() {
        Random random = new Random(5);
        for (int run = 0; run < 5_000; run++) {
            byte[] bytes = Pieces.random(random, 40, true);
            int limit = random.nextInt(60);

            OutputBuffer buffer = new OutputBuffer(limit);
            Pieces.feed(bytes, random, 1 + random.nextInt(50), buffer::add);

            String text = new String(bytes, StandardCharsets.UTF_8);
            if (bytes.length <= limit) {
                assertKept(buffer, text, "", 0);
            } else {
                int start = firstWithin(text, limit / 2);
                int end = lastWithin(text, limit - limit / 2);
                assertKept(
                        buffer,
                        text.substring(0, start),
                        text.substring(end),
                        Pieces.utf8(text.substring(start, end)).length);
            }
            assertThat(buffer.totalBytes()).isEqualTo(bytes.length);
        }
    }

    @Test
    void bytesThatAreNoTextAreCountedToo() {
        Random random = new Random(6);
        for (int run = 0; run < 3_000; run++) {
            byte[] bytes = Pieces.random(random, 40, false);
            int limit = random.nextInt(60);
            OutputBuffer whole = new OutputBuffer(limit);
            whole.add(bytes, 0, bytes.length);

            OutputBuffer buffer = new OutputBuffer(limit);
            Pieces.feed(bytes, random, 1 + random.nextInt(50), buffer::add);

            assertKept(buffer, whole.start(), whole.end(), whole.omittedBytes());
            // Up to three bytes are given up at each cut.
            long least = Math.max(bytes.length - limit, 0);
            assertThat(buffer.omittedBytes()).isBetween(least, least == 0 ? 0 : least + 6);
        }
    }

    @Test
    void aShortOutputTakesLittleMemory() {
        byte[] hi = Pieces.utf8("hi\n");

        assertThat(AllocatedMemory.of(() -> new OutputBuffer(100 * KIB).add(hi, 0, hi.length)))
                .isLessThan(2 * KIB);
    }

    @Test
    void memoryIsBoundedByTheLimitWhateverTheOutput() {
        byte[] piece = new byte[KIB];
        Arrays.fill(piece, (byte) 'x');
        OutputBuffer buffer = new OutputBuffer(100 * KIB);

        long allocated = AllocatedMemory.of(() -> {
            for (int count = 0; count < 256 * KIB; count++) {
                buffer.add(piece, 0, piece.length);
            }
        });

        assertThat(allocated).isLessThan(500 * KIB);
        assertThat(buffer.omittedBytes()).isEqualTo(256L * KIB * KIB - 100 * KIB);
    }

    @Test
    void bytesThatComeOneByOneAreNotCopiedEachTime() {
        byte[] piece = {'x'};
        OutputBuffer buffer = new OutputBuffer(100 * KIB);

        long allocated = AllocatedMemory.of(() -> {
            for (int count = 0; count < 100 * KIB; count++) {
                buffer.add(piece, 0, 1);
            }
        });

        assertThat(allocated).isLessThan(500 * KIB);
    }

    private static int firstWithin(String text, int bytes) {
        int index = text.length();
        while (Pieces.utf8(text.substring(0, index)).length > bytes) {
            index = text.offsetByCodePoints(index, -1);
        }
        return index;
    }

    private static int lastWithin(String text, int bytes) {
        int index = 0;
        while (Pieces.utf8(text.substring(index)).length > bytes) {
            index = text.offsetByCodePoints(index, 1);
        }
        return index;
    }

    private static void assertKept(OutputBuffer buffer, String start, String end, long omitted) {
        assertThat(buffer.start()).isEqualTo(start);
        assertThat(buffer.end()).isEqualTo(end);
        assertThat(buffer.omittedBytes()).isEqualTo(omitted);
    }

    private static OutputBuffer buffer(int limit, String output) {
        OutputBuffer buffer = new OutputBuffer(limit);
        byte[] bytes = Pieces.utf8(output);
        buffer.add(bytes, 0, bytes.length);
        return buffer;
    }

    private static OutputBuffer bytes(int limit, int... output) {
        OutputBuffer buffer = new OutputBuffer(limit);
        for (int each : output) {
            buffer.add(new byte[] {(byte) each}, 0, 1);
        }
        return buffer;
    }
}
