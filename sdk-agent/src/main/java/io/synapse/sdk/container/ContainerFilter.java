package io.synapse.sdk.container;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.internal.value.Attributes;
import io.synapse.sdk.internal.value.ValueObject;
import java.util.Map;

/** Selects the container records to list. Immutable: each setter returns a modified copy. */
public final class ContainerFilter extends ValueObject {
    /** All records. */
    public static final ContainerFilter ALL = new ContainerFilter(Attributes.NONE);

    private ContainerFilter(Attributes attributes) {
        super(attributes);
    }

    /** The records with this status. */
    public static ContainerFilter status(ContainerStatus status) {
        return ALL.and("status", status.value());
    }

    /**
     * Adds a query parameter, which some agents may not support.
     *
     * @throws BadRequestException when name or value is missing
     */
    public ContainerFilter and(String name, String value) {
        if (name == null || name.isBlank() || value == null) {
            throw BadRequestException.refused("a filter of containers needs a name and a value: " + name + "=" + value);
        }
        return new ContainerFilter(attributes.withField(name, value));
    }

    /** The query parameters, by the server's names. */
    @SuppressWarnings("unchecked") // all values are text
    public Map<String, String> parameters() {
        return (Map<String, String>) (Map<String, ?>) attributes.asMap();
    }
}
