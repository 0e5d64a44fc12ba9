package io.synapse.sdk.embedded.internal.host;

import java.util.Locale;
import java.util.Map;
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

        private static Kind of(@Nullable Object word) {
            for (Kind kind : values()) {
                if (kind.word().equals(word)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("kind must be job, serve, container or task, not " + word);
        }

        /** As it goes over the wire. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Reads a request body. Absent numbers take the published client's defaults: nothing in particular, one replica.
     *
     * @throws IllegalArgumentException with a sentence for the sender when the kind is unknown, or a number is missing
     *     its sense
     */
    public static ResourceRequest fromJson(Map<String, ?> body) {
        return new ResourceRequest(
                Kind.of(body.get("kind")),
                number(body, "num_cpus", 0),
                number(body, "num_gpus", 0),
                (long) number(body, "memory_bytes", 0),
                replicas(body));
    }

    private static int replicas(Map<String, ?> body) {
        double replicas = number(body, "replicas", 1);
        if (replicas < 1 || replicas > Integer.MAX_VALUE || replicas != Math.rint(replicas)) {
            throw new IllegalArgumentException("replicas must be a whole number of at least 1");
        }
        return (int) replicas;
    }

    private static double number(Map<String, ?> body, String name, double fallback) {
        Object value = body.get(name);
        if (value == null) {
            return fallback;
        }
        if (!(value instanceof Number number) || !Double.isFinite(number.doubleValue()) || number.doubleValue() < 0) {
            throw new IllegalArgumentException(name + " must be a number of at least 0");
        }
        return number.doubleValue();
    }
}
