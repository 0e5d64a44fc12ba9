package io.synapse.sdk.experiments.internal.component;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the text of a component tells without Python: the docstring of its class, and the parameters of the constructor.
 * Values that are computed, inherited parameters and what is read from the config at run time are not seen.
 */
public final class PythonSource {
    private static final Pattern CLASS = Pattern.compile("^class[ \\t]++\\w++[^\\n:]*+:[^\\n]*+", Pattern.MULTILINE);
    private static final Pattern DOCSTRING = Pattern.compile("[rRuU]?(\"\"\"|'''|\"|')(.*?)\\1", Pattern.DOTALL);
    private static final Pattern CONSTRUCTOR = Pattern.compile("\\bdef\\s+__init__\\s*\\(");
    private static final Pattern PARAMETER =
            Pattern.compile("(\\w++)\\s*+(?::(?<type>[^=]*+))?(?:=(?<standard>.*))?", Pattern.DOTALL);

    /** What a constructor has beside its own parameters: the object, and the config with all parameters. */
    private static final List<String> GENERAL = List.of("self", "cfg", "config");

    private final String description;
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();

    /**
     * A parameter of a constructor.
     *
     * @param type its annotation, if it has one
     * @param standard the text of its default; null when it has none and so must be given
     */
    public record Parameter(@Nullable String type, @Nullable String standard) {}

    private PythonSource(String text) {
        Matcher start = CLASS.matcher(text);
        String body = start.find() ? text.substring(start.end()) : text;
        String ofClass = docstring(body);
        description = ofClass.isEmpty() ? docstring(text) : ofClass;
        Matcher constructor = CONSTRUCTOR.matcher(body);
        if (constructor.find()) {
            split(body.substring(constructor.end()), ',', ')').forEach(this::add);
        }
    }

    /** Reads a source; any text is one. */
    public static PythonSource of(String text) {
        return new PythonSource(text);
    }

    /** The first line of the docstring of the class, or of the module; empty when there is none. */
    public String description() {
        return description;
    }

    /** The parameters of the constructor, in order, without those that take all others. */
    public Map<String, Parameter> parameters() {
        return parameters;
    }

    private void add(String parameter) {
        Matcher matcher = PARAMETER.matcher(parameter);
        if (matcher.matches() && !GENERAL.contains(matcher.group(1))) { // not *args, **kwargs, * and /
            parameters.put(
                    matcher.group(1),
                    new Parameter(stripped(matcher.group("type")), stripped(matcher.group("standard"))));
        }
    }

    private static @Nullable String stripped(@Nullable String text) {
        return text == null ? null : text.strip();
    }

    private static String docstring(String text) {
        Matcher matcher = DOCSTRING.matcher(text);
        return matcher.find()
                ? matcher.group(2).strip().lines().findFirst().orElse("").strip()
                : "";
    }

    private static int endOfLine(String text, int start) {
        int end = text.indexOf('\n', start);
        return end < 0 ? text.length() : end;
    }

    /**
     * Splits a text at a character that is in no brackets, no quotes and no comment, up to another such one.
     *
     * @param end where to stop; NUL for the end of the text
     * @return the parts, stripped, without comments and empty ones
     */
    static List<String> split(String text, char separator, char end) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (depth == 0 && c == end) {
                break;
            }
            if (depth == 0 && c == separator) {
                parts.add(part.toString().strip());
                part.setLength(0);
            } else if (c == '"' || c == '\'') {
                int closing = afterQuotes(text, i);
                part.append(text, i, closing);
                i = closing - 1;
            } else if (c == '#') {
                i = endOfLine(text, i) - 1;
            } else {
                part.append(c);
                depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
            }
        }
        parts.add(part.toString().strip());
        parts.removeIf(String::isEmpty);
        return parts;
    }

    /** After the closing quote, or the end of the text. */
    private static int afterQuotes(String text, int start) {
        for (int i = start + 1; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == text.charAt(start)) {
                return i + 1;
            }
        }
        return text.length();
    }
}
