package io.synapse.sdk.experiments.internal.mlflow;

import io.synapse.sdk.experiments.internal.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The filter of a search: comparisons with {@code =}, {@code !=}, {@code <}, {@code <=}, {@code >}, {@code >=} and
 * {@code like}, joined by {@code and}. A run that lacks what is compared does not match.
 */
final class MlflowFilter {
    private static final Pattern COMPARISON =
            Pattern.compile("\\s*(?:(?<kind>metrics?|params?|tags?|attributes?|attr|run)\\.)?"
                    + "(?<key>[\\w./-]+|\"[^\"]+\"|`[^`]+`)\\s*(?<word>!=|<=|>=|=|<|>|(?i:like)\\b)\\s*"
                    + "(?<value>'[^']*'|\"[^\"]*\"|[+-]?[0-9.]+(?:[eE][+-]?\\d+)?)\\s*(?<rest>(?i:and)\\b|$)");

    private MlflowFilter() {}

    /** What is compared of a run. */
    interface Subject {
        /** The value of a metric, parameter, tag or attribute: a text or a number; null for none. */
        @Nullable
        Object value(String kind, String key);
    }

    /**
     * Reads a filter.
     *
     * @throws Failure when it has anything else: 400
     */
    static Predicate<Subject> of(String filter) {
        List<Predicate<Subject>> all = new ArrayList<>();
        Matcher comparison = COMPARISON.matcher(filter);
        int at = 0;
        boolean isMore = !filter.isBlank();
        while (isMore) {
            if (!comparison.find(at) || comparison.start() != at) {
                throw Failure.badRequest("the filter cannot be read from here on: " + filter.substring(at));
            }
            all.add(comparison(comparison));
            at = comparison.end();
            isMore = !comparison.group("rest").isEmpty();
        }
        return subject -> all.stream().allMatch(one -> one.test(subject));
    }

    private static Predicate<Subject> comparison(Matcher match) {
        String kind = kind(match.group("kind"));
        String key = unquoted(match.group("key"));
        String word = match.group("word").toLowerCase(Locale.ROOT);
        String value = match.group("value");
        boolean isText = value.startsWith("'") || value.startsWith("\"");
        if (word.equals("like")) {
            Pattern like = like(unquoted(value));
            return subject -> subject.value(kind, key) instanceof String text
                    && like.matcher(text).matches();
        }
        Object wanted = isText ? unquoted(value) : number(value);
        return subject -> {
            Object found = subject.value(kind, key);
            return found != null && holds(word, compare(found, wanted));
        };
    }

    private static int compare(Object found, Object wanted) {
        return found instanceof Number number && wanted instanceof Double other
                ? Double.compare(number.doubleValue(), other)
                : String.valueOf(found).compareTo(String.valueOf(wanted));
    }

    private static boolean holds(String word, int order) {
        return switch (word) {
            case "=" -> order == 0;
            case "!=" -> order != 0;
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
        };
    }

    private static String kind(@Nullable String kind) {
        return kind == null || kind.startsWith("attr") || kind.equals("run") ? "attribute" : kind.replaceAll("s$", "");
    }

    private static Double number(String text) {
        try {
            return Double.valueOf(text);
        } catch (NumberFormatException e) {
            throw Failure.badRequest("the filter has " + text + ", which is no number");
        }
    }

    private static Pattern like(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (String part : pattern.split("(?=[%_])|(?<=[%_])")) {
            regex.append(part.equals("%") ? ".*" : part.equals("_") ? "." : Pattern.quote(part));
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    private static String unquoted(String text) {
        return text.startsWith("'") || text.startsWith("\"") || text.startsWith("`")
                ? text.substring(1, text.length() - 1)
                : text;
    }
}
