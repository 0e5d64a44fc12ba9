package io.synapse.sdk.embedded.internal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files and folders that only the agent's user can read, whatever the umask is: jobs and logs hold secrets. */
public final class OwnerOnly {
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");

    private OwnerOnly() {}

    /** What a file is made with. */
    public static FileAttribute<Set<PosixFilePermission>> file() {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    }

    /** Makes a folder, and those above it, where there is none; else takes the rights of others to it away. */
    public static Path folder(Path folder) throws IOException {
        try {
            if (!Files.isDirectory(folder)) { // which may be a link to one
                Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(FOLDER));
            }
        } catch (FileAlreadyExistsException e) {
            throw new FileSystemException(folder.toString(), null, "it is there already and is no folder");
        }
        if (!Files.getPosixFilePermissions(folder).equals(FOLDER)) {
            Files.setPosixFilePermissions(folder, FOLDER);
        }
        return folder;
    }

    /** Writes a text into a file of this name, in place of what is there. */
    public static void write(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        create(file, text);
    }

    /**
     * Writes a text into a new file.
     *
     * @throws java.nio.file.FileAlreadyExistsException when there is one
     */
    public static void create(Path file, String text) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), file())) {
            FileRange.write(channel, StandardCharsets.UTF_8.encode(text), 0);
        }
    }
}
