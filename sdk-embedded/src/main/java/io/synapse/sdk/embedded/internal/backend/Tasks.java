package io.synapse.sdk.embedded.internal.backend;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tasks of one place, in the words of Ray's state API (wire/ray.md, section 2). */
public interface Tasks {
    /** All tasks that are known. */
    List<Map<String, @Nullable Object>> list();

    /** One task; refused with 404 when there is none of that id. */
    Map<String, @Nullable Object> get(String id);
}
