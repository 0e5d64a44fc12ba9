package io.synapse.sdk.internal.value;

/** What Java allows in text and Unicode does not. */
public final class Unicode {
    private Unicode() {}

    /** Whether each surrogate in a text has its other half: text with half a pair has no bytes in UTF-8. */
    public static boolean isWellFormed(String text) {
        return text.codePoints()
                .noneMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }
}
