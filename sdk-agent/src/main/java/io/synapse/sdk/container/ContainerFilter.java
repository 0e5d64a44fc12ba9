package io.synapse.sdk.container;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;

/**
 * Which container records to list. Immutable.
 *
 * @param parameters query parameters, by the server's names
 */
public record ContainerFilter(Map<String, String> parameters) {
    /** All records. */
    public static final ContainerFilter ALL = new ContainerFilter(Map.of());

    /** Keeps a copy. */
    public ContainerFilter {
        parameters = Copies.of(parameters);
    }

    /** Those of this status, for instance {@code running}. */
    public static ContainerFilter status(String status) {
        return ALL.and("status", status);
    }

    /** The same with one more parameter. */
    public ContainerFilter and(String name, String value) {
        return new ContainerFilter(Copies.with(parameters, name, value));
    }
}
