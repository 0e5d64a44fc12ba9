package io.synapse.sdk.internal.value;

import org.jspecify.annotations.Nullable;

/** A value that a user makes: it is equal to another of its class with the same attributes. Immutable. */
public abstract class ValueObject {
    /** All properties that were set. */
    protected final Attributes attributes;

    /** A value with these properties. */
    protected ValueObject(Attributes attributes) {
        this.attributes = attributes;
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof ValueObject that && getClass() == that.getClass() && attributes.equals(that.attributes);
    }

    @Override
    public final int hashCode() {
        return attributes.hashCode();
    }

    /** What was set, the values of environment variables masked. */
    @Override
    public final String toString() {
        return getClass().getSimpleName() + attributes;
    }
}
