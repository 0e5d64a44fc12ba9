package io.synapse.sdk.experiment;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the server has read in the source of a component. Immutable.
 *
 * @param name its name
 * @param type its category
 * @param path its path at the server
 * @param hash the hash of its source
 * @param description its description
 * @param parameters its parameters
 * @param examples configurations that use it
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record ComponentDetails(
        @Nullable String name,
        @Nullable String type,
        @Nullable String path,
        @Nullable String hash,
        @Nullable String description,
        Map<String, @Nullable Object> parameters,
        List<Map<String, @Nullable Object>> examples,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent lists and maps by empty ones and copies the others. */
    public ComponentDetails {
        parameters = Copies.of(parameters);
        examples = Copies.of(examples);
        additionalProperties = Copies.of(additionalProperties);
    }
}
