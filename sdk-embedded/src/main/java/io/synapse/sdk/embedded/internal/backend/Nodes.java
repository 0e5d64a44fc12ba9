package io.synapse.sdk.embedded.internal.backend;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The machines of one place, and what they have. */
public interface Nodes {
    /** All nodes. */
    List<? extends Map<String, ? extends @Nullable Object>> list();

    /** One node; refused with 404 when there is none of that id. */
    Map<String, ? extends @Nullable Object> get(String id);

    /** The GPUs of all nodes. */
    Map<String, ? extends @Nullable Object> gpuStatus();

    /**
     * What the nodes have and use.
     *
     * @param useCache whether an answer as old as the policy allows will do
     */
    Map<String, ? extends @Nullable Object> clusterResources(boolean useCache);

    /**
     * Whether something could run there now.
     *
     * @param request as it was sent
     */
    Map<String, ? extends @Nullable Object> feasibility(JsonNode request);
}
