package io.synapse.sdk.job;

import java.security.SecureRandom;

/** Generates submission ids in the format of Ray's own client. */
final class SubmissionIds {
    /** Without I, l, O, o and 0, which are easily confused. */
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ123456789";

    private static final int LENGTH = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private SubmissionIds() {}

    static String next() {
        StringBuilder id = new StringBuilder("raysubmit_");
        RANDOM.ints(LENGTH, 0, ALPHABET.length()).forEach(index -> id.append(ALPHABET.charAt(index)));
        return id.toString();
    }
}
