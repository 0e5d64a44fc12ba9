package io.synapse.sdk.embedded.internal.plugin;

import io.synapse.sdk.embedded.internal.PrintableText;
import io.synapse.sdk.embedded.internal.backend.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a plugin's config.yaml says.
 *
 * @param code the plugin's code
 * @param version its version
 * @param actions its actions, in their order; none when it names none
 * @param values all of it
 */
record PluginConfig(String code, String version, List<PluginAction> actions, Map<String, @Nullable Object> values) {
    /** Where it is found in a plugin. */
    static final String FILE = "config.yaml";

    /** Enough for any; the document is held in memory. */
    static final int MAX_BYTES = 256 << 10;

    private static final int LONGEST_NAME = 100;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.+-]{1,100}");
    private static final Pattern ENTRYPOINT = Pattern.compile("[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*)*(:[A-Za-z_]\\w*)?");

    /**
     * Reads it.
     *
     * @param place what to call the file in a sentence
     * @throws RefusedException with status 400 and what is wrong
     */
    static PluginConfig parse(byte[] yaml, String place) {
        Map<String, @Nullable Object> values = ConfigDocument.read(yaml, place);
        return new PluginConfig(
                name(values, "code", place), name(values, "version", place), actions(values, place), values);
    }

    /**
     * Reads only the actions, of one that may say nothing else.
     *
     * @param place what to call the file in a sentence
     * @throws RefusedException with status 400 and what is wrong
     */
    static List<PluginAction> actions(byte[] yaml, String place) {
        return actions(ConfigDocument.read(yaml, place), place);
    }

    private static String name(Map<String, @Nullable Object> values, String field, String place) {
        Object value = values.get(field);
        if (value == null) {
            throw refused(place, "has no " + field);
        }
        if (value instanceof Number) {
            throw refused(
                    place, "has a number as its " + field + "; write it in quotes, so that it stays as it is written");
        }
        if (!(value instanceof String name) || !NAME.matcher(name).matches()) {
            throw refused(
                    place, "has a " + field + " that cannot be used: it must be 1 to 100 letters, digits, _ . + or -");
        }
        return name;
    }

    private static List<PluginAction> actions(Map<String, @Nullable Object> values, String place) {
        Object named = values.get("actions");
        if (named == null) {
            return List.of();
        }
        if (!(named instanceof Map<?, ?> map)) {
            throw refused(place, "has actions that are not a mapping of their names");
        }
        List<PluginAction> actions = new ArrayList<>();
        map.forEach((name, action) -> actions.add(action(String.valueOf(name), action, place)));
        return List.copyOf(actions);
    }

    private static PluginAction action(String name, @Nullable Object value, String place) {
        if (name.length() > LONGEST_NAME || !PrintableText.isPrintable(name)) {
            throw refused(
                    place,
                    "has an action whose name is longer than " + LONGEST_NAME
                            + " characters, or holds some that cannot be seen: " + PrintableText.of(name));
        }
        String action = "the action " + PrintableText.of(name);
        if (!(value instanceof Map<?, ?> fields) || !(fields.get("entrypoint") instanceof String entrypoint)) {
            throw refused(place, "gives " + action + " no entrypoint");
        }
        if (!ENTRYPOINT.matcher(entrypoint).matches()) {
            throw refused(
                    place,
                    "gives " + action + " the entrypoint " + PrintableText.of(entrypoint)
                            + ", which is not a Python path such as plugin.gradio_interface.app");
        }
        return new PluginAction(name, entrypoint, fields.get("method") instanceof String method ? method : null);
    }

    private static RefusedException refused(String place, String problem) {
        return new RefusedException(400, place + " " + problem);
    }
}
