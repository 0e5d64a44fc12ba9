package io.synapse.sdk.docker.internal.workspace;

/** Ends of lines in a text: {@code \n}, {@code \r\n} and {@code \r}, the same as for {@link LineWindow}. */
final class LineEnds {
    private LineEnds() {}

    /** How many lines end between two places: both are within the same line when it is 0. */
    static int count(String text, int from, int to) {
        int count = 0;
        for (int index = from; index < to; index++) {
            if (endsAt(text, index)) {
                count++;
            }
        }
        return count;
    }

    /** Where the line after this place begins; the length of the text when there is none. */
    static int nextLine(String text, int from) {
        int index = from;
        while (index < text.length() && !endsAt(text, index)) {
            index++;
        }
        return Math.min(index + 1, text.length());
    }

    /** The same text with {@code \n} only. */
    static String toLf(String text) {
        return text.replace("\r\n", "\n");
    }

    /** The same text with {@code \r\n} only. */
    static String toCrLf(String text) {
        return toLf(text).replace("\n", "\r\n");
    }

    /** The text without the line end that it ends with. */
    static String withoutLast(String text) {
        int end = text.length();
        if (end > 0 && text.charAt(end - 1) == '\n') {
            end--;
        }
        if (end > 0 && text.charAt(end - 1) == '\r') {
            end--;
        }
        return text.substring(0, end);
    }

    private static boolean endsAt(String text, int index) {
        char each = text.charAt(index);
        return each == '\n' || (each == '\r' && (index + 1 == text.length() || text.charAt(index + 1) != '\n'));
    }
}
