package io.synapse.sdk.experiments.internal.queue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.synapse.sdk.experiments.internal.Failure;
import io.synapse.sdk.experiments.internal.Json;
import io.synapse.sdk.experiments.internal.RunningTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What was answered to requests that have a key, so that one whose answer was lost can be sent again. Kept for 7 days.
 * Thread-safe.
 */
final class IdempotencyKeys {
    private static final Duration KEPT = Duration.ofDays(7);
    private static final int MOST_CHARACTERS = 255;

    private final RunningTime time;

    IdempotencyKeys(RunningTime time) {
        this.time = time;
    }

    /** Refuses with 400 what is no key. */
    static void check(String key) {
        if (!key.matches("[\\x21-\\x7e]{1," + MOST_CHARACTERS + "}")) {
            throw Failure.badRequest(
                    "an Idempotency-Key has 1 to " + MOST_CHARACTERS + " printable ASCII characters without spaces");
        }
    }

    /**
     * What was answered to the request with this key.
     *
     * @throws Failure when that had another body: 409
     */
    Optional<ObjectNode> answer(Handle handle, String key, byte[] hash) {
        return handle.createQuery("SELECT hash, answer FROM idempotency WHERE key = ?")
                .bind(0, key)
                .map((row, context) -> {
                    if (!MessageDigest.isEqual(hash, row.getBytes("hash"))) {
                        throw Failure.conflict("the Idempotency-Key " + key + " was sent with another request");
                    }
                    return (ObjectNode) Json.tree(row.getString("answer"));
                })
                .findOne();
    }

    /** Keeps an answer, in the transaction of what it tells. */
    void keep(Handle handle, String key, byte[] hash, String answer) {
        handle.execute(
                "INSERT INTO idempotency (key, hash, answer, running) VALUES (?, ?, ?, ?)",
                key,
                hash,
                answer,
                time.millis());
    }

    /** Removes what is to be kept no longer. */
    void prune(Handle handle) {
        handle.execute("DELETE FROM idempotency WHERE running < ?", time.millis() - KEPT.toMillis());
    }
}
