package io.synapse.sdk.experiments.internal.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Tells whether there is a device for a job. */
@FunctionalInterface
public interface DeviceFit {
    /**
     * Why no known device can ever run it; empty when one can.
     *
     * @param submission has {@code requirements} and {@code device}, if it asks for any
     */
    Optional<String> problem(ObjectNode submission);
}
