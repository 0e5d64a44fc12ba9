package io.synapse.sdk.embedded.internal.plugin;

import io.synapse.sdk.embedded.internal.PrintableText;
import io.synapse.sdk.embedded.internal.backend.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * A plugin in a zip archive.
 *
 * @param place what to call it in a sentence
 * @param file the archive
 * @param limits how large it may be
 */
record ZipArchive(String place, Path file, Limits limits) implements PluginFiles {
    /** The kind of file in a Unix mode, and the two kinds that can be used; zero where the maker did not say. */
    private static final int KIND = 0170000;

    private static final int PLAIN_FILE = 0100000;
    private static final int FOLDER = 0040000;
    private static final int LINK = 0120000;

    @Override
    public Opened open() throws IOException {
        long size = Files.size(file);
        if (size == 0) {
            throw new RefusedException(400, place + " is empty; it must be a zip of the plugin's files");
        }
        if (size > limits.archiveBytes()) {
            throw limits.forUpload(place).exceeded();
        }
        MeteredChannel channel = new MeteredChannel(Files.newByteChannel(file), limits.forContents(place));
        try {
            ZipFile zip = openZip(channel);
            channel.lift();
            return new OpenedArchive(zip, table(zip), limits.forArchive(place, size), place);
        } catch (RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Its table of contents alone counts: names and kinds beside the contents, which may differ, are not read. */
    private ZipFile openZip(MeteredChannel channel) {
        try {
            return ZipFile.builder()
                    .setSeekableByteChannel(channel)
                    .setCharset(StandardCharsets.UTF_8)
                    .setUseUnicodeExtraFields(false)
                    .setIgnoreLocalFileHeader(true)
                    .get();
        } catch (RefusedException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new RefusedException(400, place + " is not a zip, or a damaged one: " + e.getMessage());
        }
    }

    private SortedMap<String, ZipArchiveEntry> table(ZipFile zip) {
        List<ZipArchiveEntry> found = Collections.list(zip.getEntries());
        if (found.isEmpty()) {
            throw new RefusedException(400, place + " has no files in it, or is damaged");
        }
        if (found.size() > limits.entries()) {
            throw new RefusedException(400, limits.tooMany(place));
        }
        FileTable<ZipArchiveEntry> table = new FileTable<>(place);
        for (ZipArchiveEntry entry : found) {
            add(entry, table);
        }
        return table.files();
    }

    private static void add(ZipArchiveEntry entry, FileTable<ZipArchiveEntry> table) {
        // As it stands in the archive: the library turns backslashes of some archives into slashes.
        String name = new String(entry.getRawName(), StandardCharsets.UTF_8);
        String path = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
        if (table.leavesOut(path)) {
            return;
        }
        checkKind(entry, path, name.endsWith("/"), table);
        if (name.endsWith("/")) {
            table.addFolder(path);
        } else {
            table.addFile(path, entry);
        }
    }

    private static void checkKind(ZipArchiveEntry entry, String path, boolean folder, FileTable<?> table) {
        int kind = entry.getUnixMode() & KIND;
        if (kind == LINK) {
            throw table.refused(path, "is a symbolic link; only plain files and folders can be used");
        }
        if (kind != 0 && kind != (folder ? FOLDER : PLAIN_FILE)) {
            throw table.refused(path, "is neither a plain file nor a folder");
        }
        if (entry.getGeneralPurposeBit().usesEncryption()) {
            throw table.refused(path, "is encrypted");
        }
        if (entry.getMethod() != ZipEntry.STORED && entry.getMethod() != ZipEntry.DEFLATED) {
            throw table.refused(path, "is compressed in a way other than deflate (method " + entry.getMethod() + ")");
        }
    }

    private record OpenedArchive(ZipFile zip, SortedMap<String, ZipArchiveEntry> entries, Budget budget, String place)
            implements Opened {
        @Override
        public SortedSet<String> paths() {
            return new TreeSet<>(entries.keySet());
        }

        @Override
        public InputStream read(String path) {
            ZipArchiveEntry entry = entries.get(path);
            if (entry == null) {
                throw new IllegalArgumentException("no such file: " + path);
            }
            return budget.meter(new VerifiedContent(zip, entry, PrintableText.of(path) + " in " + place));
        }

        @Override
        public void close() throws IOException {
            zip.close();
        }
    }
}
