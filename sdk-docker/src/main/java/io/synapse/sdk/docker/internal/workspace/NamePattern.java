package io.synapse.sdk.docker.internal.workspace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The pattern of one name within a {@link GlobPattern}. Not a regular expression: those try all lengths of each
 * {@code *} in combination, which for {@code *a*a*a*a*b} and a long name takes practically forever. Immutable.
 */
final class NamePattern {
    /** Stands for any number of folders; matches no name itself. */
    static final NamePattern ANY_DEPTH = new NamePattern(new int[0], List.of(), false);

    private static final int ANY_TEXT = -1;
    private static final int ANY_CHARACTER = -2;
    private static final int FIRST_CLASS = -3;

    /** Code points; below zero the constants above, the classes counted downwards. */
    private final int[] elements;

    private final List<CharacterClass> classes;
    private final boolean takesHidden;

    private NamePattern(int[] elements, List<CharacterClass> classes, boolean takesHidden) {
        this.elements = elements;
        this.classes = classes;
        this.takesHidden = takesHidden;
    }

    static NamePattern of(String glob) {
        int[] elements = new int[glob.length()];
        int count = 0;
        List<CharacterClass> classes = new ArrayList<>();
        int index = 0;
        while (index < glob.length()) {
            int character = glob.codePointAt(index);
            int end = character == '[' ? classEnd(glob, index) : -1;
            if (end > 0) {
                elements[count++] = FIRST_CLASS - classes.size();
                classes.add(CharacterClass.of(glob.substring(index + 1, end)));
                index = end + 1;
            } else {
                elements[count++] = character == '*' ? ANY_TEXT : character == '?' ? ANY_CHARACTER : character;
                index += Character.charCount(character);
            }
        }
        return new NamePattern(Arrays.copyOf(elements, count), classes, glob.startsWith("."));
    }

    /** Whether it is for this name. A {@code *} takes as little as it can: only the last one ever has to take more. */
    boolean matches(String name) {
        if (!takesHidden && name.startsWith(".")) {
            return false;
        }
        int element = 0;
        int lastAnyText = -1;
        int textEnd = 0;
        int index = 0;
        while (index < name.length()) {
            if (element < elements.length && elements[element] == ANY_TEXT) {
                lastAnyText = element++;
                textEnd = index;
            } else if (element < elements.length && accepts(elements[element], name.codePointAt(index))) {
                element++;
                index = name.offsetByCodePoints(index, 1);
            } else if (lastAnyText >= 0) {
                element = lastAnyText + 1;
                textEnd = name.offsetByCodePoints(textEnd, 1);
                index = textEnd;
            } else {
                return false;
            }
        }
        while (element < elements.length && elements[element] == ANY_TEXT) {
            element++;
        }
        return element == elements.length;
    }

    private boolean accepts(int element, int character) {
        if (element <= FIRST_CLASS) {
            return classes.get(FIRST_CLASS - element).contains(character);
        }
        return element == ANY_CHARACTER || element == character;
    }

    /** The end of a class; -1 where the bracket is a character like others. A bracket that comes first is one of it. */
    private static int classEnd(String glob, int start) {
        int first = start + 1 < glob.length() && "!^".indexOf(glob.charAt(start + 1)) >= 0 ? start + 2 : start + 1;
        return glob.indexOf(']', first + 1);
    }

    /**
     * A set of characters.
     *
     * @param ranges the first and the last of each range, one after the other; a range that ends before it begins is
     *     empty
     */
    private record CharacterClass(boolean negated, int[] ranges) {
        static CharacterClass of(String inside) {
            boolean negated = inside.startsWith("!") || inside.startsWith("^");
            int[] characters = inside.substring(negated ? 1 : 0).codePoints().toArray();
            int[] ranges = new int[2 * characters.length];
            int count = 0;
            int index = 0;
            while (index < characters.length) {
                boolean range = index + 2 < characters.length && characters[index + 1] == '-';
                ranges[count++] = characters[index];
                ranges[count++] = characters[range ? index + 2 : index];
                index += range ? 3 : 1;
            }
            return new CharacterClass(negated, Arrays.copyOf(ranges, count));
        }

        boolean contains(int character) {
            for (int index = 0; index < ranges.length; index += 2) {
                if (ranges[index] <= character && character <= ranges[index + 1]) {
                    return !negated;
                }
            }
            return negated;
        }
    }
}
