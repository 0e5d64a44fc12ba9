package io.synapse.sdk.container;

import io.synapse.sdk.BadRequestException;
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

    /**
     * Keeps a copy.
     *
     * @throws BadRequestException when a parameter has no name or no value
     */
    public ContainerFilter {
        parameters = Copies.of(parameters);
        parameters.forEach(ContainerFilter::check);
    }

    /** Those of this status. */
    public static ContainerFilter status(ContainerStatus status) {
        return ALL.and("status", status.value());
    }

    /**
     * The same with one more parameter, which only some agents may know.
     *
     * @throws BadRequestException when it has no name or no value
     */
    public ContainerFilter and(String name, String value) {
        return new ContainerFilter(Copies.with(parameters, name, value));
    }

    private static void check(String name, String value) {
        if (name == null || name.isBlank() || value == null) {
            throw BadRequestException.refused("a filter of containers needs a name and a value: " + name + "=" + value);
        }
    }
}
