package io.synapse.sdk.embedded.internal.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether this machine could run something, asked without running it. Safe for use by several threads.
 *
 * <p>CPUs are shared in time, so a request is measured against all there are; memory and GPUs that another process
 * holds cannot be had, so a request is measured against what is free.
 */
public final class Feasibility {
    private final Machine machine;

    /**
     * @param machine where it would run
     */
    public Feasibility(Machine machine) {
        this.machine = machine;
    }

    /**
     * The answer to {@code resources/feasibility/}: {@code feasible} and the published client's word for it,
     * {@code allowed}; {@code reasons} against it as sentences; {@code feasible_replicas}, at most as many as asked for;
     * {@code required} by all replicas together; {@code available} now.
     */
    public Map<String, Object> check(ResourceRequest request) {
        Available available = available();
        List<String> reasons = new ArrayList<>();
        notOnThisBackend(request.kind()).ifPresent(reasons::add);
        boolean runnable = reasons.isEmpty();
        int replicas = request.replicas();
        double cpus = request.cpus() * replicas;
        double gpus = request.gpus() * replicas;
        double memory = (double) request.memoryBytes() * replicas;
        if (cpus > available.cpus) {
            reasons.add(Shortage.ofCpus(cpus, available.cpus));
        }
        if (gpus > available.gpus) {
            reasons.add(Shortage.ofFreeGpus(gpus, available.gpus));
        }
        if (memory > available.memoryBytes) {
            reasons.add(Shortage.ofMemory(memory, available.memoryBytes) + " available");
        }
        return JsonObject.of("feasible", reasons.isEmpty())
                .with("allowed", reasons.isEmpty())
                .with("reasons", reasons)
                .with("feasible_replicas", runnable ? available.replicas(request) : 0)
                .with("required", resources(cpus, gpus, memory))
                .with("available", resources(available.cpus, available.gpus, available.memoryBytes))
                .fields();
    }

    private record Available(double cpus, double gpus, long memoryBytes) {
        int replicas(ResourceRequest request) {
            double fitting = Math.min(
                    fitting(cpus, request.cpus()),
                    Math.min(fitting(gpus, request.gpus()), fitting(memoryBytes, request.memoryBytes())));
            return (int) Math.min(request.replicas(), fitting);
        }

        private static double fitting(double available, double each) {
            return each == 0 ? Double.POSITIVE_INFINITY : Math.floor(available / each);
        }
    }

    private Available available() {
        MachineLoad load = machine.load();
        long freeGpus = machine.gpus().stream().filter(Gpu::isFree).count();
        return new Available(load.cpus(), freeGpus, load.memory().availableBytes());
    }

    private static Optional<String> notOnThisBackend(ResourceRequest.Kind kind) {
        return switch (kind) {
            case JOB, TASK -> Optional.empty();
            case SERVE -> Optional.of("this agent runs jobs as local processes and has no Ray Serve to deploy to");
            case CONTAINER -> Optional.of("this agent runs jobs as local processes and starts no containers");
        };
    }

    private static Map<String, Object> resources(double cpus, double gpus, double memoryBytes) {
        return JsonObject.of("num_cpus", cpus)
                .with("num_gpus", gpus)
                .with("memory_bytes", (long) memoryBytes)
                .fields();
    }
}
