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
    /** A process, and whether it is in the session of the job's leader. */
    record Member(ProcessHandle process, boolean inSession) {}

    /** Those that are alive now, the leader too. */
    List<Member> alive() throws IOException {
        boolean ownsSession = leader.ownsSession();
        List<Member> members = new ArrayList<>();
        for (ProcessStat stat : cgroup == null ? found(ownsSession) : counted(cgroup)) {
            Optional<ProcessHandle> process = ProcessHandle.of(stat.pid());
            // The handle is of whoever has the pid now; it stands for that process and no later one.
            if (process.isPresent()
                    && ProcessStat.read(stat.pid()).filter(stat::isSameProcess).isPresent()) {
                members.add(new Member(process.get(), ownsSession && stat.session() == leader.pid()));
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

    /** Asks these to end. */
    static void terminate(List<Member> members) {
        members.forEach(member -> member.process().destroy());
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
