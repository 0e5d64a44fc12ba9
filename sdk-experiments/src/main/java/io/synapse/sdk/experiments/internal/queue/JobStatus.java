package io.synapse.sdk.experiments.internal.queue;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a job stands (wire/experiments.md, section 5). Clients know two more, which no job of this server ever has. */
public enum JobStatus {
    PENDING,
    QUEUED,
    ASSIGNED,
    RUNNING,
    COMPLETED,
    FAILED,
    CANCELLED,
    PAUSED,
    EXPIRED;

    /** The word on the wire. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it is over, unless it is retried. */
    public boolean isTerminal() {
        return this == COMPLETED || this == FAILED || this == CANCELLED || this == EXPIRED;
    }

    /** The one with this word. */
    static Optional<JobStatus> of(String word) {
        return Arrays.stream(values())
                .filter(status -> status.word().equals(word))
                .findFirst();
    }

    /** All words, as a sentence lists them. */
    static String words() {
        return Arrays.stream(values()).map(status -> "'" + status.word() + "'").collect(Collectors.joining(", "));
    }
}
