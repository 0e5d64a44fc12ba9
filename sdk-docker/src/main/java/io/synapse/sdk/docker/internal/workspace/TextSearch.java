package io.synapse.sdk.docker.internal.workspace;

/**
 * Looks for a text in another in a time that is linear in both: {@link String#indexOf(String)} may compare all of one at
 * each place of the other, which for a large file of one repeated character takes hours (Knuth, Morris and Pratt).
 * Immutable.
 */
final class TextSearch {
    private final String text;

    /** For each length of a part found: the longest shorter one that is found as well, as the part ends with it. */
    private final int[] shorter;

    /** Looks for a text that is not empty. */
    TextSearch(String text) {
        this.text = text;
        shorter = new int[text.length() + 1];
        int found = 0;
        for (int index = 1; index < text.length(); index++) {
            found = extended(found, text.charAt(index));
            shorter[index + 1] = found;
        }
    }

    /** Where it is found first from a place on; -1 when it is not. */
    int next(String content, int from) {
        int found = 0;
        for (int index = from; index < content.length(); index++) {
            found = extended(found, content.charAt(index));
            if (found == text.length()) {
                return index + 1 - found;
            }
        }
        return -1;
    }

    /** How often it is found, without those that overlap one before. */
    int count(String content) {
        int count = 0;
        for (int index = next(content, 0); index >= 0; index = next(content, index + text.length())) {
            count++;
        }
        return count;
    }

    private int extended(int found, char next) {
        int length = found;
        while (length > 0 && text.charAt(length) != next) {
            length = shorter[length];
        }
        return text.charAt(length) == next ? length + 1 : 0;
    }
}
