package io.synapse.sdk.embedded.internal.backend;

import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The tasks of one place, in the words of Ray's state API (wire/ray.md, section 2). */
public interface Tasks {
    /** All tasks that are known. */
    Stream<Map<String, @Nullable Object>> list();

    /** One task; refused with 404 when there is none of that id. */
    Map<String, @Nullable Object> get(String id);
}
