package io.synapse.sdk.embedded.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file has what it had or all of the new content, and nothing is left beside it. */
class DurableFileTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void file() {
        file = folder.resolve("a.json");
    }

    @Test
    void aFileIsMadeAndReplacedForItsOwnerOnly() throws IOException {
        DurableFile.replace(file, "old".getBytes(StandardCharsets.UTF_8));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        DurableFile.replace(file, "new".getBytes(StandardCharsets.UTF_8));

        assertThat(file).hasContent("new");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file));
    }

    @Test
    void contentThatFailsLeavesTheFileAsItWas() throws IOException {
        DurableFile.replace(file, "old".getBytes(StandardCharsets.UTF_8));

        assertThatIOException()
                .isThrownBy(() -> DurableFile.replace(file, output -> {
                    output.write("ne".getBytes(StandardCharsets.UTF_8));
                    throw new IOException("cut");
                }))
                .withMessage("cut");

        assertThat(file).hasContent("old");
        assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file));
    }

    @Test
    void contentThatIsNotWantedLeavesTheFileAsItWas() throws IOException {
        DurableFile.replace(file, "old".getBytes(StandardCharsets.UTF_8));

        boolean isWritten = DurableFile.replace(file, output -> {
            output.write("new".getBytes(StandardCharsets.UTF_8));
            return false;
        });

        assertThat(isWritten).isFalse();
        assertThat(file).hasContent("old");
        assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file));
    }

    @Test
    void aFileThatIsThereIsNotMade() throws IOException {
        DurableFile.create(file, "old".getBytes(StandardCharsets.UTF_8));

        assertThatIOException()
                .isThrownBy(() -> DurableFile.create(file, "new".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(FileAlreadyExistsException.class);

        assertThat(file).hasContent("old");
        assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file));
    }

    @Test
    void anInterruptedThreadWritesAndStaysInterrupted() throws IOException {
        Thread.currentThread().interrupt();
        try {
            DurableFile.replace(file, "new".getBytes(StandardCharsets.UTF_8));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }

        assertThat(file).hasContent("new");
    }
}
