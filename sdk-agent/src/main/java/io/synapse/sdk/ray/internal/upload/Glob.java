package io.synapse.sdk.ray.internal.upload;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Converts a shell pattern in git's syntax into a regular expression. Used once. */
final class Glob {
    private static final Map<String, String> CLASSES = Map.ofEntries(
            Map.entry("alnum", "\\p{Alnum}"),
            Map.entry("alpha", "\\p{Alpha}"),
            Map.entry("blank", "\\p{Blank}"),
            Map.entry("cntrl", "\\p{Cntrl}"),
            Map.entry("digit", "\\p{Digit}"),
            Map.entry("graph", "\\p{Graph}"),
            Map.entry("lower", "\\p{Lower}"),
            Map.entry("print", "\\p{Print}"),
            Map.entry("punct", "\\p{Punct}"),
            Map.entry("space", "\\p{Space}"),
            Map.entry("upper", "\\p{Upper}"),
            Map.entry("xdigit", "\\p{XDigit}"));

    private final String glob;

    /** The length of the text before the first special character. */
    private final int prefixLength;

    private final StringBuilder regex = new StringBuilder();
    private int at;

    Glob(String glob) {
        this.glob = glob;
        this.prefixLength =
                (int) glob.chars().takeWhile(c -> "*?[\\".indexOf(c) < 0).count();
    }

    /** The regular expression; empty if the pattern is invalid and matches nothing. */
    Optional<Pattern> regex() {
        while (at < glob.length()) {
            char c = glob.charAt(at++);
            boolean valid = switch (c) {
                case '*' -> stars();
                case '?' -> append("[^/]");
                case '[' -> set();
                case '\\' -> at < glob.length() && literal(glob.charAt(at++));
                default -> literal(c);
            };
            if (!valid) {
                return Optional.empty();
            }
        }
        return Optional.of(Pattern.compile(regex.toString(), Pattern.DOTALL));
    }

    /** Two stars or more between slashes match any folders; other stars match anything but a slash. */
    private boolean stars() {
        int first = at - 1;
        while (at < glob.length() && glob.charAt(at) == '*') {
            at++;
        }
        // git compares the text before the first special character separately: a name starts after it
        boolean startsName = first == prefixLength || glob.charAt(first - 1) == '/';
        boolean anyFolders = at - first >= 2 && startsName;
        if (anyFolders && at < glob.length() && glob.charAt(at) == '/') {
            at++;
            return append("(?:.*/)?");
        }
        return append(anyFolders && at == glob.length() ? ".*" : "[^/]*");
    }

    /** A set of characters, without the slash. */
    private boolean set() {
        StringBuilder members = new StringBuilder();
        boolean negated = at < glob.length() && (glob.charAt(at) == '!' || glob.charAt(at) == '^');
        at += negated ? 1 : 0;
        int first = at;
        while (at < glob.length() && (glob.charAt(at) != ']' || at == first)) {
            if (!member(members)) {
                return false;
            }
        }
        if (at == glob.length()) {
            return false;
        }
        at++;
        if (members.isEmpty()) {
            return append(negated ? "[^/]" : "(?!)");
        }
        return append("(?!/)[" + (negated ? "^" : "") + members + "]");
    }

    private boolean member(StringBuilder members) {
        int bracket = glob.startsWith("[:", at) ? glob.indexOf(']', at + 2) : -1;
        if (bracket > at + 2 && glob.charAt(bracket - 1) == ':') {
            String characterClass = CLASSES.get(glob.substring(at + 2, bracket - 1));
            if (characterClass == null) {
                return false;
            }
            members.append(characterClass);
            at = bracket + 1;
            return true;
        }
        int from = character();
        boolean range = at + 1 < glob.length() && glob.charAt(at) == '-' && glob.charAt(at + 1) != ']';
        at += range ? 1 : 0;
        int to = range ? character() : from;
        if (from < 0 || to < 0) {
            return false;
        }
        if (from <= to) { // a range that runs backwards is empty
            members.append(escaped((char) from)).append('-').append(escaped((char) to));
        }
        return true;
    }

    /** The next character of a set; -1 if a backslash ends the pattern. */
    private int character() {
        char c = glob.charAt(at++);
        if (c != '\\') {
            return c;
        }
        return at < glob.length() ? glob.charAt(at++) : -1;
    }

    private boolean literal(char c) {
        return append(escaped(c));
    }

    private boolean append(String part) {
        regex.append(part);
        return true;
    }

    private static String escaped(char c) {
        return Character.isLetterOrDigit(c) || c > 127 ? String.valueOf(c) : "\\" + c;
    }
}
