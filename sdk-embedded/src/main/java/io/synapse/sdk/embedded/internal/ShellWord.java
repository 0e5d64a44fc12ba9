package io.synapse.sdk.embedded.internal;

/** Text as one word of a shell's command. */
public final class ShellWord {
    private ShellWord() {}

    /** The text in quotes within which a shell takes every character for itself. */
    public static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
