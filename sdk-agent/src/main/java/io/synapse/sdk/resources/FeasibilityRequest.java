package io.synapse.sdk.resources;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.internal.value.Attributes;
import io.synapse.sdk.internal.value.Attributes.Key;
import io.synapse.sdk.internal.value.ValueObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A workload, for asking whether it could run. Immutable: each method that changes something returns a changed copy, and
 * throws a {@link BadRequestException} when a value is out of its range.
 */
public final class FeasibilityRequest extends ValueObject {
    private static final Key<WorkloadKind> KIND = Key.of("kind");
    private static final Key<Double> NUM_CPUS = new Key<>("num_cpus", 0.0);
    private static final Key<Double> NUM_GPUS = new Key<>("num_gpus", 0.0);
    private static final Key<@Nullable Long> MEMORY_BYTES = Key.of("memory_bytes");
    private static final Key<Integer> REPLICAS = new Key<>("replicas", 1);
    private static final Key<Map<String, @Nullable Object>> METADATA = new Key<>("metadata", Map.of());

    private FeasibilityRequest(Attributes attributes) {
        super(attributes);
        Long memory = memoryBytes();
        if (!isAmount(numCpus()) || !isAmount(numGpus()) || memory != null && memory < 0 || replicas() < 1) {
            throw BadRequestException.refused(
                    "CPUs, GPUs and memory cannot be negative or infinite, replicas are at least 1");
        }
    }

    /**
     * One workload without a GPU.
     *
     * @param numCpus how many CPUs it needs; not negative, finite
     * @throws BadRequestException when it is out of that range
     */
    public static FeasibilityRequest of(WorkloadKind kind, double numCpus) {
        return new FeasibilityRequest(Attributes.NONE.with(KIND, kind).with(NUM_CPUS, numCpus));
    }

    /** The kind of the workload. */
    public WorkloadKind kind() {
        return attributes.get(KIND);
    }

    /** How many CPUs it needs. */
    public double numCpus() {
        return attributes.get(NUM_CPUS);
    }

    /** How many GPUs it needs; 0 by default. */
    public double numGpus() {
        return attributes.get(NUM_GPUS);
    }

    /** Sets how many GPUs it needs; not negative, finite. */
    public FeasibilityRequest numGpus(double gpus) {
        return new FeasibilityRequest(attributes.with(NUM_GPUS, gpus));
    }

    /** How many bytes of memory it needs; null when that is not known. */
    public @Nullable Long memoryBytes() {
        return attributes.get(MEMORY_BYTES);
    }

    /** Sets how many bytes of memory it needs; not negative. */
    public FeasibilityRequest memoryBytes(long bytes) {
        return new FeasibilityRequest(attributes.with(MEMORY_BYTES, bytes));
    }

    /** How many of it are to run; 1 by default. */
    public int replicas() {
        return attributes.get(REPLICAS);
    }

    /** Sets how many of it are to run; at least 1. */
    public FeasibilityRequest replicas(int number) {
        return new FeasibilityRequest(attributes.with(REPLICAS, number));
    }

    /** Data of your own; empty by default. */
    public Map<String, @Nullable Object> metadata() {
        return attributes.get(METADATA);
    }

    /** Sets all of the metadata. */
    public FeasibilityRequest metadata(Map<String, @Nullable Object> metadata) {
        return new FeasibilityRequest(attributes.with(METADATA, metadata));
    }

    /** What is sent: every field, also those that are null, as the published client does. */
    Map<String, @Nullable Object> body() {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        List.of(KIND, NUM_CPUS, NUM_GPUS, MEMORY_BYTES, REPLICAS, METADATA)
                .forEach(key -> body.put(key.name(), attributes.get(key)));
        return body;
    }

    private static boolean isAmount(double number) {
        return number >= 0 && Double.isFinite(number);
    }
}
