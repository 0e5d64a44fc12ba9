package io.synapse.sdk.docker.internal.workspace;

import io.synapse.sdk.BadRequestException;
import java.util.ArrayList;
import java.util.List;

/**
 * A pattern of file names (wire/workspace.md, section 2). Without a {@code /} it is for the base name at any depth; with
 * one, for the path below a folder, to which a leading {@code /} binds it. {@code *} and {@code ?} stay within a name,
 * {@code **} is any number of folders, {@code [abc]}, {@code [!a]} and {@code [^a]} are classes, and {@code {a,b}} are
 * alternatives, also nested. A name that begins with a dot is only matched by a segment that does; what has no
 * {@code /} asks nothing of the folders. Only files are looked for, so a pattern that ends in {@code /} matches nothing.
 *
 * <p>Patterns are written by a model: the time of a match is bounded by the length of the pattern times that of the
 * path, whatever they are. Immutable.
 */
final class GlobPattern {
    private final boolean forBaseName;
    private final List<List<NamePattern>> alternatives;

    private GlobPattern(boolean forBaseName, List<List<NamePattern>> alternatives) {
        this.forBaseName = forBaseName;
        this.alternatives = alternatives;
    }

    /**
     * Reads a pattern.
     *
     * @throws BadRequestException when it names nothing, has {@code ..} for a segment, or stands for more than
     *     1,000 others
     */
    static GlobPattern of(String pattern) {
        boolean forBaseName = pattern.indexOf('/') < 0; // of the whole, not of each alternative
        boolean empty = true;
        List<List<NamePattern>> alternatives = new ArrayList<>();
        for (String each : BraceExpansion.of(pattern)) {
            List<String> names = names(each, forBaseName);
            empty &= names.isEmpty();
            boolean forFolders = !names.isEmpty()
                    && (each.endsWith("/") || each.endsWith("/."))
                    && !names.get(names.size() - 1).equals("**");
            if (!names.isEmpty() && !forFolders) {
                alternatives.add(segments(names));
            }
        }
        if (empty) {
            throw BadRequestException.refused("the pattern is empty");
        }
        return new GlobPattern(forBaseName, alternatives);
    }

    /** Whether it is for the file at this path below the folder, whose names are divided by {@code /}. */
    boolean matches(String path) {
        String[] names = forBaseName ? new String[] {path.substring(path.lastIndexOf('/') + 1)} : path.split("/");
        return alternatives.stream().anyMatch(segments -> matches(segments, names));
    }

    /**
     * Follows all ways through the segments at the same time: trying one after another takes a time that is exponential
     * in the number of {@code **}.
     */
    private static boolean matches(List<NamePattern> segments, String[] names) {
        boolean[] reached = new boolean[segments.size() + 1];
        reached[0] = true;
        for (String name : names) {
            boolean[] next = new boolean[reached.length];
            for (int index = 0; index < segments.size(); index++) {
                if (!reached[index]) {
                    continue;
                }
                NamePattern segment = segments.get(index);
                if (segment == NamePattern.ANY_DEPTH) {
                    reached[index + 1] = true;
                    next[index] |= !name.startsWith("."); // not into hidden folders
                } else if (segment.matches(name)) {
                    next[index + 1] = true;
                }
            }
            reached = next;
        }
        return reached[segments.size()];
    }

    /** The parts between the slashes that are not the folder itself. */
    private static List<String> names(String pattern, boolean forBaseName) {
        List<String> names = new ArrayList<>();
        for (String part : pattern.split("/")) {
            if (part.equals("..")) {
                throw BadRequestException.refused("a pattern cannot lead out of its folder with ..");
            }
            if (!part.isEmpty() && (forBaseName || !part.equals("."))) {
                names.add(part);
            }
        }
        return names;
    }

    private static List<NamePattern> segments(List<String> names) {
        List<NamePattern> segments = new ArrayList<>();
        for (String name : names) {
            segments.add(name.equals("**") ? NamePattern.ANY_DEPTH : NamePattern.of(name));
        }
        if (segments.get(segments.size() - 1) == NamePattern.ANY_DEPTH) {
            segments.add(NamePattern.of("*")); // files, not the folder
        }
        return segments;
    }
}
