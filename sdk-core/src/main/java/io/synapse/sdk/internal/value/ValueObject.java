package io.synapse.sdk.internal.value;

import org.jspecify.annotations.Nullable;

/** A value class whose instances are equal if their attributes are. Immutable. */
public abstract class ValueObject {
    /** The properties. */
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

    /** The properties that were set, with secrets masked. */
    @Override
    public final String toString() {
        return getClass().getSimpleName() + attributes;
    }
}
