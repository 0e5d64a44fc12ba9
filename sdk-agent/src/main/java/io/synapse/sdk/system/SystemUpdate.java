package io.synapse.sdk.system;

import io.synapse.sdk.internal.value.Attributes;
import io.synapse.sdk.internal.value.Attributes.Key;
import io.synapse.sdk.internal.value.ValueObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The image tags of an update of an agent's services. Immutable: each setter returns a modified copy. */
public final class SystemUpdate extends ValueObject {
    private static final Key<@Nullable String> API_TAG = Key.of("api_tag");
    private static final Key<@Nullable String> WORKER_TAG = Key.of("worker_tag");

    private SystemUpdate(Attributes attributes) {
        super(attributes);
    }

    /** An update to the configured tags. */
    public static SystemUpdate configured() {
        return new SystemUpdate(Attributes.NONE);
    }

    /** The tag of the API's image; null for the configured one. */
    public @Nullable String apiTag() {
        return attributes.get(API_TAG);
    }

    /** Sets the tag of the API's image. */
    public SystemUpdate apiTag(String tag) {
        return new SystemUpdate(attributes.with(API_TAG, tag));
    }

    /** The tag of the workers' image; null for the configured one. */
    public @Nullable String workerTag() {
        return attributes.get(WORKER_TAG);
    }

    /** Sets the tag of the workers' image. */
    public SystemUpdate workerTag(String tag) {
        return new SystemUpdate(attributes.with(WORKER_TAG, tag));
    }

    /** The request body: only the properties that were set. */
    Map<String, @Nullable Object> tags() {
        return attributes.asMap();
    }
}
