package io.synapse.sdk.docker.internal.workspace;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.synapse.sdk.workspace.FileInfo;
import io.synapse.sdk.workspace.FileInfo.Kind;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The records of stat, whatever names have. */
class FileListingTest {
    private static final String TIME = "2026-11-28 23:48:04.000000007 +0000";

    @Test
    void recordsAreFilesInTheOrderOfTheirPaths() {
        String records = "\nword 81a4 12 " + TIME + " ./b\nword 41ed 4096 " + TIME + " ./.a\nword a1ff 3 " + TIME
                + " ./l\nword 11a4 0 2026-11-28 23:48:04 +0000 ./p\n";

        assertThat(FileListing.read(records.getBytes(ISO_8859_1), "/w", "word"))
                .containsExactly(
                        new FileInfo("/w/.a", Kind.DIRECTORY, 4096, Instant.parse("2026-11-28T23:48:04.000000007Z")),
                        new FileInfo("/w/b", Kind.FILE, 12, Instant.parse("2026-11-28T23:48:04.000000007Z")),
                        new FileInfo("/w/l", Kind.LINK, 3, Instant.parse("2026-11-28T23:48:04.000000007Z")),
                        new FileInfo("/w/p", Kind.OTHER, 0, Instant.parse("2026-11-28T23:48:04Z")));
    }

    @Test
    void aNameMayHaveBlanksAndLineEnds() {
        String records = "\nword 81a4 1 " + TIME + " ./a  b\nword81a4 c\n\nword 81a4 1 " + TIME + " ./\377\n";

        assertThat(FileListing.read(records.getBytes(ISO_8859_1), "/w", "word"))
                .extracting(FileInfo::path)
                .containsExactly("/w/a  b\nword81a4 c\n", "/w/\udcff");
    }

    @Test
    void whatIsBeingWrittenIsLeftOut() {
        String records = "\nword 81a4 1 " + TIME + " ./" + TemporaryName.next() + "\n";

        assertThat(FileListing.read(records.getBytes(ISO_8859_1), "/w", "word")).isEmpty();
    }

    @Test
    void anEmptyFolderIsAnEmptyList() {
        assertThat(FileListing.read("\n".getBytes(ISO_8859_1), "/w", "word")).isEmpty();
    }
}
