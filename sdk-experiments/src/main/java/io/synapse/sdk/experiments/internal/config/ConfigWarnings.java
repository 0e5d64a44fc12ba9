package io.synapse.sdk.experiments.internal.config;

import io.synapse.sdk.experiments.internal.config.ConfigNode.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;

/** Collects what in a config may not be meant. */
final class ConfigWarnings {
    /** More are not read by anyone. */
    private static final int MAX = 100;

    private static final ScalarResolver YAML_12 = new CoreScalarResolver(false);

    private static final Pattern EXPONENT = Pattern.compile("[-+]?([0-9]++\\.?[0-9]*+|\\.[0-9]++)[eE][-+]?[0-9]++");
    private static final Pattern ZERO_FIRST = Pattern.compile("[-+]?0[0-9]+");

    private final List<ConfigProblem> found = new ArrayList<>();
    private int bracketsWarnedOf;

    List<ConfigProblem> found() {
        return List.copyOf(found);
    }

    /** Warns of a word that is one value for the training and another by YAML 1.2. */
    void check(Scalar scalar, String word, Supplier<String> path) {
        @Nullable Object value = scalar.value();
        if (word.length() > 100 || value instanceof Long && word.equals(value.toString())) {
            return;
        }
        Tag tag = YAML_12.resolve(word, true);
        boolean isNumber = tag.equals(Tag.INT) || tag.equals(Tag.FLOAT);
        if (value instanceof String && isNumber) {
            add(
                    path,
                    scalar.line(),
                    "the training reads " + word + " as text; "
                            + (EXPONENT.matcher(word).matches()
                                    ? "as a number it is " + TrainingScalars.text(Double.parseDouble(word))
                                    : "quote it to say so"));
        } else if (word.equals("<<")) {
            add(path, scalar.line(), "the training merges << here; YAML 1.2 does not");
        } else if (differs(value, word, tag)) {
            add(
                    path,
                    scalar.line(),
                    "the training reads " + word + " as " + meaning(value) + "; YAML 1.2 reads "
                            + (isNumber ? "another number" : "text"));
        }
    }

    private static boolean differs(@Nullable Object value, String word, Tag tag) {
        if (value instanceof Long number && tag.equals(Tag.INT)) {
            return ZERO_FIRST.matcher(word).matches() && number != Long.parseLong(word);
        }
        return !(value instanceof String) && tag.equals(Tag.STR);
    }

    private static String meaning(@Nullable Object value) {
        return value instanceof Timestamp ? "a date" : String.valueOf(value);
    }

    /**
     * Warns of a list or mapping in brackets whose commas separate the arguments of a call.
     *
     * @param line of the collection
     * @param path of the collection
     */
    void checkBrackets(String word, int line, Supplier<String> path) {
        if (line != bracketsWarnedOf && isUnbalanced(word)) {
            bracketsWarnedOf = line;
            add(
                    path,
                    line,
                    "every comma separates: \"" + shortened(word)
                            + "\" is an element of its own; quote an element that has commas");
        }
    }

    private static boolean isUnbalanced(String word) {
        int depth = 0;
        for (int i = 0; i < word.length() && depth >= 0; i++) {
            depth += word.charAt(i) == '(' ? 1 : word.charAt(i) == ')' ? -1 : 0;
        }
        return depth != 0;
    }

    private static String shortened(String word) {
        return word.length() <= 60 ? word : word.substring(0, 59) + "…";
    }

    private void add(Supplier<String> path, int line, String message) {
        if (found.size() < MAX) {
            found.add(new ConfigProblem(path.get(), line, message));
        }
    }
}
