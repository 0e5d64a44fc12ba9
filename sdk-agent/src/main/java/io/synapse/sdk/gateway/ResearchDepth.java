package io.synapse.sdk.gateway;

import io.synapse.sdk.OpenEnum;

/**
 * How thorough a research is. Open enumeration.
 *
 * @param value the value as sent, for instance {@code standard}
 */
public record ResearchDepth(String value) implements OpenEnum {
    /** A short look. */
    public static final ResearchDepth QUICK = new ResearchDepth("quick");

    /** As usual. */
    public static final ResearchDepth STANDARD = new ResearchDepth("standard");

    /** As thorough as it gets. */
    public static final ResearchDepth DEEP = new ResearchDepth("deep");

    @Override
    public String toString() {
        return value;
    }
}
