package io.synapse.sdk;

import java.io.Serializable;

/**
 * An enumeration that the server may extend. The known values are constants of the implementing class. An unknown value
 * is preserved and is not an error.
 *
 * <p>Implementations are records with one component, {@code value}.
 */
public interface OpenEnum extends Serializable {
    /** The value as sent by the server. */
    String value();
}
