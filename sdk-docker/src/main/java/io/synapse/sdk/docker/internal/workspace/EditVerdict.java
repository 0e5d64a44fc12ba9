package io.synapse.sdk.docker.internal.workspace;

import java.util.List;

/** What becomes of an edit. Only {@link Edited} changes the file. */
sealed interface EditVerdict {
    /**
     * The text was found and can be replaced.
     *
     * @param content of the file from now on
     * @param occurrences how many are replaced
     */
    record Edited(String content, int occurrences) implements EditVerdict {}

    /** The text to put in is the one that is there, perhaps but for line ends that the file does not have. */
    record SameText() implements EditVerdict {}

    /** There is nothing to look for: an empty text is found everywhere. Only an empty file can be filled with it. */
    record NothingToFind() implements EditVerdict {}

    /** The text is not there. */
    record NotFound() implements EditVerdict {}

    /**
     * The text is not there, as it ends with a line end, and the file ends with the same text without one.
     *
     * @param occurrences how often the text without it is in the file
     */
    record FoundWithoutLastLineEnd(int occurrences) implements EditVerdict {}

    /**
     * The text is there more than once, and not all were asked for.
     *
     * @param count how often
     * @param lines on which lines it begins, counted from 1: the first ones of all
     */
    record SeveralMatches(int count, List<Integer> lines) implements EditVerdict {}

    /** The file is not UTF-8: to write it back would change more than was asked for. */
    record NotText() implements EditVerdict {}

    /** The file would be too large afterwards. */
    record TooLarge(long characters) implements EditVerdict {}
}
