package io.synapse.sdk.embedded.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder for what is in the making and belongs to nobody yet. Safe for use by several threads. */
public final class ScratchFolder {
    private final Path directory;

    /**
     * Makes the folder, and empties it: what is in there was in the making when the last agent died.
     *
     * @param directory on the disk of those who are to take things away from it
     * @throws IOException when it cannot be made, or not be emptied
     */
    public ScratchFolder(Path directory) throws IOException {
        FileTree.delete(directory);
        this.directory = OwnerOnly.folder(directory);
    }

    /**
     * An empty folder, which whoever asks for it deletes.
     *
     * @throws IOException when it cannot be made
     */
    public Path create() throws IOException {
        return Files.createTempDirectory(directory, "");
    }

    /** What is made in an empty folder. */
    public interface Making<T> {
        /** Makes it; the folder may be moved away. */
        T in(Path folder) throws IOException;
    }

    /**
     * Makes something in an empty folder, which is deleted when that is done, unless it was moved away.
     *
     * @throws IOException when the folder cannot be made or deleted, or as the maker throws it
     */
    public <T> T with(Making<T> making) throws IOException {
        Path folder = create();
        try {
            return making.in(folder);
        } finally {
            FileTree.delete(folder);
        }
    }
}
