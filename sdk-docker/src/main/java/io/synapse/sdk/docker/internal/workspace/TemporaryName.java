package io.synapse.sdk.docker.internal.workspace;

/** The names of files that are being written, beside the files whose place they will take. */
final class TemporaryName {
    private static final String START = ".synapse-";
    private static final String END = ".tmp";

    private TemporaryName() {}

    static String next() {
        return START + Scripts.word() + END;
    }

    static boolean is(String name) {
        return name.startsWith(START) && name.endsWith(END);
    }
}
