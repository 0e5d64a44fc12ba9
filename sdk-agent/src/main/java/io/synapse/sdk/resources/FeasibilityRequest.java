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
 * A workload, for checking whether it could run. Immutable: each setter returns a modified copy, and throws a
 * {@link BadRequestException} when a value is out of its range.
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
     * @param numCpus the CPUs it needs; not negative, finite
     * @throws BadRequestException when it is out of that range
     */
    public static FeasibilityRequest of(WorkloadKind kind, double numCpus) {
        return new FeasibilityRequest(Attributes.NONE.with(KIND, kind).with(NUM_CPUS, numCpus));
    }

    /** The kind of the workload. */
    public WorkloadKind kind() {
        return attributes.get(KIND);
    }

    /** The CPUs it needs. */
    public double numCpus() {
        return attributes.get(NUM_CPUS);
    }

    /** The GPUs it needs; 0 by default. */
    public double numGpus() {
        return attributes.get(NUM_GPUS);
    }

    /** Sets the GPUs it needs; not negative, finite. */
    public FeasibilityRequest numGpus(double gpus) {
        return new FeasibilityRequest(attributes.with(NUM_GPUS, gpus));
    }

    /** The memory it needs, in bytes; null if unknown. */
    public @Nullable Long memoryBytes() {
        return attributes.get(MEMORY_BYTES);
    }

    /** Sets the memory it needs, in bytes; not negative. */
    public FeasibilityRequest memoryBytes(long bytes) {
        return new FeasibilityRequest(attributes.with(MEMORY_BYTES, bytes));
    }

    /** The number of replicas; 1 by default. */
    public int replicas() {
        return attributes.get(REPLICAS);
    }

    /** Sets the number of replicas; at least 1. */
    public FeasibilityRequest replicas(int number) {
        return new FeasibilityRequest(attributes.with(REPLICAS, number));
    }

    /** Data of the caller; empty by default. */
    public Map<String, @Nullable Object> metadata() {
        return attributes.get(METADATA);
    }

    /** Sets all of the metadata. */
    public FeasibilityRequest metadata(Map<String, @Nullable Object> metadata) {
        return new FeasibilityRequest(attributes.with(METADATA, metadata));
    }

    /** The request body: every field, also those that are null, as the published client sends it. */
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
