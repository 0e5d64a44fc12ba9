package io.synapse.sdk.container;

import io.synapse.sdk.internal.value.Attributes;
import io.synapse.sdk.internal.value.Attributes.Key;
import io.synapse.sdk.internal.value.ValueObject;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A change of a container. Immutable. */
public final class ContainerUpdate extends ValueObject {
    private static final Key<@Nullable ContainerStatus> STATUS = Key.of("status");

    private ContainerUpdate(Attributes attributes) {
        super(attributes);
    }

    /** Sets the status: {@link ContainerStatus#STOPPED} stops it, {@link ContainerStatus#RUNNING} starts it again. */
    public static ContainerUpdate of(ContainerStatus status) {
        return new ContainerUpdate(Attributes.NONE.with(STATUS, Objects.requireNonNull(status, "status")));
    }

    /** The new status; null for no change. */
    public @Nullable ContainerStatus status() {
        return attributes.get(STATUS);
    }

    /** The request body: only the properties that were set. */
    Map<String, @Nullable Object> body() {
        return attributes.asMap();
    }
}
