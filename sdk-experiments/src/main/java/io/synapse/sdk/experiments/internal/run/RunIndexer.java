package io.synapse.sdk.experiments.internal.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.synapse.sdk.experiments.internal.Json;
import io.synapse.sdk.experiments.internal.RunningTime;
import io.synapse.sdk.experiments.internal.config.Config;
import io.synapse.sdk.experiments.internal.config.ConfigException;
import io.synapse.sdk.experiments.internal.event.Events;
import io.synapse.sdk.experiments.internal.file.ExperimentFolders;
import io.synapse.sdk.experiments.internal.file.FileListener;
import io.synapse.sdk.experiments.internal.file.HashCache;
import io.synapse.sdk.experiments.internal.file.JobLookup;
import io.synapse.sdk.experiments.internal.metric.CsvPosition;
import io.synapse.sdk.experiments.internal.metric.MetricStore;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the records of runs up to their files. What is read of a file and up to where is recorded in one transaction, so
 * that the end of the server at any moment loses no row and has none twice. Thread-safe.
 */
public final class RunIndexer implements FileListener {
    private static final Logger LOG = LoggerFactory.getLogger(RunIndexer.class);

    private static final int LOCKS = 64;

    private final Jdbi database;
    private final ExperimentFolders folders;
    private final HashCache hashes;
    private final MetricStore metrics;
    private final JobLookup jobs;
    private final Events events;
    private final RunningTime time;
    private final InstantSource clock;
    private final Object[] locks = Stream.generate(Object::new).limit(LOCKS).toArray();

    public RunIndexer(
            Jdbi database,
            ExperimentFolders folders,
            HashCache hashes,
            MetricStore metrics,
            JobLookup jobs,
            Events events,
            RunningTime time,
            InstantSource clock) {
        this.database = database;
        this.folders = folders;
        this.hashes = hashes;
        this.metrics = metrics;
        this.jobs = jobs;
        this.events = events;
        this.time = time;
        this.clock = clock;
    }

    /** A file came from a worker. That it cannot be read now is no failure of its arrival: it is read later. */
    @Override
    public void changed(JobLookup.Job job, String file) {
        Optional<RunFile.Owner> owner = RunFile.owner(file);
        try {
            if (owner.isPresent()) {
                index(job.project(), owner.get().run());
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("the run of {} in project {} is read later", file, job.project(), e);
        }
    }

    /** Reads what is new of a run; removes the record of a run that has no files any more. */
    void index(String project, String name) throws IOException {
        synchronized (lock(project, name)) {
            while (indexSome(project, name)) {
                LOG.debug("run {} of project {} has more rows", name, project);
            }
        }
    }

    private boolean indexSome(String project, String name) throws IOException {
        List<RunFile> files = files(project, name);
        Optional<RunRecord> known = database.withHandle(handle -> RunRecords.find(handle, project, name));
        if (known.filter(run -> run.source() != RunRecord.Source.FILE).isPresent()) {
            return false; // its rows come from elsewhere
        }
        if (files.isEmpty()) {
            known.ifPresent(this::remove);
            return false;
        }
        return read(project, name, files, known);
    }

    /** Removes the files and the record of a run. */
    void delete(RunRecord run) throws IOException {
        synchronized (lock(run.project(), run.name())) {
            for (RunFile file : files(run.project(), run.name())) {
                Files.deleteIfExists(folders.project(run.project()).resolve(file.name()));
            }
            remove(run);
        }
    }

    private Object lock(String project, String name) {
        return locks[Math.floorMod(31 * project.hashCode() + name.hashCode(), LOCKS)];
    }

    private List<RunFile> files(String project, String name) throws IOException {
        Path folder = folders.project(project);
        List<RunFile> files = new ArrayList<>();
        for (String ending : List.of(".yaml", ".yml", "_config.yaml", "_config.yml", ".csv", ".log", ".pt")) {
            String file = name + ending;
            Optional<RunFile.Owner> owner =
                    RunFile.owner(file).filter(found -> found.run().equals(name));
            if (owner.isPresent()) {
                RunFile.of(folder.resolve(file), owner.get().kind()).ifPresent(files::add);
            }
        }
        files.sort(Comparator.comparing(RunFile::name));
        return files;
    }

    private void remove(RunRecord run) {
        database.useTransaction(transaction -> {
            metrics.clear(transaction, run.id());
            RunRecords.delete(transaction, run);
            events.record(transaction, "run_update", update("deleted", run.project(), run.name(), null));
        });
    }

    private boolean read(String project, String name, List<RunFile> files, Optional<RunRecord> known)
            throws IOException {
        Optional<RunFile> table = files.stream()
                .filter(file -> file.kind() == RunFile.Kind.METRICS)
                .findFirst();
        Optional<JobLookup.Job> job = job(project, name);
        CsvPosition position = known.flatMap(this::position).orElse(CsvPosition.START);
        if (known.isPresent() && isUpToDate(known.get(), files, job) && (table.isEmpty() || position.isAtEnd())) {
            return false;
        }
        boolean isOver = job.map(JobLookup.Job::isOver)
                .orElseGet(() -> untouched(files, known).compareTo(RunStatus.UNTOUCHED) >= 0);
        Optional<TableReading> reading = table.isEmpty()
                ? Optional.empty()
                : tableReading(folders.project(project).resolve(table.get().name()), position, isOver);
        JsonNode hyperparameters = hyperparameters(project, files, known);
        database.useTransaction(transaction -> {
            RunRecord before = known.isPresent()
                    ? known.get()
                    : RunRecords.insert(
                            transaction, project, name, RunRecord.Source.FILE, clock.instant(), time.millis());
            record(transaction, before, files, reading, hyperparameters, job);
        });
        return reading.filter(TableReading::isPart).isPresent();
    }

    /** Whether nothing would be recorded that is not, but when it was. */
    private boolean isUpToDate(RunRecord run, List<RunFile> files, Optional<JobLookup.Job> job) {
        return run.files().equals(files)
                && RunFile.isSettled(files, run.updatedAt())
                && run.status()
                        .equals(RunStatus.of(new RunStatus.Facts(
                                job.map(JobLookup.Job::state).orElse(null),
                                run.file(RunFile.Kind.METRICS).isPresent(),
                                run.rows(),
                                run.lastEpoch(),
                                run.hyperparameters(),
                                Duration.ofMillis(time.millis() - run.changedRunning()))));
    }

    private Optional<JobLookup.Job> job(String project, String name) {
        return database.withHandle(
                        handle -> handle.createQuery("SELECT uid FROM job_file WHERE project = ? AND name = ?")
                                .bind(0, project)
                                .bind(1, name + ".csv")
                                .mapTo(String.class)
                                .findOne())
                .flatMap(jobs::find);
    }

    private Optional<CsvPosition> position(RunRecord run) {
        return database.withHandle(handle -> handle.createQuery("SELECT position FROM csv_position WHERE run = ?")
                        .bind(0, run.id())
                        .mapTo(String.class)
                        .findOne())
                .map(CsvPosition::of);
    }

    private Optional<TableReading> tableReading(Path file, CsvPosition position, boolean isOver) throws IOException {
        try {
            return Optional.of(TableReading.of(file, hashes.content(file), position, isOver));
        } catch (NoSuchFileException e) { // deleted meanwhile, which is noticed by itself
            LOG.debug("{} has gone", file, e);
            return Optional.empty();
        }
    }

    private JsonNode hyperparameters(String project, List<RunFile> files, Optional<RunRecord> known)
            throws IOException {
        Optional<RunFile> config = files.stream()
                .filter(file -> file.kind() == RunFile.Kind.CONFIG)
                .findFirst();
        if (config.isEmpty()) {
            return Json.MAPPER.createObjectNode();
        }
        if (known.isPresent() && known.get().files().contains(config.get())) {
            return known.get().hyperparameters();
        }
        Path file = folders.project(project).resolve(config.get().name());
        try {
            return Json.MAPPER.valueToTree(Config.parse(Config.read(file)).values());
        } catch (ConfigException | CharacterCodingException e) {
            LOG.warn("{} is no config: {}", file, e.getMessage());
            return Json.MAPPER.createObjectNode();
        }
    }

    private Duration untouched(List<RunFile> files, Optional<RunRecord> known) {
        boolean isSame = known.isPresent() && known.get().files().equals(files);
        return Duration.ofMillis(
                time.millis() - (isSame ? known.get().changedRunning() : changedRunning(files, known)));
    }

    /** When files that have just been seen to differ changed; those that were there before the server, by their own time. */
    private long changedRunning(List<RunFile> files, Optional<RunRecord> known) {
        if (known.isPresent()) {
            return time.millis();
        }
        Instant newest = files.stream()
                .map(RunFile::modified)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        return time.millis()
                - Math.max(0, Duration.between(newest, clock.instant()).toMillis());
    }

    private void record(
            Handle transaction,
            RunRecord before,
            List<RunFile> files,
            Optional<TableReading> reading,
            JsonNode hyperparameters,
            Optional<JobLookup.Job> job) {
        if (reading.isPresent()) {
            reading.get().store(transaction, metrics, before.id());
        } else {
            metrics.clear(transaction, before.id());
        }
        Optional<RunRecord> known = before.files().isEmpty() ? Optional.empty() : Optional.of(before);
        long changed = before.files().equals(files) ? before.changedRunning() : changedRunning(files, known);
        @Nullable
        Double epoch = reading.map(rows -> rows.lastEpoch(before.lastEpoch())).orElse(null);
        String status = RunStatus.of(new RunStatus.Facts(
                job.map(JobLookup.Job::state).orElse(null),
                reading.isPresent(),
                metrics.rows(transaction, before.id()),
                epoch,
                hyperparameters,
                Duration.ofMillis(time.millis() - changed)));
        if (RunStatus.isOver(status)) {
            metrics.finish(transaction, before.id());
        }
        RunRecord after = before.read(status, clock.instant(), changed, files, hyperparameters)
                .table(
                        reading.map(rows -> rows.columns(before.columns())).orElse(List.of()),
                        reading.map(TableReading::stepColumn).orElse(null),
                        epoch,
                        Finals.of(metrics.summaries(transaction, before.id())),
                        reading.map(TableReading::warnings).orElse(List.of()));
        RunRecords.update(transaction, after);
        reading.ifPresent(rows -> transaction.execute(
                "INSERT OR REPLACE INTO csv_position (run, position) VALUES (?, ?)",
                before.id(),
                rows.after().text()));
        tell(transaction, before, after, reading);
    }

    private void tell(Handle transaction, RunRecord before, RunRecord after, Optional<TableReading> reading) {
        for (RunFile file : after.files()) {
            if (before.files().stream().noneMatch(known -> known.name().equals(file.name()))) {
                events.record(transaction, "run_update", update("created", after.project(), after.name(), file));
            }
        }
        if (!before.files().isEmpty() && !before.status().equals(after.status())) {
            events.record(transaction, "run_update", update("modified", after.project(), after.name(), null));
        }
        reading.ifPresent(rows -> rows.warnings().stream()
                .filter(warning -> !rows.knownWarnings().contains(warning))
                .forEach(warning -> LOG.warn("run {} of project {}: {}", after.name(), after.project(), warning)));
        reading.filter(rows -> rows.rowCount() > 0 || rows.isRestarted())
                .ifPresent(rows -> transaction.afterCommit(() -> events.send(
                        "metric_update",
                        Map.of(
                                "project", after.project(),
                                "run_name", after.name(),
                                "from_row", rows.firstRow(),
                                "rows", rows.eventRows()))));
    }

    private Map<String, Object> update(String type, String project, String run, @Nullable RunFile file) {
        RunFile.Kind kind = file == null ? RunFile.Kind.METRICS : file.kind();
        String name = file == null ? run + ".csv" : file.name();
        return Map.of(
                "event_type", type,
                "project", project,
                "file_path", folders.relative(folders.project(project).resolve(name)),
                "file_type", kind.word(),
                "run_info", Map.of("run_name", run, "type", kind.word()));
    }
}
