package io.synapse.sdk.serve;

import io.synapse.sdk.OpenEnum;

/**
 * How a Serve application came to be on the cluster. An open set.
 *
 * @param value the word as the server says it
 */
public record ApplicationSource(String value) implements OpenEnum {
    /** By a configuration, which holds all such applications: the next one that lacks it deletes it. */
    public static final ApplicationSource DECLARATIVE = new ApplicationSource("declarative");

    /** From Python, by {@code serve.run}. Configurations leave it alone unless they name it. */
    public static final ApplicationSource IMPERATIVE = new ApplicationSource("imperative");

    @Override
    public String toString() {
        return value;
    }
}
