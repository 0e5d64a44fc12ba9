package io.synapse.sdk.workspace;

import io.synapse.sdk.BadRequestException;

/**
 * A replacement of text in a file. Immutable.
 *
 * @param oldText what is replaced. Where it is not in the file, it is looked for with the line ends {@code \r\n}, then
 *     {@code \n}, and the new text is given the same
 * @param newText what comes in its place
 * @param isAll whether all occurrences are replaced; otherwise there must be exactly one
 */
public record Edit(String oldText, String newText, boolean isAll) {
    /**
     * Checks the texts.
     *
     * @throws BadRequestException when both are the same
     */
    public Edit {
        if (oldText.equals(newText)) {
            throw BadRequestException.refused("the old and the new text are the same: nothing would change");
        }
    }

    /** Replaces the only occurrence of a text. */
    public static Edit replace(String oldText, String newText) {
        return new Edit(oldText, newText, false);
    }

    /** Replaces all occurrences. */
    public Edit all() {
        return new Edit(oldText, newText, true);
    }
}
