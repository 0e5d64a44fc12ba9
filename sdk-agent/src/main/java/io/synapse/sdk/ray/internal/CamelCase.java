package io.synapse.sdk.ray.internal;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The camel case into which a dashboard converts names of fields, resources and nodes: the text up to the first
 * underscore is unchanged; in the rest, underscores are removed and each sequence of letters is capitalized, as
 * Python's {@code str.title} does (wire/ray.md, section 2).
 */
final class CamelCase {
    private CamelCase() {}

    /** Converts a name as the dashboard does. */
    static String of(String name) {
        int first = name.indexOf('_');
        if (first < 0) {
            return name;
        }
        StringBuilder camel = new StringBuilder(name.substring(0, first));
        boolean afterLetter = false;
        for (char c : name.substring(first).toCharArray()) {
            if (c != '_') {
                camel.append(afterLetter ? Character.toLowerCase(c) : Character.toUpperCase(c));
            }
            afterLetter = Character.isLetter(c);
        }
        return camel.toString();
    }

    /** Converts a field name of the dashboard to snake case. */
    static String toSnakeCase(String camel) {
        return camel.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }

    /** Maps camel case names to the original names, where these are unambiguous. */
    static Map<String, String> originals(Iterable<String> names) {
        Map<String, String> originals = new HashMap<>();
        for (String name : names) {
            originals.merge(of(name), name, (one, other) -> one.equals(other) ? one : of(name));
        }
        return originals;
    }
}
