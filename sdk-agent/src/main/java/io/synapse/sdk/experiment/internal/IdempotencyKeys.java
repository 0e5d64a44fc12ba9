package io.synapse.sdk.experiment.internal;

import io.synapse.sdk.experiment.ExperimentSubmission;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Makes keys of requests that are to be executed once. */
final class IdempotencyKeys {
    private static final int BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private IdempotencyKeys() {}

    static String next() {
        byte[] key = new byte[BYTES];
        RANDOM.nextBytes(key);
        return HexFormat.of().formatHex(key);
    }

    /** The caller's key, or a new one. */
    static String of(ExperimentSubmission submission) {
        String given = submission.idempotencyKey();
        return given == null ? next() : given;
    }
}
