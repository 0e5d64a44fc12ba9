package io.synapse.sdk.embedded.internal.plugin;

import io.synapse.sdk.embedded.internal.PrintableText;
import io.synapse.sdk.embedded.internal.backend.RefusedException;
import io.synapse.sdk.internal.value.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * A release of a plugin, with its files where they are. Thread-safe.
 *
 * <p>It has a config.yaml with code and version, {@code plugin/gradio_interface.py}, and the file of every action that
 * config.yaml names; nothing of it has been executed.
 */
public final class PluginRelease {
    private static final String INTERFACE = "plugin/gradio_interface.py";

    private final PluginFiles files;
    private final PluginConfig config;
    private @Nullable String digest;

    private PluginRelease(PluginFiles files, PluginConfig config) {
        this.files = files;
        this.config = config;
    }

    /**
     * Looks at the files of a plugin, without reading those that only its build needs.
     *
     * @throws RefusedException with status 400 and what is wrong, when they are no plugin
     */
    static PluginRelease of(PluginFiles files) throws IOException {
        try (PluginFiles.Opened opened = files.open()) {
            SortedSet<String> paths = opened.paths();
            require(paths, PluginConfig.FILE, files, "");
            require(paths, INTERFACE, files, "");
            PluginConfig config = config(opened, files.place());
            for (PluginAction action : config.actions()) {
                require(paths, action.file(), files, ", the file of its action " + PrintableText.of(action.name()));
            }
            return new PluginRelease(files, config);
        }
    }

    /** The code of the plugin. */
    public String plugin() {
        return config.code();
    }

    /** Its version. */
    public String version() {
        return config.version();
    }

    /** {@code code@version}, by which it is known. */
    public String reference() {
        return plugin() + "@" + version();
    }

    /** Its config.yaml, as it is: maps, lists, text, numbers, truth values and nulls; unmodifiable. */
    public Map<String, @Nullable Object> config() {
        return config.values();
    }

    /** The action of this name. */
    public Optional<PluginAction> action(String name) {
        return actions().stream().filter(action -> action.name().equals(name)).findFirst();
    }

    /** The actions that config.yaml names, in its order. */
    public List<PluginAction> actions() {
        return config.actions();
    }

    /**
     * SHA-256 in hexadecimal over the paths and contents of all files, the same for an archive and for the folder it
     * was made of. Reads them all the first time; then it stays what it was, whatever becomes of the files.
     *
     * @throws RefusedException with status 400, when there are damaged files, or too large ones
     * @throws UncheckedIOException when they cannot be read
     */
    public synchronized String digest() {
        if (digest == null) {
            try {
                digest = read((path, content) -> content.transferTo(OutputStream.nullOutputStream()));
            } catch (IOException e) {
                throw new UncheckedIOException("the files of " + reference() + " cannot be read", e);
            }
        }
        return digest;
    }

    /**
     * Copies all files to a folder, without their permissions. When this fails, some may have been copied.
     *
     * @param emptyFolder where to; made when it does not exist. Nothing is written outside of it
     * @throws RefusedException with status 400 for damaged files or too large ones; with 409 when they are no longer
     *     those of the {@link #digest()}
     * @throws IOException when they cannot be read, or the folder cannot be written
     */
    public synchronized void copyTo(Path emptyFolder) throws IOException {
        Files.createDirectories(emptyFolder);
        String copied = read((path, content) -> write(content, emptyFolder.resolve(path)));
        if (digest != null && !digest.equals(copied)) {
            throw new RefusedException(
                    409, "the files of " + reference() + " changed while they were being used; try again");
        }
        digest = copied;
    }

    /** What to call the place of its files in a sentence: {@code the folder "demo"}. */
    String place() {
        return files.place();
    }

    /** What it is, and where. */
    @Override
    public String toString() {
        return reference() + " in " + place();
    }

    /** What is done with each file. */
    private interface FileReader {
        void read(String path, InputStream content) throws IOException;
    }

    /** Shows every file to the reader, and gives the digest of what was read. */
    private String read(FileReader reader) throws IOException {
        MessageDigest all = Sha256.digest();
        try (PluginFiles.Opened opened = files.open()) {
            for (String path : opened.paths()) {
                MessageDigest one = Sha256.digest();
                try (InputStream content = new DigestInputStream(opened.read(path), one)) {
                    reader.read(path, content);
                }
                all.update(path.getBytes(StandardCharsets.UTF_8));
                all.update((byte) 0);
                all.update(one.digest());
            }
        }
        return HexFormat.of().formatHex(all.digest());
    }

    private static void write(InputStream content, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        try (OutputStream file = Files.newOutputStream(target, StandardOpenOption.CREATE_NEW)) {
            content.transferTo(file);
        }
    }

    private static PluginConfig config(PluginFiles.Opened opened, String place) throws IOException {
        String what = PluginConfig.FILE + " in " + place;
        try (InputStream content = opened.read(PluginConfig.FILE)) {
            byte[] yaml = content.readNBytes(PluginConfig.MAX_BYTES + 1);
            if (yaml.length > PluginConfig.MAX_BYTES) {
                throw new RefusedException(400, what + " is larger than " + PluginConfig.MAX_BYTES + " bytes");
            }
            return PluginConfig.parse(yaml, what);
        }
    }

    private static void require(SortedSet<String> paths, String path, PluginFiles files, String why) {
        if (!paths.contains(path)) {
            throw new RefusedException(400, files.place() + " has no " + path + why);
        }
    }
}
