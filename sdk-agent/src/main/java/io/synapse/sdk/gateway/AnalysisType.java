package io.synapse.sdk.gateway;

import io.synapse.sdk.OpenEnum;

/**
 * What an analysis is about. Open enumeration.
 *
 * @param value the value as sent, for instance {@code general}
 */
public record AnalysisType(String value) implements OpenEnum {
    /** Any text. */
    public static final AnalysisType GENERAL = new AnalysisType("general");

    /** Source code. */
    public static final AnalysisType CODE = new AnalysisType("code");

    /** Documentation. */
    public static final AnalysisType DOCUMENTATION = new AnalysisType("documentation");

    @Override
    public String toString() {
        return value;
    }
}
