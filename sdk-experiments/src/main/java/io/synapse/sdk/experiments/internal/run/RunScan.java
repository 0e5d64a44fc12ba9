package io.synapse.sdk.experiments.internal.run;

import io.synapse.sdk.experiments.internal.file.ExperimentFolders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the files of all runs, and has those read that differ from their records. Thread-safe. */
public final class RunScan {
    private static final Logger LOG = LoggerFactory.getLogger(RunScan.class);

    private final Jdbi database;
    private final ExperimentFolders folders;
    private final RunIndexer indexer;

    public RunScan(Jdbi database, ExperimentFolders folders, RunIndexer indexer) {
        this.database = database;
        this.folders = folders;
        this.indexer = indexer;
    }

    /** How much there is. */
    public record Count(int projects, int runs, int files) {
        private Count plus(Count other) {
            return new Count(projects + other.projects, runs + other.runs, files + other.files);
        }
    }

    /** Looks at all projects. */
    public Count all() {
        Count count = new Count(0, 0, 0);
        Set<String> gone = new HashSet<>(database.withHandle(RunRecords::projects));
        try (Stream<Path> entries = Files.list(folders.logs())) {
            for (Path project : entries.filter(RunScan::isProject).toList()) {
                count = count.plus(project(project));
                gone.remove(String.valueOf(project.getFileName()));
            }
        } catch (IOException e) {
            LOG.warn("the log folders cannot be listed", e);
            return count;
        }
        gone.forEach(project -> project(folders.logs().resolve(project)));
        return count;
    }

    /** Looks at the files of one project. */
    public Count project(Path folder) {
        String project = String.valueOf(folder.getFileName());
        Map<String, RunRecords.Known> known = database.withHandle(handle -> RunRecords.known(handle, project));
        Map<String, List<RunFile>> present = present(folder);
        Set<String> runs = new HashSet<>(known.keySet());
        runs.addAll(present.keySet());
        for (String run : runs) {
            if (isToBeRead(known.get(run), present.getOrDefault(run, List.of()))) {
                read(indexer, project, run);
            }
        }
        int files = present.values().stream().mapToInt(List::size).sum();
        return new Count(present.isEmpty() ? 0 : 1, present.size(), files);
    }

    /** Whether a folder of that name is one of a project. */
    static boolean isProject(Path folder) {
        return RunNames.isRun(String.valueOf(folder.getFileName()))
                && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
    }

    /** Reads one run; a run that cannot be read does not keep others from being read. */
    void read(RunIndexer reader, String project, String run) {
        try {
            reader.index(project, run);
        } catch (IOException | RuntimeException e) {
            LOG.warn("run {} of project {} cannot be read", run, project, e);
        }
    }

    private static boolean isToBeRead(RunRecords.@Nullable Known known, List<RunFile> files) {
        if (known == null || !RunStatus.isOver(known.status()) || files.isEmpty()) {
            return true;
        }
        return !known.files().equals(RunRecord.json(files)) || !RunFile.isSettled(files, known.updatedAt());
    }

    private static Map<String, List<RunFile>> present(Path folder) {
        Map<String, List<RunFile>> runs = new HashMap<>();
        if (!isProject(folder)) {
            return runs;
        }
        try (Stream<Path> files = Files.list(folder)) {
            files.sorted().forEach(file -> add(runs, file));
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("{} cannot be listed", folder, e);
        }
        return runs;
    }

    private static void add(Map<String, List<RunFile>> runs, Path file) {
        RunFile.owner(String.valueOf(file.getFileName())).ifPresent(owner -> {
            try {
                RunFile.of(file, owner.kind())
                        .ifPresent(found -> runs.computeIfAbsent(owner.run(), run -> new ArrayList<>())
                                .add(found));
            } catch (IOException e) { // deleted meanwhile
                LOG.debug("{} cannot be looked at", file, e);
            }
        });
    }
}
