package io.synapse.sdk.embedded.internal.job;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One process of this machine, told from another that has the same pid later.
 *
 * @param pid its process id, which is the id of its process group too
 * @param started the machine's boot and the clock ticks from there to the process's start
 */
public record ProcessIdentity(long pid, String started) {
    private static final Pattern LINE = Pattern.compile("([1-9]\\d{0,17}) ([0-9a-f-]{36}:\\d+)");
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

    /** Reads {@code pid started}, as run-job.sh writes it; empty when it is anything else. */
    static Optional<ProcessIdentity> parse(String line) {
        Matcher identity = LINE.matcher(line.strip());
        return identity.matches()
                ? Optional.of(new ProcessIdentity(Long.parseLong(identity.group(1)), identity.group(2)))
                : Optional.empty();
    }

    /** Whether this very process is there and not a mere zombie. */
    boolean isAlive() throws IOException {
        Optional<Stat> stat = Stat.read(Path.of("/proc", Long.toString(pid)));
        return stat.isPresent() && !stat.get().isZombie() && isThis(stat.get());
    }

    /**
     * Whether any process of the group that this process leads, or led, is there and not a mere zombie. While one is,
     * the machine gives the group's number to nobody else; a number with another process behind it is another group's.
     */
    boolean isGroupAlive() throws IOException {
        Optional<Stat> leader = Stat.read(Path.of("/proc", Long.toString(pid)));
        if (!isOfThisBoot() || leader.isPresent() && !isThis(leader.get())) {
            return false;
        }
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[1-9]*")) {
            for (Path process : processes) {
                Optional<Stat> stat = Stat.read(process);
                if (stat.isPresent()
                        && stat.get().isMemberOf(pid)
                        && !stat.get().isZombie()) {
                    return true;
                }
            }
            return false;
        }
    }

    private boolean isThis(Stat stat) throws IOException {
        return started.equals(boot() + ":" + stat.startTicks());
    }

    private boolean isOfThisBoot() throws IOException {
        return started.startsWith(boot() + ":");
    }

    private static String boot() throws IOException {
        return Files.readString(BOOT).strip();
    }

    /** What proc(5) says of a process: {@code pid (command) state parent group session …}. */
    private record Stat(String state, long group, long session, String startTicks) {
        private static final int GROUP = 2;
        private static final int SESSION = 3;
        private static final int START_TICKS = 19;

        /** Empty when there is no such process, or no longer. */
        static Optional<Stat> read(Path process) throws IOException {
            try {
                String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
                // the command may hold anything, so count from its closing bracket
                String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
                return Optional.of(new Stat(
                        fields[0],
                        Long.parseLong(fields[GROUP]),
                        Long.parseLong(fields[SESSION]),
                        fields[START_TICKS]));
            } catch (IOException e) {
                if (Files.exists(process)) {
                    throw e;
                }
                return Optional.empty(); // it went while it was being read
            }
        }

        /** A job's leader has begun both the group and the session. */
        boolean isMemberOf(long leader) {
            return group == leader && session == leader;
        }

        boolean isZombie() {
            return state.equals("Z");
        }
    }
}
