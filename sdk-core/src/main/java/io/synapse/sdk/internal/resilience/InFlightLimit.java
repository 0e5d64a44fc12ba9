package io.synapse.sdk.internal.resilience;

/**
 * How many calls a server can have at once without harm. A dialect whose servers have such a limit has this interface
 * too; it then holds for all views of a client together, beside the limits that the caller sets.
 */
@FunctionalInterface
public interface InFlightLimit {
    /** No limit. */
    InFlightLimit NONE = () -> Integer.MAX_VALUE;

    /** The limit, at least 1. Asked for again and again, by any thread: it may change while calls wait. */
    int maxInFlight();

    /** The limit of a dialect. */
    static InFlightLimit of(Object dialect) {
        return dialect instanceof InFlightLimit own ? own : NONE;
    }
}
