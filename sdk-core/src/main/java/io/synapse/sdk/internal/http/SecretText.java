package io.synapse.sdk.internal.http;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the values of secret names in text: {@code name=value}, {@code name: value}, {@code "name": "value"},
 * {@code --name value}, in JSON, Python and Java notation, in URLs and headers. Takes time proportional to the length of
 * the text. Used once.
 */
final class SecretText {
    /** A name, its closing quote, and what separates it from its value. */
    private static final Pattern NAME =
            Pattern.compile("(?<![A-Za-z0-9_.-])((?:(?i:api|access|secret|private) )?-{0,2}[A-Za-z_][A-Za-z0-9_.-]*+)"
                    + "(\\\\*[\"'`]?)\\]?((?:\\s*+(?:=>|:=|==?|:)|(?=\\s))\\s*+)");

    private static final Pattern SCHEME =
            Pattern.compile("(?i)(?:Bearer|Basic|Token|Negotiate|NTLM|ApiKey)\\s+(?=\\S)");

    /** A header may end the line that it is in, or the text, and have blanks and semicolons in its value. */
    private static final Pattern WHOLE_LINE = Pattern.compile("(?i)(?:proxy-)?authorization|(?:set-)?cookie2?");

    private static final Pattern NEXT_ENTRY =
            Pattern.compile("[&;,]\\s*[\\w.-]+[=:]|[,;](?:\\s|$)|[)\\]}]+(?:[^\\w]|$)");
    private static final Pattern NEXT_VARIABLE = Pattern.compile(",\\s*[A-Za-z_]\\w*=");
    private static final Pattern PROSE = Pattern.compile("[A-Za-z]+,? [a-z]+(?![\\w=]).*", Pattern.DOTALL);
    private static final Pattern NAMED_IN_PROSE = Pattern.compile("(?i).*(?:token|password|passwd|passphrase|key)");
    private static final Set<String> NO_VALUES =
            Set.of("null", "none", "nil", "true", "false", "undefined", Secrets.MASK);

    private final String text;
    private final StringBuilder masked = new StringBuilder();
    private int copied;

    SecretText(String text) {
        this.text = text;
    }

    String masked() {
        mask(0, text.length(), false);
        return masked.append(text, copied, text.length()).toString();
    }

    private void mask(int start, int end, boolean everyName) {
        Matcher names = NAME.matcher(text);
        names.useTransparentBounds(true);
        int from = start;
        while (from < end && names.region(from, end).find()) {
            String name = names.group(1);
            int value = names.end();
            from = names.end(1);
            if (value >= end || names.group(3).isBlank() && !name.startsWith("--") && !isNamedInProse(names)) {
                continue; // a word like any other
            }
            if (!everyName && SecretNames.isEnvironment(name) && "{[(".indexOf(text.charAt(value)) >= 0) {
                int close = closing(value, end);
                mask(value + 1, close, true);
                from = Math.max(close, from);
            } else {
                from = Math.max(from, maskValue(names, value, end, everyName));
            }
        }
    }

    /** Masks a value if it is a secret, and returns where to go on; 0 if it is none. */
    private int maskValue(Matcher names, int start, int end, boolean everyName) {
        String name = names.group(1);
        boolean isParameter = names.start(1) > 0 && "?&".indexOf(text.charAt(names.start(1) - 1)) >= 0;
        if (!everyName && !SecretNames.isSecret(name, "") && !(isParameter && SecretNames.isSecretParameter(name))) {
            return 0;
        }
        boolean isProse = names.group(2).isEmpty() && names.group(3).contains(":");
        int quote = quoteAt(start, end);
        int valueStart = quote < 0 ? afterScheme(start, end) : quote + 1;
        int valueEnd;
        if (quote >= 0) {
            valueEnd = closingQuote(start, quote, end);
        } else if ("{[".indexOf(text.charAt(start)) >= 0 && !(isProse && isAlone(start, end))) {
            valueEnd = Math.min(end, closing(start, end) + 1);
        } else {
            valueEnd = endOfPlain(names, valueStart, end, everyName);
        }
        String value = text.substring(valueStart, valueEnd);
        if (!everyName && !isParameter && !SecretNames.isSecret(name, value)
                || value.chars().noneMatch(Character::isLetterOrDigit)
                || NO_VALUES.contains(value.toLowerCase(Locale.ROOT))
                || name.startsWith("--") && value.startsWith("-")
                || isProse && quote < 0 && valueStart == start && isProse(start, end)) {
            return 0;
        }
        masked.append(text, copied, valueStart).append(Secrets.MASK);
        copied = valueEnd;
        return valueEnd;
    }

    /** Whether it is as in "the token 'abc' is wrong"; a parser's "unexpected token 'abc'" means another one. */
    private boolean isNamedInProse(Matcher names) {
        return names.group(2).isEmpty()
                && NAMED_IN_PROSE.matcher(names.group(1)).matches()
                && quoteAt(names.end(), text.length()) >= 0
                && !text.substring(Math.max(0, names.start() - 13), names.start())
                        .toLowerCase(Locale.ROOT)
                        .matches(".*(?:unexpected|unrecognized) +");
    }

    /** Whether what follows is a sentence about the secret: "token: must not be empty". */
    private boolean isProse(int start, int end) {
        return PROSE.matcher(text).region(start, Math.min(end, start + 100)).matches();
    }

    private boolean isAlone(int start, int end) {
        return start + 1 >= end || Character.isWhitespace(text.charAt(start + 1));
    }

    private int afterScheme(int start, int end) {
        Matcher scheme = SCHEME.matcher(text).region(start, end);
        return scheme.lookingAt() ? scheme.end() : start;
    }

    private int endOfPlain(Matcher names, int start, int end, boolean everyName) {
        int before = names.start(1) - 1;
        if (before >= 0
                && "\"'`".indexOf(text.charAt(before)) >= 0
                && names.group(2).isEmpty()) {
            int close = text.indexOf(text.charAt(before), start); // 'NAME=a value with blanks'
            return close < 0 || close > end ? end : withoutBackslashes(start, close);
        }
        if (everyName) {
            Matcher next = NEXT_VARIABLE.matcher(text).region(start, end);
            return next.find() ? next.start() : end;
        }
        boolean wholeLine = WHOLE_LINE.matcher(names.group(1)).matches();
        Matcher next = NEXT_ENTRY.matcher(text);
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\r' || !wholeLine && (Character.isWhitespace(c) || "\"'`<>".indexOf(c) >= 0)) {
                return withoutBackslashes(start, i);
            }
            if (!wholeLine
                    && "&;,)]}".indexOf(c) >= 0
                    && i > start
                    && next.region(i, end).lookingAt()) {
                return i;
            }
        }
        return end;
    }

    private int withoutBackslashes(int start, int close) {
        int end = close;
        while (end > start && text.charAt(end - 1) == '\\') {
            end--;
        }
        return end;
    }

    /** The index of the quote that opens a value, which backslashes or Python's {@code b} may precede; -1 for none. */
    private int quoteAt(int start, int end) {
        int i = start;
        if (i < end && "bruf".indexOf(text.charAt(i)) >= 0) {
            i++;
        }
        while (i < end && text.charAt(i) == '\\') {
            i++;
        }
        return i < end && "\"'`".indexOf(text.charAt(i)) >= 0 ? i : -1;
    }

    /** Where the value in quotes ends: before the same number of backslashes and the same quote, or at the end. */
    private int closingQuote(int start, int quote, int end) {
        String opening = text.substring(start, quote + 1).replaceFirst("^[bruf]", "");
        for (int i = quote + 1; i < end; i++) {
            if (text.startsWith(opening, i)) {
                return i;
            }
            if (text.charAt(i) == '\\') {
                i++;
            }
        }
        return end;
    }

    /** The index of the bracket that closes the one here, or the end. */
    private int closing(int open, int end) {
        int depth = 0;
        for (int i = open; i < end; i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\'' && !Character.isLetterOrDigit(text.charAt(i - 1))) {
                i = closingQuote(i, i, end);
            } else if ("{[(".indexOf(c) >= 0) {
                depth++;
            } else if (")]}".indexOf(c) >= 0 && --depth == 0) {
                return i;
            }
        }
        return end;
    }
}
