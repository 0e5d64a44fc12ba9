package io.synapse.sdk.embedded.internal.host;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** What this machine is and has. */
public final class ThisMachine {
    private static final int NODE_ID_LENGTH = 56;

    private final String nodeId;

    /**
     * This machine, with an id of its own for each seed.
     *
     * @param seed the agent's data directory
     */
    public ThisMachine(String seed) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(seed.getBytes(StandardCharsets.UTF_8));
            nodeId = HexFormat.of().formatHex(digest).substring(0, NODE_ID_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    /** The id of this node: 56 hexadecimal digits, as Ray's are. */
    public String nodeId() {
        return nodeId;
    }

    /** The address of this node. */
    public String ip() {
        return "127.0.0.1";
    }

    /** How many GPUs there are. */
    public int gpuCount() {
        return 0;
    }

    /** Why a job that needs so much can never run here, in a sentence; empty when it can. */
    public Optional<String> cannotEverRun(double cpus, long memoryBytes) {
        int processors = Runtime.getRuntime().availableProcessors();
        return cpus > processors
                ? Optional.of("the job asks for " + cpus + " CPUs, this machine has " + processors)
                : Optional.empty();
    }
}
