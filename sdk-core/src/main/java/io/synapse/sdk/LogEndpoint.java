package io.synapse.sdk;

import io.synapse.sdk.internal.tail.DialectLog;
import io.synapse.sdk.internal.tail.LogFeed;
import java.util.function.Function;

/**
 * A log that can be followed, as a value: where its text comes from and how to ask for the status of its job. Made by
 * the SDK's operation interfaces ({@code tailJobLogs}); nothing is sent until the log is read.
 */
public sealed interface LogEndpoint permits LogFeed, DialectLog {
    /**
     * A log as the client's dialect describes it.
     *
     * @param dialect the interface that the client's dialect must have
     * @param log names the log; it may check its arguments, its exceptions reach the caller
     */
    static <D> LogEndpoint forDialect(Class<D> dialect, Function<? super D, LogEndpoint> log) {
        return new DialectLog(dialect, given -> log.apply(dialect.cast(given)));
    }
}
