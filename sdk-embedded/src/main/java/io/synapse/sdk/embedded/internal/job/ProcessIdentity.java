package io.synapse.sdk.embedded.internal.job;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One process of this machine, told from another that has the same pid later.
 *
 * @param pid its process id, which is the id of its process group too
 * @param started the machine's boot and the clock ticks from there to the process's start
 */
public record ProcessIdentity(long pid, String started) {
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

    /** Reads {@code pid started}, as run-job.sh writes it. */
    static ProcessIdentity parse(String line) {
        int space = line.indexOf(' ');
        return new ProcessIdentity(
                Long.parseLong(line.substring(0, space)),
                line.substring(space + 1).strip());
    }

    /** Whether this very process is there and not a mere zombie. */
    boolean isAlive() throws IOException {
        Optional<Stat> stat = Stat.read(Path.of("/proc", Long.toString(pid)));
        return stat.isPresent()
                && !stat.get().isZombie()
                && started.equals(
                        Files.readString(BOOT).strip() + ":" + stat.get().startTicks());
    }

    /** Whether any process of the group that this process leads, or led, is there and not a mere zombie. */
    boolean isGroupAlive() throws IOException {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[1-9]*")) {
            for (Path process : processes) {
                Optional<Stat> stat = Stat.read(process);
                if (stat.isPresent() && stat.get().group() == pid && !stat.get().isZombie()) {
                    return true;
                }
            }
            return false;
        }
    }

    /** What proc(5) says of a process: {@code pid (command) state parent group …}. */
    private record Stat(String state, long group, String startTicks) {
        private static final int GROUP = 2;
        private static final int START_TICKS = 19;

        /** Empty when there is no such process, or no longer. */
        static Optional<Stat> read(Path process) throws IOException {
            try {
                String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
                // the command may hold anything, so count from its closing bracket
                String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
                return Optional.of(new Stat(fields[0], Long.parseLong(fields[GROUP]), fields[START_TICKS]));
            } catch (IOException e) {
                if (Files.exists(process)) {
                    throw e;
                }
                return Optional.empty(); // it went while it was being read
            }
        }

        boolean isZombie() {
            return state.equals("Z");
        }
    }
}
