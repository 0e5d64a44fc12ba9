package io.synapse.sdk.experiments.internal.config;

import io.synapse.sdk.experiments.internal.config.ConfigNode.Mapping;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The config of an experiment, as the training reads it (wire/experiments.md, section 6). Immutable. */
public final class Config {
    /** The longest text, in bytes of UTF-8. */
    public static final int MAX_BYTES = 1 << 20;

    /** All expanded configs of one together, so that a large config with many runs does not fill the memory. */
    private static final long MAX_EXPANDED_CHARACTERS = 64L << 20;

    private final Mapping root;
    private final Grid grid;
    private final List<ConfigProblem> warnings;

    /**
     * One run of a config.
     *
     * @param text the config of this run, which the training takes for one run
     * @param grid the values of the lists with several elements, by dotted key, as JSON has them
     */
    public record Point(String text, Map<String, @Nullable Object> grid) {}

    private Config(Mapping root, List<ConfigProblem> warnings) {
        this.root = root;
        this.warnings = warnings;
        grid = new Grid(root);
    }

    /**
     * Reads a config.
     *
     * @throws ConfigException when the training could not read it, it has duplicate keys or tags, or it exceeds a limit
     */
    public static Config parse(String text) {
        if (text.length() > MAX_BYTES || text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw tooLarge();
        }
        ConfigWarnings warnings = new ConfigWarnings();
        Mapping root = ConfigParser.parse(text, warnings);
        return new Config(root, warnings.found());
    }

    /**
     * The text of a config in a file, of which no more is read than a config may have.
     *
     * @throws ConfigException when the file is larger
     * @throws java.nio.charset.CharacterCodingException when it is not UTF-8
     */
    public static String read(Path file) throws IOException {
        byte[] bytes;
        try (InputStream content = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            bytes = content.readNBytes(MAX_BYTES + 1);
        }
        if (bytes.length > MAX_BYTES) {
            throw tooLarge();
        }
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }

    private static ConfigException tooLarge() {
        return ConfigException.tooLarge("", 1, "a config has at most " + MAX_BYTES + " bytes");
    }

    /** The values as JSON has them, before lists are expanded; dates are text. */
    public Map<String, @Nullable Object> values() {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        root.entries()
                .forEach(
                        entry -> values.put(entry.key().keyText(), entry.value().plain()));
        return values;
    }

    /** How many runs it is: 1 to 10,000. */
    public int count() {
        return grid.count();
    }

    /** What may not be meant, at most 100. */
    public List<ConfigProblem> warnings() {
        return warnings;
    }

    /** The config of one run, as JSON has it; dates are text. */
    Map<String, @Nullable Object> run(int index) {
        return plain(Grid.nested(grid.point(index)));
    }

    @SuppressWarnings("unchecked") // values are nodes or maps
    private static Map<String, @Nullable Object> plain(Map<String, Object> nested) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        nested.forEach((key, value) ->
                plain.put(key, value instanceof ConfigNode node ? node.plain() : plain((Map<String, Object>) value)));
        return plain;
    }

    /** The values of the lists that tell a run from the others. */
    Map<String, @Nullable Object> coordinates(int index) {
        return grid.coordinates(index);
    }

    /**
     * Its runs, in the order of the training: the last key varies fastest.
     *
     * @throws ConfigException when their texts are longer than 64 Mi characters together
     */
    public List<Point> expand() {
        List<Point> points = new ArrayList<>(count());
        long characters = 0;
        for (int i = 0; i < count(); i++) {
            String text = ConfigWriter.write(Grid.nested(grid.point(i)));
            characters += text.length();
            if (characters > MAX_EXPANDED_CHARACTERS) {
                throw ConfigException.tooLarge(
                        "", 1, "the configs of the " + count() + " runs have more than 64 Mi characters together");
            }
            points.add(new Point(text, grid.coordinates(i)));
        }
        return points;
    }

    Grid grid() {
        return grid;
    }
}
