package io.synapse.sdk.embedded.internal.job;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What proc(5) says of a process: {@code pid (command) state parent group session …}.
 *
 * @param pid its process id
 * @param state a letter
 * @param parent the process id of its parent; 1, or that of a subreaper, once the parent is gone
 * @param session the process id of the leader of its session
 * @param startTicks the clock ticks from the machine's boot to its start
 */
record ProcessStat(long pid, String state, long parent, long session, String startTicks) {
    private static final Path PROC = Path.of("/proc");
    private static final int PARENT = 1;
    private static final int SESSION = 3;
    private static final int START_TICKS = 19;

    /** Of that process; empty when there is none, or no longer. */
    static Optional<ProcessStat> read(long pid) throws IOException {
        Path process = PROC.resolve(Long.toString(pid));
        try {
            String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
            // the command may hold anything, so count from its closing bracket
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Optional.of(new ProcessStat(
                    pid,
                    fields[0],
                    Long.parseLong(fields[PARENT]),
                    Long.parseLong(fields[SESSION]),
                    fields[START_TICKS]));
        } catch (IOException e) {
            if (Files.exists(process)) {
                throw e;
            }
            return Optional.empty(); // it went while it was being read
        }
    }

    /** Of all processes of this machine that are not mere zombies. */
    static List<ProcessStat> readAll() throws IOException {
        List<ProcessStat> all = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[1-9]*")) {
            for (Path process : processes) {
                read(Long.parseLong(process.getFileName().toString()))
                        .filter(stat -> !stat.isZombie())
                        .ifPresent(all::add);
            }
        }
        return all;
    }

    /** Whether its environment holds this text; no, when it is a process of somebody else, whose is hidden. */
    boolean hasInEnvironment(String text) {
        try {
            return Files.readString(PROC.resolve(Long.toString(pid)).resolve("environ"), StandardCharsets.ISO_8859_1)
                    .contains(text);
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether this is of the same process, and not of a later one with its pid. */
    boolean isSameProcess(ProcessStat other) {
        return pid == other.pid && startTicks.equals(other.startTicks);
    }

    boolean isZombie() {
        return state.equals("Z");
    }

    /** Whether SIGSTOP, or another signal of its kind, has suspended it. */
    boolean isSuspended() {
        return state.equals("T");
    }
}
