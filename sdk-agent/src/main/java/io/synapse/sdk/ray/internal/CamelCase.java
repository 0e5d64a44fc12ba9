package io.synapse.sdk.ray.internal;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The camel case into which a dashboard puts the names of fields, and with them those of resources and nodes: the text up
 * to the first underscore as it is, then each part between underscores with a capital at every beginning of a word and
 * small letters after it, as Python's {@code str.title} does (wire/ray.md, section 2).
 */
final class CamelCase {
    private CamelCase() {}

    /** A name as the dashboard writes it. */
    static String of(String name) {
        int first = name.indexOf('_');
        if (first < 0) {
            return name;
        }
        StringBuilder camel = new StringBuilder(name.substring(0, first));
        boolean inWord = false;
        for (char c : name.substring(first).toCharArray()) {
            if (c != '_') {
                camel.append(inWord ? Character.toLowerCase(c) : Character.toUpperCase(c));
            }
            inWord = Character.isLetter(c);
        }
        return camel.toString();
    }

    /** A field name of the dashboard's as the models have it. */
    static String undone(String camel) {
        return camel.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }

    /** By what the dashboard makes of them, the names that are the only ones to become that. */
    static Map<String, String> backTo(Iterable<String> names) {
        Map<String, String> back = new HashMap<>();
        for (String name : names) {
            back.merge(of(name), name, (one, other) -> one.equals(other) ? one : of(name));
        }
        return back;
    }
}
