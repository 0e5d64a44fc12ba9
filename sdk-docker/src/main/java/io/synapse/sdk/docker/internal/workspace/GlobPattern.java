package io.synapse.sdk.docker.internal.workspace;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A pattern of file names (wire/workspace.md, section 2). Without a {@code /} it is for the base name at any depth; with
 * one, for the path below a folder, to which a leading {@code /} binds it. {@code *} and {@code ?} stay within a name,
 * {@code **} is any number of folders, {@code [abc]}, {@code [!a]} and {@code [^a]} are classes, and {@code {a,b}} are
 * alternatives, also nested. A name that begins with a dot is only matched by a segment that does. Immutable.
 */
final class GlobPattern {
    private static final int MOST_EXPANSIONS = 1_000;

    private final List<List<Segment>> alternatives;

    private GlobPattern(List<List<Segment>> alternatives) {
        this.alternatives = alternatives;
    }

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException when it is empty, has {@code ..} for a segment, or more than 1,000 expansions
     */
    static GlobPattern of(String pattern) {
        List<List<Segment>> alternatives = new ArrayList<>();
        for (String each : expansions(pattern)) {
            alternatives.add(segments(each));
        }
        return new GlobPattern(alternatives);
    }

    /** Whether it is for the file at this path, whose names are divided by {@code /}. */
    boolean matches(String path) {
        String[] names = path.split("/");
        return alternatives.stream().anyMatch(segments -> matches(segments, 0, names, 0));
    }

    private static boolean matches(List<Segment> segments, int segment, String[] names, int name) {
        if (segment == segments.size()) {
            return name == names.length;
        }
        if (!segments.get(segment).isAnyDepth()) {
            return name < names.length
                    && segments.get(segment).matches(names[name])
                    && matches(segments, segment + 1, names, name + 1);
        }
        for (int next = name; next <= names.length; next++) {
            if (matches(segments, segment + 1, names, next)) {
                return true;
            }
            if (next < names.length && names[next].startsWith(".")) {
                return false; // not into hidden folders
            }
        }
        return false;
    }

    private static List<Segment> segments(String pattern) {
        String relative = pattern.startsWith("/") ? pattern.substring(1) : pattern;
        if (relative.isEmpty()) {
            throw new IllegalArgumentException("the pattern is empty");
        }
        List<Segment> segments = new ArrayList<>();
        if (pattern.indexOf('/') < 0) {
            segments.add(Segment.ANY_DEPTH);
        }
        for (String part : relative.split("/", -1)) {
            if (part.equals("..")) {
                throw new IllegalArgumentException("a pattern cannot lead out of its folder with ..");
            }
            boolean repeats =
                    !segments.isEmpty() && segments.get(segments.size() - 1).isAnyDepth();
            if (part.equals("**") && !repeats) {
                segments.add(Segment.ANY_DEPTH);
            } else if (!part.equals("**") && !part.equals(".") && !part.isEmpty()) {
                segments.add(Segment.of(part));
            }
        }
        if (segments.get(segments.size() - 1).isAnyDepth()) {
            segments.add(Segment.of("*")); // files, not folders
        }
        return segments;
    }

    /** All patterns without braces that this one stands for. */
    private static Set<String> expansions(String pattern) {
        Set<String> done = new LinkedHashSet<>();
        List<String> open = new ArrayList<>(List.of(pattern));
        while (!open.isEmpty()) {
            String next = open.remove(open.size() - 1);
            int start = firstBrace(next);
            if (start < 0) {
                done.add(next);
            } else {
                int end = closing(next, start);
                for (String choice : choices(next.substring(start + 1, end))) {
                    open.add(next.substring(0, start) + choice + next.substring(end + 1));
                }
            }
            if (done.size() + open.size() > MOST_EXPANSIONS) {
                throw new IllegalArgumentException("the pattern stands for more than " + MOST_EXPANSIONS + " others");
            }
        }
        return done;
    }

    /** Where alternatives begin; -1 where there are none. A brace without a comma or an end is a character like others. */
    private static int firstBrace(String pattern) {
        for (int start = pattern.indexOf('{'); start >= 0; start = pattern.indexOf('{', start + 1)) {
            int end = closing(pattern, start);
            if (end > 0 && choices(pattern.substring(start + 1, end)).size() > 1) {
                return start;
            }
        }
        return -1;
    }

    private static int closing(String pattern, int start) {
        int depth = 0;
        for (int index = start; index < pattern.length(); index++) {
            char each = pattern.charAt(index);
            depth += each == '{' ? 1 : each == '}' ? -1 : 0;
            if (depth == 0) {
                return index;
            }
        }
        return -1;
    }

    private static List<String> choices(String inside) {
        List<String> choices = new ArrayList<>();
        int depth = 0;
        int from = 0;
        for (int index = 0; index < inside.length(); index++) {
            char each = inside.charAt(index);
            depth += each == '{' ? 1 : each == '}' ? -1 : 0;
            if (each == ',' && depth == 0) {
                choices.add(inside.substring(from, index));
                from = index + 1;
            }
        }
        choices.add(inside.substring(from));
        return choices;
    }

    /**
     * The pattern of one name.
     *
     * @param name matches it; that of any depth matches nothing itself
     * @param takesHidden whether names that begin with a dot are for it
     */
    private record Segment(Pattern name, boolean takesHidden) {
        private static final Segment ANY_DEPTH = new Segment(Pattern.compile("(?!)"), false);

        static Segment of(String glob) {
            StringBuilder regex = new StringBuilder();
            int index = 0;
            while (index < glob.length()) {
                int each = glob.codePointAt(index);
                int end = each == '[' ? classEnd(glob, index) : -1;
                if (each == '*') {
                    regex.append(".*");
                } else if (each == '?') {
                    regex.append('.');
                } else if (end > 0) {
                    regex.append(characterClass(glob.substring(index + 1, end)));
                    index = end;
                } else {
                    regex.append(Pattern.quote(Character.toString(each)));
                }
                index += Character.charCount(glob.codePointAt(index));
            }
            return new Segment(Pattern.compile(regex.toString(), Pattern.DOTALL), glob.startsWith("."));
        }

        boolean isAnyDepth() {
            return this == ANY_DEPTH;
        }

        boolean matches(String text) {
            return (takesHidden || !text.startsWith(".")) && name.matcher(text).matches();
        }

        /** The end of a class; -1 where the bracket is a character like others. A bracket that comes first is one of it. */
        private static int classEnd(String glob, int start) {
            int first = start + 1 < glob.length() && "!^".indexOf(glob.charAt(start + 1)) >= 0 ? start + 2 : start + 1;
            return glob.indexOf(']', first + 1);
        }

        private static String characterClass(String inside) {
            boolean negated = inside.startsWith("!") || inside.startsWith("^");
            String characters = negated ? inside.substring(1) : inside;
            return (negated ? "[^" : "[") + characters.replaceAll("([\\\\\\[\\]&^])", "\\\\$1") + "]";
        }
    }
}
