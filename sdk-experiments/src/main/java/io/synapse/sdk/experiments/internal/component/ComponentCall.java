package io.synapse.sdk.experiments.internal.component;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A component as a config names it: {@code name} or {@code name(key=value, …)}.
 *
 * @param positional how many arguments have no name
 * @param named the names of the others
 */
public record ComponentCall(String name, int positional, Set<String> named) {
    private static final Pattern CALL =
            Pattern.compile("([A-Za-z_][A-Za-z0-9_]*+)\\s*+(?:\\((.*)\\))?", Pattern.DOTALL);
    private static final Pattern NAMED = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*+)\\s*+=.*", Pattern.DOTALL);

    /**
     * Reads one call, or several with {@code |} between them.
     *
     * @throws IllegalArgumentException when the text is something else; the message is a sentence
     */
    public static List<ComponentCall> parse(String text) {
        List<ComponentCall> calls = new ArrayList<>();
        for (String part : PythonSource.split(text, '|', '\0')) {
            Matcher matcher = CALL.matcher(part);
            if (!matcher.matches()) {
                throw new IllegalArgumentException("\"" + part + "\" is no name(arguments) of a component");
            }
            calls.add(of(matcher.group(1), matcher.group(2) == null ? "" : matcher.group(2)));
        }
        if (calls.isEmpty()) {
            throw new IllegalArgumentException("there is no name of a component");
        }
        return calls;
    }

    private static ComponentCall of(String name, String arguments) {
        Set<String> named = new LinkedHashSet<>();
        int positional = 0;
        for (String argument : PythonSource.split(arguments, ',', '\0')) {
            Matcher matcher = NAMED.matcher(argument);
            if (matcher.matches()) {
                named.add(matcher.group(1));
            } else {
                positional++;
            }
        }
        return new ComponentCall(name, positional, named);
    }

    /** The parameters that the source wants and this call does not give. */
    public List<String> missing(PythonSource source) {
        List<String> missing = new ArrayList<>();
        int index = 0;
        for (var parameter : source.parameters().entrySet()) {
            boolean isGiven = index++ < positional || named.contains(parameter.getKey());
            if (!isGiven && parameter.getValue().standard() == null) {
                missing.add(parameter.getKey());
            }
        }
        return missing;
    }
}
