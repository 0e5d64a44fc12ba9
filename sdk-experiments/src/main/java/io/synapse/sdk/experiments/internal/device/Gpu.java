package io.synapse.sdk.experiments.internal.device;

/**
 * A GPU as its machine reported it.
 *
 * @param id its number on the machine
 * @param name empty when it was not told
 * @param utilization in percent
 * @param used memory in GB
 * @param total memory in GB
 */
public record Gpu(int id, String name, double utilization, double used, double total) {
    private static final double BUSY_PERCENT = 10;

    /** The memory that is free, in GB. */
    public double free() {
        return total - used;
    }

    /** Whether no program works on it, as far as one can see. */
    public boolean isIdle() {
        return utilization < BUSY_PERCENT;
    }
}
