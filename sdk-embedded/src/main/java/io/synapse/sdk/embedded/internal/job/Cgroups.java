package io.synapse.sdk.embedded.internal.job;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Control groups, version 2 (cgroups(7)): folders of a file system in which the kernel keeps count of processes and of
 * all that they start.
 */
final class Cgroups {
    private static final Logger LOG = LoggerFactory.getLogger(Cgroups.class);
    private static final String PROCESSES = "cgroup.procs";

    private Cgroups() {}

    /** The cgroup that this process is in, if others can be made in there. */
    static Optional<Path> own() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/cgroup"))) {
                if (line.startsWith("0::/")) {
                    return mountPoint()
                            .map(mounted -> mounted.resolve(line.substring("0::/".length())))
                            .filter(Files::isWritable)
                            .filter(own -> Files.isWritable(own.resolve(PROCESSES)))
                            .filter(Cgroups::isOfThisProcess);
                }
            }
        } catch (IOException e) {
            LOG.debug("no cgroups here", e);
        }
        return Optional.empty();
    }

    /** Where the kernel shows them: {@code device folder type options …}. */
    private static Optional<Path> mountPoint() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/mounts")).stream()
                .map(line -> line.split(" "))
                .filter(mount -> mount.length > 2 && mount[2].equals("cgroup2"))
                .map(mount -> Path.of(mount[1]))
                .findFirst();
    }

    /** In a container, what is mounted may begin somewhere else. */
    private static boolean isOfThisProcess(Path cgroup) {
        try {
            return Files.readAllLines(cgroup.resolve(PROCESSES))
                    .contains(Long.toString(ProcessHandle.current().pid()));
        } catch (IOException e) {
            return false;
        }
    }

    /** The processes in a cgroup and in those below it; none when it is gone. */
    static List<Long> processes(Path cgroup) throws IOException {
        try {
            List<Long> pids = new ArrayList<>();
            Files.readAllLines(cgroup.resolve(PROCESSES)).forEach(pid -> pids.add(Long.valueOf(pid)));
            for (Path child : children(cgroup)) {
                pids.addAll(processes(child));
            }
            return pids;
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /** Kills all processes in a cgroup and below it in one step, where the kernel can (Linux 5.14). */
    static void kill(Path cgroup) {
        try {
            Files.writeString(cgroup.resolve("cgroup.kill"), "1", StandardOpenOption.WRITE);
        } catch (IOException e) {
            LOG.debug("cgroup {} cannot be killed", cgroup, e);
        }
    }

    /** Removes a cgroup and those below it, unless a process is in one. */
    static void remove(Path cgroup) {
        try {
            for (Path child : children(cgroup)) {
                remove(child);
            }
            Files.deleteIfExists(cgroup);
        } catch (IOException e) {
            LOG.debug("cgroup {} stays", cgroup, e);
        }
    }

    private static List<Path> children(Path cgroup) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(cgroup, Files::isDirectory)) {
            List<Path> children = new ArrayList<>();
            folders.forEach(children::add);
            return children;
        }
    }
}
