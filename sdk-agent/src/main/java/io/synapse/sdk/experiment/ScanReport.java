package io.synapse.sdk.experiment;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a server found in its folder of components. Immutable.
 *
 * @param registered the number of components that it registered
 * @param conflicts the components that it left as they were, since they differ
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record ScanReport(
        @Nullable Integer registered,
        List<ComponentConflict> conflicts,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent lists and maps by empty ones and copies the others. */
    public ScanReport {
        conflicts = Copies.of(conflicts);
        additionalProperties = Copies.of(additionalProperties);
    }
}
