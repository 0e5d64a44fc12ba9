package io.synapse.sdk.serve;

import io.synapse.sdk.OpenEnum;

/**
 * How a Serve application was deployed. Open enumeration.
 *
 * @param value the value as sent by the server
 */
public record ApplicationSource(String value) implements OpenEnum {
    /** By a configuration. The next configuration without the application deletes it. */
    public static final ApplicationSource DECLARATIVE = new ApplicationSource("declarative");

    /** From Python, by {@code serve.run}. A configuration changes it only if it contains it. */
    public static final ApplicationSource IMPERATIVE = new ApplicationSource("imperative");

    @Override
    public String toString() {
        return value;
    }
}
