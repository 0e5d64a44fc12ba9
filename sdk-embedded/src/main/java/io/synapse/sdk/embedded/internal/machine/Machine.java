package io.synapse.sdk.embedded.internal.machine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The machine the agent runs on: who it is, and what it has at this moment. Safe for use by several threads. */
public final class Machine {
    private static final Duration GPU_READING_LIMIT = Duration.ofSeconds(5);

    private final NodeIdentity identity;
    private final Supplier<MachineLoad> load;
    private final Supplier<List<Gpu>> gpus;
    private final Object gpuCountLock = new Object();
    private int gpuCount;

    /**
     * @param seed what the node id is derived from: the same seed, the same id
     */
    public Machine(String seed) {
        this(
                NodeIdentity.ofThisMachine(seed),
                MachineLoad::measure,
                new NvidiaSmi("nvidia-smi", GPU_READING_LIMIT)::read);
    }

    Machine(NodeIdentity identity, Supplier<MachineLoad> load, Supplier<List<Gpu>> gpus) {
        this.identity = identity;
        this.load = load;
        this.gpus = gpus;
    }

    /** Its names. */
    public NodeIdentity identity() {
        return identity;
    }

    /** The id of this node: 56 hexadecimal digits, as Ray's are. */
    public String nodeId() {
        return identity.id();
    }

    /** The address of this node. */
    public String ip() {
        return identity.ip();
    }

    /** CPUs and memory, measured now. */
    public MachineLoad load() {
        return load.get();
    }

    /** The GPUs, measured now; takes up to 5 s when the driver hangs. Empty without NVIDIA's driver. */
    public List<Gpu> gpus() {
        return gpus.get();
    }

    /**
     * How many GPUs there are. Once some are found the number stays: cards do not come and go while a machine runs, but
     * a driver may be slow to start.
     */
    public int gpuCount() {
        synchronized (gpuCountLock) {
            if (gpuCount == 0) {
                gpuCount = gpus().size();
            }
            return gpuCount;
        }
    }

    /**
     * Why a job that asks for so much could never run here, however long it waited; empty when it could.
     *
     * @param cpus CPUs it asks for; 0 for none in particular
     * @param memoryBytes memory it asks for; 0 for none in particular
     */
    public Optional<String> cannotEverRun(double cpus, long memoryBytes) {
        MachineLoad now = load();
        if (cpus > now.cpus()) {
            return Optional.of(Shortage.ofCpus(cpus, now.cpus()));
        }
        long total = now.memory().totalBytes();
        return memoryBytes > total ? Optional.of(Shortage.ofMemory(memoryBytes, total)) : Optional.empty();
    }
}
