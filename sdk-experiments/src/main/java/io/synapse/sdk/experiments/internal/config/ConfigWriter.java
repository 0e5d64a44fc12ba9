package io.synapse.sdk.experiments.internal.config;

import io.synapse.sdk.experiments.internal.Json;
import io.synapse.sdk.experiments.internal.config.ConfigNode.Mapping;
import io.synapse.sdk.experiments.internal.config.ConfigNode.Scalar;
import io.synapse.sdk.experiments.internal.config.ConfigNode.Sequence;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes the config of one run, so that YAML 1.1 and 1.2 read it alike, and so that the training makes one run of it again.
 * Only dates stay what YAML 1.1 alone takes for dates: no form has that meaning in both.
 */
final class ConfigWriter {
    private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");

    /** Words that some version of YAML takes for other values than text. */
    private static final Set<String> RESERVED = Set.of("y", "n", "yes", "no", "true", "false", "on", "off", "null");

    private final StringBuilder text = new StringBuilder();

    private ConfigWriter() {}

    /** The text of a config with these values, nested mappings of {@link ConfigNode}s. */
    static String write(Map<String, Object> config) {
        ConfigWriter writer = new ConfigWriter();
        writer.block(config, "");
        return writer.text.toString();
    }

    @SuppressWarnings("unchecked") // values are nodes or maps
    private void block(Map<String, Object> mapping, String indent) {
        mapping.forEach((key, value) -> {
            text.append(indent).append(word(key)).append(':');
            if (value instanceof Map<?, ?> nested) {
                text.append('\n');
                block((Map<String, Object>) nested, indent + "  ");
            } else {
                text.append(' ').append(chosen((ConfigNode) value)).append('\n');
            }
        });
    }

    /** A list that is one value of an axis is in a list of its own; otherwise the training would take it for the axis. */
    private static String chosen(ConfigNode value) {
        boolean isOneOfMany = value instanceof Mapping
                || value instanceof Sequence list && !list.items().isEmpty();
        return isOneOfMany ? "[" + flow(value) + "]" : flow(value);
    }

    private static String flow(ConfigNode node) {
        if (node instanceof Sequence list) {
            return list.items().stream().map(ConfigWriter::flow).collect(Collectors.joining(", ", "[", "]"));
        }
        if (node instanceof Mapping mapping) {
            return mapping.entries().stream()
                    .map(entry -> scalar(entry.key().value()) + ": " + flow(entry.value()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return scalar(((Scalar) node).value());
    }

    private static String scalar(@Nullable Object value) {
        if (value instanceof String word) {
            return word(word);
        }
        return value instanceof Double number ? TrainingScalars.text(number) : String.valueOf(value);
    }

    private static String word(String text) {
        boolean isSafe = WORD.matcher(text).matches() && !RESERVED.contains(text.toLowerCase(Locale.ROOT));
        return isSafe ? text : quoted(text);
    }

    /** JSON's quotes are YAML's too; what YAML does not allow to be there as it is, is escaped. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder();
        Json.text(text).chars().forEach(unit -> {
            if (unit < 0x7f || (unit >= 0xa0 && unit < 0x2000) || (unit >= 0x3000 && unit < 0xfb00)) {
                quoted.append((char) unit);
            } else {
                quoted.append(String.format("\\u%04x", unit));
            }
        });
        return quoted.toString();
    }
}
