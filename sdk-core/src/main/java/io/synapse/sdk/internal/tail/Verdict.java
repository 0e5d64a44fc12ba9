package io.synapse.sdk.internal.tail;

import io.synapse.sdk.ClientException;
import io.synapse.sdk.JobStatus;
import io.synapse.sdk.TailProtocol;
import java.time.Duration;

/** What to do after a connection has ended. */
sealed interface Verdict {
    /** The log is complete. */
    record Finish(JobStatus status) implements Verdict {}

    /** Connect again, after a pause, in this way. */
    record Reconnect(Duration after, TailProtocol protocol) implements Verdict {}

    /** Give up. */
    record Fail(ClientException failure) implements Verdict {}
}
