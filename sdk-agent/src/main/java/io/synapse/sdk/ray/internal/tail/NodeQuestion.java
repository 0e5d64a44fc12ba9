package io.synapse.sdk.ray.internal.tail;

import io.synapse.sdk.Endpoint;
import io.synapse.sdk.ResponseType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks the state API for one node; the answer is read as far as a log needs it (wire/ray.md, section 2). */
public final class NodeQuestion {
    private NodeQuestion() {}

    /** The head of the cluster. */
    public static Endpoint<Map<String, @Nullable Object>> head() {
        return where("is_head_node", "true");
    }

    /** The node of this id. */
    static Endpoint<Map<String, @Nullable Object>> of(String id) {
        return where("node_id", id);
    }

    /** The id of the node; empty when there is none. */
    public static Optional<String> id(Map<String, @Nullable Object> answer) {
        return field(answer, "node_id");
    }

    /** Whether the node is there and alive. */
    static boolean isAlive(Map<String, @Nullable Object> answer) {
        return field(answer, "state").filter("ALIVE"::equals).isPresent();
    }

    private static Endpoint<Map<String, @Nullable Object>> where(String column, String value) {
        return Endpoint.get("api/v0/nodes", ResponseType.object())
                .query("filter_keys", column)
                .query("filter_predicates", "=")
                .query("filter_values", value);
    }

    private static Optional<String> field(Map<String, @Nullable Object> answer, String name) {
        return answer.get("data") instanceof Map<?, ?> data
                        && data.get("result") instanceof Map<?, ?> page
                        && page.get("result") instanceof List<?> nodes
                        && !nodes.isEmpty()
                        && nodes.get(0) instanceof Map<?, ?> node
                        && node.get(name) instanceof String value
                ? Optional.of(value)
                : Optional.empty();
    }
}
