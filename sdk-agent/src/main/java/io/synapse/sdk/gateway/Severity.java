package io.synapse.sdk.gateway;

import io.synapse.sdk.OpenEnum;

/**
 * How serious a finding or an issue is. The original sends other values for reviews ({@code low}) than for analyses.
 * Open enumeration.
 *
 * @param value the value as sent, for instance {@code info}
 */
public record Severity(String value) implements OpenEnum {
    /** For information. */
    public static final Severity INFO = new Severity("info");

    /** Of little weight. */
    public static final Severity LOW = new Severity("low");

    /** To be looked at. */
    public static final Severity WARNING = new Severity("warning");

    /** Wrong. */
    public static final Severity ERROR = new Severity("error");

    /** Wrong, with grave effects. */
    public static final Severity CRITICAL = new Severity("critical");

    @Override
    public String toString() {
        return value;
    }
}
