package io.synapse.sdk;

import io.synapse.sdk.internal.tail.LogFeed;
import io.synapse.sdk.internal.tail.SpokenLog;
import java.util.function.Function;

/**
 * A log that can be followed, as a value: where its text comes from and how to ask for the status of its job. Made by
 * the SDK's operation interfaces ({@code tailJobLogs}); nothing is sent until the log is read.
 */
public sealed interface LogEndpoint permits LogFeed, SpokenLog {
    /**
     * A log that is spoken in the words of the server at hand, like {@link Operation#spoken}.
     *
     * @param dialect the interface that the client's dialect must have
     * @param words names the log; it may check its arguments, its exceptions reach the caller
     */
    static <D> LogEndpoint spoken(Class<D> dialect, Function<? super D, LogEndpoint> words) {
        return new SpokenLog(dialect, given -> words.apply(dialect.cast(given)));
    }
}
