package io.synapse.sdk.embedded.internal.plugin;

import io.synapse.sdk.embedded.internal.backend.RefusedException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads YAML of a stranger into maps with text for keys, lists, text, numbers, booleans and nulls. What would make a
 * small file large in memory is refused: deep nesting, and aliases of aliases.
 */
final class ConfigDocument {
    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setLabel("config.yaml")
            .setAllowNonScalarKeys(false)
            .build();
    private static final int MAX_DEPTH = 20;
    private static final int MAX_VALUES = 10_000;
    private static final int MAX_DIGITS = 100;

    /** What any schema of YAML could take for a number. */
    private static final Pattern NUMBER =
            Pattern.compile("[-+]?(0[xXoO][0-9a-fA-F_]+|[0-9_]*\\.?[0-9_]*([eE][-+]?[0-9_]+)?)");

    private final String place;
    private int values;

    private ConfigDocument(String place) {
        this.place = place;
    }

    /**
     * The mapping in these bytes; unmodifiable, its values may be null.
     *
     * @param place what to call the document in a sentence
     * @throws RefusedException with status 400, saying what is wrong in which line
     */
    static Map<String, @Nullable Object> read(byte[] yaml, String place) {
        return new ConfigDocument(place).read(text(yaml, place));
    }

    private static String text(byte[] yaml, String place) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(yaml))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new RefusedException(400, place + " is not UTF-8");
        }
    }

    private Map<String, @Nullable Object> read(String yaml) {
        try {
            checkEvents(yaml);
            if (new Load(SETTINGS).loadFromString(yaml) instanceof Map<?, ?> map) {
                return plain(map, 0);
            }
        } catch (MarkedYamlEngineException e) {
            throw refused("is not YAML that can be used: " + oneLine(problem(e)));
        } catch (YamlEngineException e) {
            throw refused("is not YAML that can be used: " + oneLine(String.valueOf(e.getMessage())));
        }
        throw refused("must be a mapping with the plugin's code, version and actions");
    }

    /**
     * Beforehand, because what loads the document descends into it recursively, without a limit, and takes a time for a
     * number that grows with the square of its length.
     */
    private void checkEvents(String yaml) {
        Parser events = new ParserImpl(SETTINGS, new StreamReader(SETTINGS, yaml));
        int depth = 0;
        while (events.hasNext()) {
            Event event = events.next();
            if (event instanceof CollectionStartEvent && ++depth > MAX_DEPTH) {
                throw refused("is nested deeper than " + MAX_DEPTH + " levels");
            } else if (event instanceof CollectionEndEvent) {
                depth--;
            } else if (event instanceof ScalarEvent scalar && scalar.isPlain() && isLongNumber(scalar.getValue())) {
                throw refused(
                        "holds a number of more than " + MAX_DIGITS + " digits; if it is text, write it in quotes");
            }
        }
    }

    private static boolean isLongNumber(String text) {
        return text.length() > MAX_DIGITS && NUMBER.matcher(text).matches();
    }

    /** A copy in which nothing is shared: as large as the document would be once it is written as JSON. */
    private @Nullable Object plain(@Nullable Object value, int depth) {
        if (++values > MAX_VALUES || depth > MAX_DEPTH) {
            throw refused("holds more than " + MAX_VALUES + " values, or one that contains itself");
        }
        if (value instanceof Map<?, ?> map) {
            return plain(map, depth);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>();
            list.forEach(element -> copy.add(plain(element, depth + 1)));
            return Collections.unmodifiableList(copy);
        }
        if (value == null || value instanceof String || value instanceof Number || value instanceof Boolean) {
            return value;
        }
        throw refused("holds a value that is neither text, number, truth value, list nor mapping");
    }

    private Map<String, @Nullable Object> plain(Map<?, ?> map, int depth) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(String.valueOf(key), plain(value, depth + 1)));
        return Collections.unmodifiableMap(copy);
    }

    /** Without the library's picture of the place, which needs more than one line. */
    private static String problem(MarkedYamlEngineException e) {
        String line = e.getProblemMark()
                .map(mark -> " (line " + (mark.getLine() + 1) + ")")
                .orElse("");
        return Objects.toString(e.getContext(), "") + " " + Objects.toString(e.getProblem(), "") + line;
    }

    private RefusedException refused(String problem) {
        return new RefusedException(400, place + " " + problem);
    }

    private static String oneLine(String message) {
        String line = message.strip().replaceAll("\\s+", " ");
        return line.length() > 200 ? line.substring(0, 200) + "…" : line;
    }
}
