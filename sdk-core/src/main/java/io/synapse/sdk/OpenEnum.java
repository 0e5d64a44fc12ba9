package io.synapse.sdk;

import java.io.Serializable;

/**
 * A word from a set that the server may extend. The known words are constants of the implementing class; a word this
 * version of the SDK does not know is kept as it came, never an error.
 *
 * <p>Implementations are records with one component, {@code value}, and are equal when their words are.
 */
public interface OpenEnum extends Serializable {
    /** The word as it goes over the wire. */
    String value();
}
