package io.synapse.sdk.embedded.internal.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

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
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            // proc(5): pid (command) state …; the command may hold anything, so count from its closing bracket
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            String ticks = fields[19];
            return !fields[0].equals("Z")
                    && started.equals(Files.readString(BOOT).strip() + ":" + ticks);
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            if (!Files.exists(Path.of("/proc", Long.toString(pid)))) {
                return false; // it went while it was being read
            }
            throw e;
        }
    }
}
