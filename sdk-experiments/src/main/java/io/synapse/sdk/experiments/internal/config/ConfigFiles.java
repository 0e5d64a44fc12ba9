package io.synapse.sdk.experiments.internal.config;

import io.synapse.sdk.embedded.internal.DurableFile;
import io.synapse.sdk.embedded.internal.OwnerOnly;
import io.synapse.sdk.experiments.internal.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Configs that are stored at the server, as files below one folder. Links are neither followed nor replaced. Thread-safe. */
public final class ConfigFiles {
    private static final int MAX_DEPTH = 10;
    private static final String PREFIX = "config/";
    private static final Pattern STEP = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._ -]{0,99}");

    private final Path root;

    /** Those below this folder, which is made where there is none. */
    public ConfigFiles(Path folder) throws IOException {
        root = OwnerOnly.folder(folder).toRealPath();
    }

    /** The paths of all, relative to the folder, in order. */
    public List<String> list() {
        try (Stream<Path> tree = Files.find(root, MAX_DEPTH, (path, attributes) -> attributes.isRegularFile())) {
            return tree.map(path -> root.relativize(path).toString())
                    .filter(ConfigFiles::isConfig)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of configs cannot be read", e);
        }
    }

    /**
     * The text of one.
     *
     * @throws Failure 400 for a path out of the folder, 404 when there is none
     */
    public String read(String path) {
        Path file = file(path);
        try {
            if (Files.size(file) > Config.MAX_BYTES) {
                throw tooLong();
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
        } catch (NoSuchFileException e) {
            throw Failure.plain(404, "Configuration file not found: " + path);
        } catch (CharacterCodingException e) {
            throw Failure.plain(400, "The configuration file is not UTF-8: " + path);
        } catch (IOException e) {
            throw new UncheckedIOException("the config " + path + " cannot be read", e);
        }
    }

    /** The text of one that a submission names, as {@code config/path} or {@code path}; empty when there is none. */
    public Optional<String> find(String path) {
        String below = path.startsWith(PREFIX) ? path.substring(PREFIX.length()) : path;
        return Files.exists(file(below)) ? Optional.of(read(below)) : Optional.empty();
    }

    /**
     * Stores a new one.
     *
     * @param name with or without {@code .yaml}
     * @return its path
     * @throws Failure 400 for a name out of the folder or a text that is too long, 409 when there is one
     */
    public String create(String name, String content) {
        String path = isConfig(name) ? name : name + ".yaml";
        Path file = file(path);
        byte[] bytes = bytes(content);
        try {
            makeFolder(file);
            DurableFile.create(file, bytes);
        } catch (FileAlreadyExistsException e) {
            throw Failure.plain(409, "Configuration file already exists: " + path);
        } catch (IOException e) {
            throw new UncheckedIOException("the config " + path + " cannot be written", e);
        }
        return path;
    }

    /**
     * Stores one in place of what is there.
     *
     * @throws Failure 400 for a path out of the folder or a text that is too long
     */
    public void save(String path, String content) {
        Path file = file(path);
        byte[] bytes = bytes(content);
        try {
            makeFolder(file);
            DurableFile.replace(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("the config " + path + " cannot be written", e);
        }
    }

    private static void makeFolder(Path file) throws IOException {
        OwnerOnly.folder(file.resolveSibling(".").normalize());
    }

    /** Below the folder, without a link on the way. */
    private Path file(String path) {
        List<String> steps = List.of(path.split("/", -1));
        boolean isNamed = steps.size() <= MAX_DEPTH
                && steps.stream().allMatch(step -> STEP.matcher(step).matches());
        if (!isNamed || path.contains("..")) {
            throw Failure.plain(400, "Access to paths outside the config directory is not allowed.");
        }
        if (!isConfig(path)) {
            throw Failure.plain(400, "A configuration file is named .yaml or .yml.");
        }
        Path file = root.resolve(path);
        for (Path place = file; place != null && !place.equals(root); place = place.getParent()) {
            if (Files.isSymbolicLink(place)) {
                throw Failure.plain(400, "Access to paths outside the config directory is not allowed.");
            }
            boolean isOther = place.equals(file) ? !Files.isRegularFile(place) : !Files.isDirectory(place);
            if (isOther && Files.exists(place)) {
                throw Failure.plain(400, "This is no configuration file: " + path);
            }
        }
        return file;
    }

    private static boolean isConfig(String path) {
        return path.endsWith(".yaml") || path.endsWith(".yml");
    }

    private static byte[] bytes(String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > Config.MAX_BYTES) {
            throw tooLong();
        }
        return bytes;
    }

    private static Failure tooLong() {
        return Failure.plain(400, "A configuration file has at most " + Config.MAX_BYTES + " bytes.");
    }
}
