package io.synapse.sdk.experiment;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Two versions of a component. Immutable.
 *
 * @param fromHash the hash of the one
 * @param toHash the hash of the other
 * @param fromContent the text of the one
 * @param toContent the text of the other
 * @param path the path of the component
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record ComponentDiff(
        @Nullable String fromHash,
        @Nullable String toHash,
        @Nullable String fromContent,
        @Nullable String toContent,
        @Nullable String path,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces an absent map by an empty one and copies the others. */
    public ComponentDiff {
        additionalProperties = Copies.of(additionalProperties);
    }
}
