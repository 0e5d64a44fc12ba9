package io.synapse.sdk.ray.internal.upload;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.internal.value.Sha256;
import io.synapse.sdk.job.WorkingDirectory;
import io.synapse.sdk.ray.internal.upload.FolderContent.Entry;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A working directory packed into a temporary zip file, whose name is a hash of names, contents and executable flags.
 * The same content always gives the same file.
 */
public final class FolderArchive implements AutoCloseable {
    /** The limit of a dashboard (wire/ray.md, section 1). */
    private static final long MAX_BYTES = 100L << 20;

    private static final int NAME_LENGTH = 40;
    private static final int LARGEST_NAMED = 5;

    /** The JDK's zip file system writes no time for this value; it would write any other in local time too. */
    private static final FileTime NO_TIME = FileTime.fromMillis(-1);

    private final Path file;
    private final String name;

    private FolderArchive(Path file, String name) {
        this.file = file;
        this.name = name;
    }

    /**
     * Packs a folder.
     *
     * @throws BadRequestException when something in it cannot be read, or it is larger than the limit of a cluster
     * @throws UncheckedIOException when the disk fails
     */
    public static FolderArchive of(WorkingDirectory folder) {
        try {
            List<Entry> entries = FolderContent.of(folder);
            Path file = Files.createTempFile("synapse-", ".zip");
            try {
                return new FolderArchive(file, pack(entries, file));
            } catch (IOException | RuntimeException e) {
                Files.delete(file);
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the working directory " + folder.folder() + " cannot be packed", e);
        }
    }

    /** The zip file, until it is closed. */
    public Path file() {
        return file;
    }

    /** The name of the package. */
    public String name() {
        return name;
    }

    /** Deletes the file. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the temporary file cannot be deleted", e);
        }
    }

    private static String pack(List<Entry> entries, Path file) throws IOException {
        Files.delete(file); // the zip file system creates it again
        MessageDigest digest = Sha256.digest();
        URI zip = URI.create("jar:" + file.toUri());
        Map<String, ?> settings =
                Map.of("create", "true", "enablePosixFileAttributes", "true", "useTempFile", Boolean.TRUE);
        try (FileSystem archive = FileSystems.newFileSystem(zip, settings)) {
            long size = 0;
            for (Entry entry : entries) {
                size += add(entry, archive.getPath("/" + entry.name()), digest);
                requireFits(size, entries);
            }
        }
        requireFits(Files.size(file), entries);
        return "_ray_pkg_" + HexFormat.of().formatHex(digest.digest()).substring(0, NAME_LENGTH) + ".zip";
    }

    /** Adds one entry and returns its packed size. */
    private static long add(Entry entry, Path packed, MessageDigest digest) throws IOException {
        boolean executable = !entry.isFolder() && isExecutable(entry.file());
        digest.update((entry.name() + '\0' + (executable ? 'x' : '-') + '\0').getBytes(StandardCharsets.UTF_8));
        if (entry.isFolder()) {
            Files.createDirectory(packed);
        } else {
            digest.update((Files.size(entry.file()) + "\0").getBytes(StandardCharsets.UTF_8));
            try (OutputStream out = new DigestOutputStream(Files.newOutputStream(packed), digest)) {
                Files.copy(entry.file(), out);
            }
        }
        Files.setPosixFilePermissions(
                packed, PosixFilePermissions.fromString(executable || entry.isFolder() ? "rwxr-xr-x" : "rw-r--r--"));
        // a new folder has three times, all of which would be written
        Files.getFileAttributeView(packed, BasicFileAttributeView.class).setTimes(NO_TIME, NO_TIME, NO_TIME);
        return entry.isFolder() ? 0 : (Long) Files.getAttribute(packed, "zip:compressedSize");
    }

    /** Whether it is executable by its owner; false on file systems without POSIX permissions. */
    private static boolean isExecutable(Path file) throws IOException {
        PosixFileAttributeView attributes = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        return attributes != null
                && attributes.readAttributes().permissions().contains(PosixFilePermission.OWNER_EXECUTE);
    }

    private static void requireFits(long size, List<Entry> entries) throws IOException {
        if (size <= MAX_BYTES) {
            return;
        }
        long total = entries.stream()
                .filter(entry -> !entry.isFolder())
                .mapToLong(entry -> entry.file().toFile().length())
                .sum();
        String largest = entries.stream()
                .filter(entry -> !entry.isFolder())
                .map(entry -> Map.entry(entry.name(), entry.file().toFile().length()))
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                .limit(LARGEST_NAMED)
                .map(entry -> entry.getKey() + " (" + mebibytes(entry.getValue()) + ")")
                .collect(Collectors.joining(", "));
        throw BadRequestException.refused("the working directory is too large: packed, it has more than the "
                + mebibytes(MAX_BYTES)
                + " that a cluster takes; exclude what the job does not need. Of the "
                + mebibytes(total)
                + " that it has unpacked, the largest files are: "
                + largest);
    }

    private static String mebibytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1 << 20));
    }
}
