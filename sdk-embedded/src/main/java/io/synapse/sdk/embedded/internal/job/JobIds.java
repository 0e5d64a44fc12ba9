package io.synapse.sdk.embedded.internal.job;

import java.security.SecureRandom;

/** Ids of jobs whose submitters chose none, as Ray makes them. Thread-safe. */
final class JobIds {
    /** Without I, l, O, o and 0, which are mistaken for one another. */
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ123456789";

    private static final int LENGTH = 16;

    private final SecureRandom random = new SecureRandom();

    String next() {
        StringBuilder id = new StringBuilder("raysubmit_");
        random.ints(LENGTH, 0, ALPHABET.length()).forEach(index -> id.append(ALPHABET.charAt(index)));
        return id.toString();
    }
}
