package io.synapse.sdk.embedded.internal.machine;

import com.fasterxml.jackson.databind.JsonNode;
import io.synapse.sdk.embedded.internal.backend.Fields;
import io.synapse.sdk.embedded.internal.backend.RefusedException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What somebody would like to run, as {@code resources/feasibility/} asks about it.
 *
 * @param kind what would run
 * @param cpus CPUs for each replica, fractions included; 0 asks for none in particular
 * @param gpus GPUs for each replica, fractions included
 * @param memoryBytes memory for each replica; 0 asks for none in particular
 * @param replicas how many of it, 1 or more
 */
public record ResourceRequest(Kind kind, double cpus, double gpus, long memoryBytes, int replicas) {
    /** What would run. */
    public enum Kind {
        JOB,
        SERVE,
        CONTAINER,
        TASK;

        private static Kind of(@Nullable JsonNode word) {
            for (Kind kind : values()) {
                if (word != null && kind.word().equals(word.textValue())) {
                    return kind;
                }
            }
            throw new RefusedException(
                    400, "kind must be job, serve, container or task, not " + (word == null ? null : word.asText()));
        }

        /** As it goes over the wire. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Reads a request body. Absent numbers take the published client's defaults: nothing in particular, one replica.
     *
     * @throws RefusedException with 400 when the kind is unknown, or a number makes no sense
     */
    public static ResourceRequest parse(JsonNode body) {
        Fields fields = Fields.of(body, "the request");
        return new ResourceRequest(
                Kind.of(fields.value("kind")),
                fields.number("num_cpus"),
                fields.number("num_gpus"),
                (long) fields.number("memory_bytes"),
                (int) Math.min(Integer.MAX_VALUE, fields.wholeNumber("replicas", 1, 1)));
    }
}
