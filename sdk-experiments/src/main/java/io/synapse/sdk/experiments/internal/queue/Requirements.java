package io.synapse.sdk.experiments.internal.queue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.synapse.sdk.experiments.internal.Failure;
import io.synapse.sdk.experiments.internal.Names;
import io.synapse.sdk.experiments.internal.device.Device;
import io.synapse.sdk.experiments.internal.device.Gpu;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a machine must have to run a job.
 *
 * @param host the machine; null for any
 * @param gpu the number of the GPU; null for any
 * @param gpus how many GPUs; null for one, if the machine has any
 * @param gpuMemory what must be free on each GPU, in GB
 * @param gpuName what the name of each GPU must contain, in any case
 * @param memory what the machine must have, in GB
 * @param disk what must be free, in GB
 */
record Requirements(
        @Nullable String host,
        @Nullable Integer gpu,
        @Nullable Integer gpus,
        double gpuMemory,
        String gpuName,
        double memory,
        double disk) {
    private static final int MOST_GPUS = 1_024;

    /**
     * Those of a submission.
     *
     * @param given the field {@code requirements}; null for none
     * @param device {@code any}, a host, or a host, a colon and the number of a GPU
     * @throws Failure 422 when a field has another type, 400 when the device has no name of one
     */
    static Requirements of(@Nullable JsonNode given, String device) {
        if (given != null && !given.isObject()) {
            throw Failure.invalid("dict_type", List.of("body", "requirements"), "Input should be a valid dictionary");
        }
        ObjectNode fields = given == null ? null : (ObjectNode) given;
        int colon = device.indexOf(':');
        String host = colon < 0 ? device : device.substring(0, colon);
        boolean isAny = host.isEmpty() || host.equals("any");
        String gpu = colon < 0 ? "" : device.substring(colon + 1);
        if (colon >= 0 && !gpu.matches("\\d{1,4}")) {
            throw Failure.badRequest("the device of a job is any, a host, or host:gpu with the number of a GPU");
        }
        double gpus = number(fields, "gpu_count", -1);
        return new Requirements(
                isAny ? null : Names.checked("host", host),
                colon < 0 ? null : Integer.valueOf(gpu),
                gpus < 0 ? null : (int) Math.min(gpus, MOST_GPUS),
                number(fields, "gpu_memory_gb", 0),
                fields == null ? "" : fields.path("gpu_name").asText(""),
                number(fields, "memory_gb", 0),
                number(fields, "disk_gb", 0));
    }

    private static double number(@Nullable ObjectNode fields, String name, double usual) {
        JsonNode value = fields == null ? null : fields.get(name);
        if (value == null || value.isNull()) {
            return usual;
        }
        if (!value.isNumber() || value.doubleValue() < 0) {
            throw Failure.invalid(
                    "greater_than_equal",
                    List.of("body", "requirements", name),
                    "Input should be a number greater than or equal to 0");
        }
        return value.doubleValue();
    }

    /** Whether any machine will do. */
    boolean isAnything() {
        boolean needsGpu = gpu != null || gpus != null && gpus > 0 || gpuMemory > 0 || !gpuName.isEmpty();
        return host == null && !needsGpu && memory == 0 && disk == 0;
    }

    /** The GPUs for it among those that are idle on its machine: those with the least memory that is enough. */
    List<Gpu> choose(List<Gpu> idle, Device device) {
        return idle.stream()
                .filter(each -> gpu == null || each.id() == gpu)
                .filter(each -> hasName(each) && each.free() >= gpuMemory)
                .sorted(Comparator.comparingDouble(Gpu::free).thenComparingInt(Gpu::id))
                .limit(gpusOn(device))
                .toList();
    }

    /** Whether this machine could ever run it, when nothing else works there. */
    boolean canBeMetBy(Device device) {
        long fitting = device.beat().gpus().stream()
                .filter(each -> gpu == null || each.id() == gpu)
                .filter(each -> hasName(each) && each.total() >= gpuMemory)
                .count();
        return (host == null || host.equals(device.host()))
                && fitting >= gpusOn(device)
                && device.beat().number("memory_total") >= memory;
    }

    private boolean hasName(Gpu each) {
        return each.name().toLowerCase(Locale.ROOT).contains(gpuName.toLowerCase(Locale.ROOT));
    }

    private int gpusOn(Device device) {
        if (gpus != null) {
            return gpus;
        }
        return gpu != null
                        || gpuMemory > 0
                        || !gpuName.isEmpty()
                        || !device.beat().gpus().isEmpty()
                ? 1
                : 0;
    }

    /** In words: what a machine lacks on which it cannot run. */
    String words() {
        List<String> words = new ArrayList<>();
        words.add(host == null ? "a device" : "the device " + host);
        if (gpu != null) {
            words.add("GPU " + gpu);
        }
        if (gpus != null) {
            words.add("gpu_count " + gpus);
        }
        if (gpuMemory > 0) {
            words.add("gpu_memory_gb " + gpuMemory);
        }
        if (!gpuName.isEmpty()) {
            words.add("gpu_name " + gpuName);
        }
        if (memory > 0) {
            words.add("memory_gb " + memory);
        }
        return words.size() == 1
                ? words.get(0)
                : words.get(0) + " with " + String.join(", ", words.subList(1, words.size()));
    }
}
