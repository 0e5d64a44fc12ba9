package io.synapse.sdk.embedded.internal.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One process of this machine, told from another that has the same pid later.
 *
 * @param pid its process id, which is the id of its session too
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

    /**
     * The process that has this pid now.
     *
     * @throws IOException when there is none
     */
    static ProcessIdentity of(long pid) throws IOException {
        ProcessStat stat =
                ProcessStat.read(pid).orElseThrow(() -> new IOException("the process " + pid + " has ended"));
        return new ProcessIdentity(pid, boot() + ":" + stat.startTicks());
    }

    /** What run-job.sh puts into the environment of all that this process starts. */
    String mark() {
        return pid + "@" + started;
    }

    /** Whether this very process is there and not a mere zombie. */
    boolean isAlive() throws IOException {
        Optional<ProcessStat> stat = ProcessStat.read(pid);
        return stat.isPresent() && !stat.get().isZombie() && isThis(stat.get());
    }

    /**
     * Whether a session of this number is that of this process. While it has a member, the machine gives its number to
     * nobody else: with another process behind it, it is another session's.
     */
    boolean ownsSession() throws IOException {
        Optional<ProcessStat> leader = ProcessStat.read(pid);
        return started.startsWith(boot() + ":") && (leader.isEmpty() || isThis(leader.get()));
    }

    private boolean isThis(ProcessStat stat) throws IOException {
        return started.equals(boot() + ":" + stat.startTicks());
    }

    private static String boot() throws IOException {
        return Files.readString(BOOT).strip();
    }
}
