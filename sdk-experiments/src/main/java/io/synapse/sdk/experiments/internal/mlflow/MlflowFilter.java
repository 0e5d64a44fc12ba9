package io.synapse.sdk.experiments.internal.mlflow;

import io.synapse.sdk.experiments.internal.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the filters and the orders of searches: comparisons with {@code =}, {@code !=}, {@code <}, {@code <=}, {@code >},
 * {@code >=}, {@code like}, {@code ilike}, {@code in} and {@code not in}, joined by {@code and}. Used once.
 */
final class MlflowFilter {
    /** What an expression of SQLite may be nested to at most is 1,000. */
    private static final int MAX_COMPARISONS = 100;

    private static final Pattern TOKEN = Pattern.compile("\\s*+(?:(?<text>'[^']*+'|\"[^\"]*+\")|(?<tick>`[^`]*+`)"
            + "|(?<number>[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?(?![\\w.]))"
            + "|(?<word>[\\w./:-]+)|(?<sign>!=|<=|>=|=|<|>|\\(|\\)|,))\\s*+");

    private static final Set<String> SIGNS = Set.of("=", "!=", "<", "<=", ">", ">=");

    private final String text;
    private final Matcher token;
    private int at;
    private boolean isThere;

    private MlflowFilter(String text) {
        this.text = text.strip();
        token = TOKEN.matcher(this.text);
        advance(0);
    }

    /**
     * What is compared or sorted by.
     *
     * @param kind as it is written before the dot, for instance {@code metrics}; empty for none
     */
    record Term(String kind, String key) {}

    /**
     * A comparison.
     *
     * @param operator in upper case
     * @param value a {@link Double}, a {@link String}, or a list of texts for IN and NOT IN
     */
    record Comparison(Term term, String operator, Object value) {}

    /** By what it is sorted. */
    record Order(Term term, boolean isDescending) {}

    /**
     * Reads a filter.
     *
     * @throws Failure when it has anything else: 400
     */
    static List<Comparison> comparisons(String filter) {
        MlflowFilter reader = new MlflowFilter(filter);
        List<Comparison> all = new ArrayList<>();
        if (reader.text.isEmpty()) {
            return all;
        }
        do {
            all.add(reader.comparison());
        } while (reader.takes("AND"));
        if (reader.at < reader.text.length()) {
            throw reader.unreadable();
        }
        if (all.size() > MAX_COMPARISONS) {
            throw Failure.badRequest("the filter has more than " + MAX_COMPARISONS + " comparisons");
        }
        return all;
    }

    /**
     * Reads an order, for instance {@code metrics.loss DESC}.
     *
     * @throws Failure when it is none: 400
     */
    static Order order(String order) {
        MlflowFilter reader = new MlflowFilter(order);
        Term term = reader.term();
        boolean isDescending = reader.takes("DESC");
        if (!isDescending) {
            reader.takes("ASC");
        }
        if (reader.at < reader.text.length()) {
            throw reader.unreadable();
        }
        return new Order(term, isDescending);
    }

    private Comparison comparison() {
        Term term = term();
        String operator = operator();
        if (!operator.endsWith("IN")) {
            return new Comparison(term, operator, value());
        }
        List<String> values = new ArrayList<>();
        expect("(");
        while (values.isEmpty() || takes(",") && !is(")")) {
            values.add(quoted());
        }
        expect(")");
        return new Comparison(term, operator, values);
    }

    private Term term() {
        @Nullable String name = group("tick");
        if (name != null) {
            take();
            return new Term("", inner(name));
        }
        String word = word();
        int dot = word.indexOf('.');
        if (dot < 0) {
            return new Term("", word);
        }
        String key = word.substring(dot + 1);
        if (!key.isEmpty()) {
            return new Term(word.substring(0, dot), key);
        }
        name = group("tick") == null ? group("text") : group("tick");
        if (name == null) {
            throw unreadable();
        }
        take();
        return new Term(word.substring(0, dot), inner(name));
    }

    private String operator() {
        @Nullable String sign = group("sign");
        if (sign != null && SIGNS.contains(sign)) {
            take();
            return sign;
        }
        for (String operator : List.of("LIKE", "ILIKE", "IN")) {
            if (takes(operator)) {
                return operator;
            }
        }
        expect("NOT");
        expect("IN");
        return "NOT IN";
    }

    private Object value() {
        @Nullable String number = group("number");
        if (number == null) {
            return quoted();
        }
        take();
        return Double.valueOf(number);
    }

    private String quoted() {
        @Nullable String quoted = group("text");
        if (quoted == null) {
            throw unreadable();
        }
        take();
        return inner(quoted);
    }

    private String word() {
        @Nullable String word = group("word");
        if (word == null) {
            throw unreadable();
        }
        take();
        return word;
    }

    private void expect(String wanted) {
        if (!takes(wanted)) {
            throw unreadable();
        }
    }

    private boolean takes(String wanted) {
        boolean is = is(wanted);
        if (is) {
            take();
        }
        return is;
    }

    private boolean is(String wanted) {
        @Nullable String word = group("word");
        return wanted.equals(word == null ? group("sign") : word.toUpperCase(Locale.ROOT));
    }

    private @Nullable String group(String name) {
        return isThere ? token.group(name) : null;
    }

    private void take() {
        advance(token.end());
    }

    private void advance(int next) {
        at = next;
        token.region(next, text.length());
        isThere = token.lookingAt();
    }

    private Failure unreadable() {
        return Failure.badRequest("Invalid clause(s) in filter or order: it cannot be read from here on: "
                + text.substring(at, Math.min(text.length(), at + MAX_COMPARISONS)));
    }

    private static String inner(String quoted) {
        return quoted.substring(1, quoted.length() - 1);
    }
}
