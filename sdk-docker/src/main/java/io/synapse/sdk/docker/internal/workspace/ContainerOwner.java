package io.synapse.sdk.docker.internal.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * The process that opened a workspace: by a label on its container, another can tell whether it is still there.
 *
 * @param machine where process ids mean the same: one start of a machine and one PID namespace
 * @param processId its id there
 * @param start when it was started, in milliseconds since 1970, since ids are given again
 */
record ContainerOwner(String machine, long processId, long start) {
    private static final ContainerOwner CURRENT = current(ProcessHandle.current());

    /** This JVM. */
    static ContainerOwner current() {
        return CURRENT;
    }

    private static ContainerOwner current(ProcessHandle process) {
        return new ContainerOwner(thisMachine(), process.pid(), start(process));
    }

    /** From the text of a label. */
    static Optional<ContainerOwner> parse(String label) {
        String[] parts = label.split("/");
        try {
            return parts.length != 3
                    ? Optional.empty()
                    : Optional.of(new ContainerOwner(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2])));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The text for a label. */
    String label() {
        return machine + "/" + processId + "/" + start;
    }

    /** Whether process ids of this JVM tell about it. */
    boolean isOnThisMachine() {
        return machine.equals(CURRENT.machine);
    }

    /** Whether it runs, if it is on this machine. */
    boolean isAlive() {
        return ProcessHandle.of(processId)
                .filter(process -> process.isAlive() && start(process) == start)
                .isPresent();
    }

    private static long start(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    /** On Linux, of the machine's start and the namespace; elsewhere of the host's name, as far as it is known. */
    private static String thisMachine() {
        try {
            String boot =
                    Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
            String namespace =
                    Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
            return boot + "-" + namespace.replaceAll("[^0-9]", "");
        } catch (IOException | RuntimeException e) {
            String host =
                    System.getenv().getOrDefault("COMPUTERNAME", System.getenv().getOrDefault("HOSTNAME", ""));
            return "host-" + host.replaceAll("[^A-Za-z0-9.-]", "") + "-" + System.getProperty("user.name");
        }
    }
}
