package io.synapse.sdk.embedded.internal.job;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The processes of one job: all that its leader started, directly or not, and that are still there.
 *
 * <p>Where the job has a cgroup, the kernel keeps count of them. Elsewhere they are those of the leader's session, those
 * that carry the leader's mark in their environment, and the descendants of either. What leaves the session, clears its
 * environment and loses its parent is found only in a cgroup.
 *
 * @param leader the process of run-job.sh
 * @param cgroup the job's own cgroup, or null
 */
record JobMembers(ProcessIdentity leader, @Nullable Path cgroup) {
    private static final Logger LOG = LoggerFactory.getLogger(JobMembers.class);
    private static final int MOST_ROUNDS = 5;

    /** A process, whether it is in the session of the job's leader, and whether it is suspended. */
    record Member(ProcessHandle process, boolean inSession, boolean isSuspended) {}

    /** Those that are alive now, the leader too. */
    List<Member> alive() throws IOException {
        boolean ownsSession = leader.ownsSession();
        List<Member> members = new ArrayList<>();
        for (ProcessStat stat : cgroup == null ? found(ownsSession) : counted(cgroup)) {
            Optional<ProcessHandle> process = ProcessHandle.of(stat.pid());
            // The handle is of whoever has the pid now; it stands for that process and no later one.
            if (process.isPresent()
                    && ProcessStat.read(stat.pid()).filter(stat::isSameProcess).isPresent()) {
                boolean inSession = ownsSession && stat.session() == leader.pid();
                members.add(new Member(process.get(), inSession, stat.isSuspended()));
            }
        }
        return members;
    }

    /** Those that are alive now without the leader. */
    List<Member> aliveBesideLeader() throws IOException {
        return alive().stream()
                .filter(member -> member.process().pid() != leader.pid())
                .toList();
    }

    /**
     * Suspends all but the leader, which records the end of the job, with SIGSTOP. Those that they start meanwhile are found in
     * the next round. One that waits for a child to begin, as after vfork(2), gets the signal only then, and may not look
     * suspended.
     *
     * @return whether all are suspended; if not, it is to be called again
     */
    boolean suspend() throws IOException {
        Set<ProcessHandle> signalled = new HashSet<>();
        for (int round = 0; round < MOST_ROUNDS; round++) {
            List<Member> active = aliveBesideLeader().stream()
                    .filter(member -> !member.isSuspended() && !signalled.contains(member.process()))
                    .toList();
            if (active.isEmpty()) {
                return true;
            }
            signal("STOP", active);
            active.forEach(member -> signalled.add(member.process()));
        }
        return false;
    }

    /** Has these go on, if any of them is suspended: then others may be about to be. */
    static void resume(List<Member> members) throws IOException {
        if (members.stream().anyMatch(Member::isSuspended)) {
            signal("CONT", members);
        }
    }

    /** Sends a signal that Java has no method for. A process that has ended meanwhile keeps it from no other. */
    private static void signal(String name, List<Member> members) throws IOException {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "kill -s \"$0\" \"$@\"", name));
        members.forEach(member -> command.add(Long.toString(member.process().pid())));
        new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .onExit()
                .join();
    }

    /** Asks these to end. Those that are suspended go on, since they get the signal only then. */
    static void terminate(List<Member> members) {
        members.forEach(member -> member.process().destroy());
        try {
            resume(members);
        } catch (IOException e) {
            LOG.debug("suspended processes cannot go on, and end only when they are killed", e);
        }
    }

    /** Ends these, and in a cgroup also those that they are starting meanwhile. */
    void kill(List<Member> members) {
        if (cgroup != null) {
            Cgroups.kill(cgroup);
        }
        members.forEach(member -> member.process().destroyForcibly());
    }

    /** Removes the cgroup, unless a process is in it. */
    void removeCgroup() {
        if (cgroup != null) {
            Cgroups.remove(cgroup);
        }
    }

    private List<ProcessStat> counted(Path folder) throws IOException {
        Set<Long> pids = new HashSet<>(Cgroups.processes(folder));
        if (leader.isAlive()) {
            pids.add(leader.pid()); // it leaves the cgroup before it ends
        }
        List<ProcessStat> members = new ArrayList<>();
        for (long pid : pids) {
            ProcessStat.read(pid).filter(stat -> !stat.isZombie()).ifPresent(members::add);
        }
        return members;
    }

    private List<ProcessStat> found(boolean ownsSession) throws IOException {
        List<ProcessStat> all = ProcessStat.readAll();
        Map<Long, ProcessStat> members = new HashMap<>();
        for (ProcessStat stat : all) {
            if (ownsSession && stat.session() == leader.pid() || stat.hasInEnvironment(leader.mark())) {
                members.put(stat.pid(), stat);
            }
        }
        boolean more = !members.isEmpty();
        while (more) {
            more = false;
            for (ProcessStat stat : all) {
                more |= members.containsKey(stat.parent()) && members.putIfAbsent(stat.pid(), stat) == null;
            }
        }
        return List.copyOf(members.values());
    }
}
