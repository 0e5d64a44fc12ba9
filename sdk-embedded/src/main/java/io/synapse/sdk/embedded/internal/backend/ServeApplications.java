package io.synapse.sdk.embedded.internal.backend;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Serve applications of one place, in the words of Ray's dashboard (wire/ray.md, section 3). */
public interface ServeApplications {
    /** All applications. */
    List<Map<String, @Nullable Object>> list();

    /** One application; refused with 404 when there is none of that name. */
    Map<String, @Nullable Object> get(String name);

    /** Deletes an application; refused with 404 when there is none of that name. */
    void delete(String name);
}
