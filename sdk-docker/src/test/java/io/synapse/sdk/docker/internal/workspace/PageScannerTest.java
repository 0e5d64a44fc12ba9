package io.synapse.sdk.docker.internal.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.synapse.sdk.docker.internal.workspace.PageContent.Binary;
import io.synapse.sdk.docker.internal.workspace.PageContent.BinaryTooLarge;
import io.synapse.sdk.docker.internal.workspace.PageContent.Empty;
import io.synapse.sdk.docker.internal.workspace.PageContent.NoLinesRequested;
import io.synapse.sdk.docker.internal.workspace.PageContent.OffsetPastEnd;
import io.synapse.sdk.docker.internal.workspace.PageContent.Text;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of a file, and what tells text from other content. */
class PageScannerTest {
    private static final int BEGINNING = 8_192;
    private static final int MIB = 1024 * 1024;

    @Test
    void theVersionIsTheSha256OfTheWholeFile() {
        ScannedFile file = scan("a.txt", Pieces.utf8("abc"), 0, 1);

        assertThat(file.version()).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(file.size()).isEqualTo(3);
        assertThat(scan("a.txt", Pieces.utf8("abc\nd"), 0, 1).version()).isNotEqualTo(file.version());
    }

    @Test
    void aFileWithoutBytesIsEmptyWhateverItsNameAndTheWindow() {
        assertThat(scan("a.txt", new byte[0], 5, 0).content()).isEqualTo(new Empty());
        assertThat(scan("a.png", new byte[0], 0, 9).content()).isEqualTo(new Empty());
        assertThat(scan("a.txt", new byte[0], 0, 9).version())
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void aWindowOutsideTheFileIsMovedOrRefused() {
        byte[] bytes = Pieces.utf8("a\nb\nc");

        assertThat(text(scan("a.txt", bytes, -3, 1))).isEqualTo("a");
        assertThat(scan("a.txt", bytes, 3, 9).content()).isEqualTo(new OffsetPastEnd(3, 3));
        assertThat(scan("a.txt", bytes, 9, 0).content()).isEqualTo(new NoLinesRequested());
        assertThat(scan("a.txt", bytes, 0, -1).content()).isEqualTo(new NoLinesRequested());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.png", "/x/a.tar.PDF", "a.mkv", "a.3gpp", "a.pptx"})
    void someNamesAreNeverThoseOfText(String path) {
        byte[] bytes = Pieces.utf8("text");

        assertThat(scan(path, bytes, 0, 0).content())
                .isInstanceOfSatisfying(
                        Binary.class, binary -> assertThat(binary.bytes()).isEqualTo(bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", ".png", "/x/.png", "/a.png/b", "a.svg", "a.", "a.png.txt"})
    void otherNamesSayNothing(String path) {
        assertThat(text(scan(path, Pieces.utf8("text"), 0, 9))).isEqualTo("text");
    }

    @Test
    void whatDoesNotBeginAsUtf8IsBinary() {
        byte[] bytes = {'a', (byte) 0xFF};

        assertThat(scan("a", bytes, 0, 9).content())
                .isInstanceOfSatisfying(
                        Binary.class, binary -> assertThat(binary.bytes()).isEqualTo(bytes));
        assertThat(scan("a", at(BEGINNING - 1, 0xFF), 0, 9).content()).isInstanceOf(Binary.class);
    }

    @Test
    void whatIsNotUtf8LaterIsReplaced() {
        assertThat(text(scan("a", at(BEGINNING, 0xFF), 0, 9))).isEqualTo("a".repeat(BEGINNING) + "�");
    }

    @Test
    void aCharacterMayGoOnAfterTheBeginning() {
        String text = "a".repeat(BEGINNING - 1) + "😀\nb";

        assertThat(text(scan("a", Pieces.utf8(text), 0, 9))).isEqualTo(text);
    }

    @Test
    void aFileThatEndsWithinACharacterIsText() {
        assertThat(text(scan("a", new byte[] {'a', (byte) 0xE2, (byte) 0x82}, 0, 9)))
                .isEqualTo("a�");
    }

    @Test
    void bytesThatAreZeroAreText() {
        assertThat(text(scan("a", new byte[] {0, 'a', 0}, 0, 9))).isEqualTo("\0a\0");
    }

    @Test
    void binaryContentIsShownUpToItsLimit() {
        byte[] most = new byte[512_000];
        most[0] = (byte) 0xFF;
        most[most.length - 1] = 1;

        assertThat(scan("a", most, 0, 9).content())
                .isInstanceOfSatisfying(
                        Binary.class, binary -> assertThat(binary.bytes()).isEqualTo(most));
        assertThat(scan("a", Arrays.copyOf(most, 512_001), 0, 9).content()).isEqualTo(new BinaryTooLarge(512_001));
        assertThat(scan("a.gif", new byte[512_001], 0, 9).content()).isEqualTo(new BinaryTooLarge(512_001));
    }

    @Test
    void aPageLeavesRoomForTheNoticeThatItIsCut() {
        Text page = (Text) scan("a", Pieces.utf8("é".repeat(300_000)), 0, 9).content();

        assertThat(page.cut()).isTrue();
        assertThat(Pieces.utf8(page.text()).length + PageScanner.NOTICE_BYTES).isBetween(500 * 1024 - 2, 500 * 1024);
    }

    @Test
    void memoryIsBoundedByThePageWhateverTheFile() {
        byte[] line = new byte[MIB];
        Arrays.fill(line, (byte) 'x');
        byte[] binary = new byte[MIB];
        binary[0] = (byte) 0xFF;

        for (byte[] piece : new byte[][] {line, binary}) {
            PageScanner scanner = new PageScanner("a", 0, 2_000);
            long allocated = AllocatedMemory.of(() -> {
                for (int count = 0; count < 64; count++) {
                    scanner.add(piece, 0, piece.length);
                }
                scanner.finish();
            });

            assertThat(allocated).isLessThan(16 * MIB);
        }
    }

    @Test
    void aFileIsTheSameInAnyPieces() {
        Random random = new Random(3);
        for (int run = 0; run < 200; run++) {
            byte[] bytes = Pieces.random(random, 12_000, random.nextBoolean());
            long offset = random.nextInt(20);
            long limit = random.nextInt(2_000);

            PageScanner scanner = new PageScanner("a", offset, limit);
            Pieces.feed(bytes, random, 3_000, scanner::add);

            assertThat(comparable(scanner.finish())).isEqualTo(comparable(scan("a", bytes, offset, limit)));
        }
    }

    /** Arrays are only equal to themselves. */
    private static List<Object> comparable(ScannedFile file) {
        Object content = file.content() instanceof Binary binary ? ByteBuffer.wrap(binary.bytes()) : file.content();
        return List.of(file.version(), file.size(), content);
    }

    private static byte[] at(int index, int value) {
        byte[] bytes = new byte[index + 1];
        Arrays.fill(bytes, (byte) 'a');
        bytes[index] = (byte) value;
        return bytes;
    }

    private static ScannedFile scan(String path, byte[] bytes, long offset, long limit) {
        PageScanner scanner = new PageScanner(path, offset, limit);
        scanner.add(bytes, 0, bytes.length);
        return scanner.finish();
    }

    private static String text(ScannedFile file) {
        return ((Text) file.content()).text();
    }
}
