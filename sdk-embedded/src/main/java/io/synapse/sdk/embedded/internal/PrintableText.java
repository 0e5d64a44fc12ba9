package io.synapse.sdk.embedded.internal;

import java.util.regex.Pattern;

/** Text of strangers that others read in a list, a sentence or a terminal. */
public final class PrintableText {
    private static final int LONGEST = 100;

    /** Control characters, those that only change how others are shown, line separators, and what stands for no text. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\\uFFFD]");

    private PrintableText() {}

    /** Whether it shows what it is. */
    public static boolean isPrintable(String text) {
        return !UNPRINTABLE.matcher(text).find();
    }

    /** The text as a sentence can hold it: on one line, and not too long. */
    public static String of(String text) {
        String plain = UNPRINTABLE.matcher(text).replaceAll("?");
        return plain.length() > LONGEST ? plain.substring(0, LONGEST) + "…" : plain;
    }
}
