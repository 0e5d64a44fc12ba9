package io.synapse.sdk.docker.internal.workspace;

/** The names of files that are being written, beside the files whose place they will take. */
final class TemporaryName {
    private static final String START = ".synapse-";
    private static final String END = ".tmp";

    private TemporaryName() {}

    static String next() {
        return START + Scripts.word() + END;
    }

    /** Whether the last name of a path is one. */
    static boolean endsPath(String path) {
        return path.endsWith(END) && path.startsWith(START, path.lastIndexOf('/') + 1);
    }
}
