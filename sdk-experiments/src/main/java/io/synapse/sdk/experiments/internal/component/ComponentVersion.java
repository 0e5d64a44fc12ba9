package io.synapse.sdk.experiments.internal.component;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One version of a component.
 *
 * @param hash XXH3-64 of its bytes, 16 hexadecimal digits
 * @param createdAt when the server got it, in UTC
 */
public record ComponentVersion(ComponentPath path, String hash, boolean isActive, String createdAt, String content) {
    static ComponentVersion of(String path, String hash, boolean isActive, String createdAt, byte[] content) {
        return new ComponentVersion(
                ComponentPath.parse(path), hash, isActive, createdAt, new String(content, StandardCharsets.UTF_8));
    }

    /** Its fields on the wire; without content, null is in its place. */
    public Map<String, @Nullable Object> fields(boolean hasContent) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("hash", hash);
        fields.put("path", path.toString());
        fields.put("category", path.category());
        fields.put("name", path.name());
        fields.put("is_active", isActive);
        fields.put("created_at", createdAt);
        fields.put("content", hasContent ? content : null);
        return fields;
    }
}
