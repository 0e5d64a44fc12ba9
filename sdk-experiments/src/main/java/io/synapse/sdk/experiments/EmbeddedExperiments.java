package io.synapse.sdk.experiments;

import io.javalin.config.RoutesConfig;
import io.synapse.sdk.embedded.internal.CloseStack;
import io.synapse.sdk.embedded.internal.DataDirectory;
import io.synapse.sdk.embedded.internal.Database;
import io.synapse.sdk.embedded.internal.HostAndPort;
import io.synapse.sdk.embedded.internal.ServerToken;
import io.synapse.sdk.experiments.internal.PeriodicTasks;
import io.synapse.sdk.experiments.internal.RunningTime;
import io.synapse.sdk.experiments.internal.analysis.Analysis;
import io.synapse.sdk.experiments.internal.component.ComponentCatalog;
import io.synapse.sdk.experiments.internal.component.ComponentSync;
import io.synapse.sdk.experiments.internal.config.ConfigFiles;
import io.synapse.sdk.experiments.internal.config.DryRun;
import io.synapse.sdk.experiments.internal.config.WorkerChecks;
import io.synapse.sdk.experiments.internal.device.Devices;
import io.synapse.sdk.experiments.internal.event.EventLog;
import io.synapse.sdk.experiments.internal.event.EventStreams;
import io.synapse.sdk.experiments.internal.event.Events;
import io.synapse.sdk.experiments.internal.file.Artifacts;
import io.synapse.sdk.experiments.internal.file.ExperimentFolders;
import io.synapse.sdk.experiments.internal.file.FileSync;
import io.synapse.sdk.experiments.internal.file.HashCache;
import io.synapse.sdk.experiments.internal.file.JobLogs;
import io.synapse.sdk.experiments.internal.file.JobLookup;
import io.synapse.sdk.experiments.internal.http.AnalysisRoutes;
import io.synapse.sdk.experiments.internal.http.ComponentRoutes;
import io.synapse.sdk.experiments.internal.http.ConfigCheckRoutes;
import io.synapse.sdk.experiments.internal.http.ConfigRoutes;
import io.synapse.sdk.experiments.internal.http.DeviceRoutes;
import io.synapse.sdk.experiments.internal.http.EventRoutes;
import io.synapse.sdk.experiments.internal.http.EventSockets;
import io.synapse.sdk.experiments.internal.http.ExperimentServer;
import io.synapse.sdk.experiments.internal.http.JobLogRoutes;
import io.synapse.sdk.experiments.internal.http.JobLogSockets;
import io.synapse.sdk.experiments.internal.http.MetricRoutes;
import io.synapse.sdk.experiments.internal.http.MlflowArtifactRoutes;
import io.synapse.sdk.experiments.internal.http.MlflowExperimentRoutes;
import io.synapse.sdk.experiments.internal.http.MlflowRunRoutes;
import io.synapse.sdk.experiments.internal.http.MlflowUnknownRoutes;
import io.synapse.sdk.experiments.internal.http.NotificationRoutes;
import io.synapse.sdk.experiments.internal.http.QueueMonitorRoutes;
import io.synapse.sdk.experiments.internal.http.QueueRoutes;
import io.synapse.sdk.experiments.internal.http.RerunRoute;
import io.synapse.sdk.experiments.internal.http.RunFileRoutes;
import io.synapse.sdk.experiments.internal.http.RunRoutes;
import io.synapse.sdk.experiments.internal.http.SyncRoutes;
import io.synapse.sdk.experiments.internal.http.WorkerRoutes;
import io.synapse.sdk.experiments.internal.metric.MetricStore;
import io.synapse.sdk.experiments.internal.mlflow.MlflowExperiments;
import io.synapse.sdk.experiments.internal.mlflow.MlflowFiles;
import io.synapse.sdk.experiments.internal.mlflow.MlflowRuns;
import io.synapse.sdk.experiments.internal.mlflow.MlflowSearch;
import io.synapse.sdk.experiments.internal.notification.Notifications;
import io.synapse.sdk.experiments.internal.queue.Cleanup;
import io.synapse.sdk.experiments.internal.queue.JobDocuments;
import io.synapse.sdk.experiments.internal.queue.JobQueries;
import io.synapse.sdk.experiments.internal.queue.JobQueue;
import io.synapse.sdk.experiments.internal.queue.LongPolls;
import io.synapse.sdk.experiments.internal.queue.QueueStatistics;
import io.synapse.sdk.experiments.internal.queue.Submissions;
import io.synapse.sdk.experiments.internal.run.LogWatcher;
import io.synapse.sdk.experiments.internal.run.RunIndexer;
import io.synapse.sdk.experiments.internal.run.RunOrder;
import io.synapse.sdk.experiments.internal.run.RunScan;
import io.synapse.sdk.experiments.internal.run.Runs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * An experiment server on this machine: projects, runs, a queue with priorities, devices, component versions, live events and
 * the synchronization of logs. It serves the interface of CVLab-Kit's Web Helper and what wire/experiments.md has beyond it,
 * on loopback unless told otherwise, to whoever knows its token. Thread-safe.
 */
public final class EmbeddedExperiments implements AutoCloseable {
    private static final Database.Schema SCHEMA = new Database.Schema(
            "experiment server",
            5,
            EmbeddedExperiments.class,
            "put a copy in its place, or move it away to begin with none; the log folders stay where they are");

    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

    /** For the check of a config by a worker, from the request on. */
    private static final Duration CHECK_TIME = Duration.ofMinutes(2);

    /** Between two looks at all log folders, for changes that the system does not tell of. */
    private static final Duration LOG_SCAN = Duration.ofSeconds(10);

    private final String token;
    private final URI baseUrl;
    private final Duration workerTimeout;
    private final CloseStack parts = new CloseStack();
    private final CloseStack rooms = new CloseStack();

    private EmbeddedExperiments(Builder builder) throws IOException {
        token = builder.token == null ? ServerToken.random() : builder.token;
        workerTimeout = builder.workerTimeout;
        try {
            Path directory =
                    parts.add(DataDirectory.open(builder.dataDirectory)).path();
            Jdbi database = parts.add(Database.open(directory.resolve("experiments.db"), SCHEMA))
                    .jdbi();
            parts.add(rooms);
            ExperimentServer http = parts.add(new ExperimentServer(
                    builder.host, builder.port, token, routes -> register(routes, database, directory)));
            baseUrl = URI.create("http://" + HostAndPort.of(builder.host, http.port()));
            parts.add(rooms); // before the server, which waits for answers: streams of events do not end by themselves
        } catch (IOException | RuntimeException e) {
            parts.closeAfter(e);
            throw e;
        }
    }

    private void register(RoutesConfig routes, Jdbi database, Path directory) {
        RunningTime time = new RunningTime(database, System::nanoTime);
        EventLog events = new EventLog(database, time);
        Devices devices = rooms.add(new Devices(database, events, time::nanos));
        EventStreams streams = rooms.add(new EventStreams(events, devices::documents, KEEP_ALIVE));
        new EventRoutes(streams).register(routes);
        new EventSockets(streams).register(routes);
        JobDocuments documents = new JobDocuments(devices, workerTimeout);
        ConfigFiles stored = configs(directory);
        Notifications notifications = new Notifications(database, events);
        JobQueue queue = new JobQueue(database, time, devices, events, documents, notifications);
        WorkerChecks checks = new WorkerChecks(CHECK_TIME);
        new WorkerRoutes(queue, rooms.add(new LongPolls(queue)), documents, devices, checks).register(routes);
        Path logs = directory.resolve("queue_logs");
        JobQueries queries = new JobQueries(queue, documents, time, logs);
        new DeviceRoutes(devices, queries).register(routes);
        Submissions submissions = new Submissions(queue, documents, time, stored::find);
        QueueStatistics statistics = new QueueStatistics(queries, devices);
        Cleanup cleanup = new Cleanup(queue, events, time, logs);
        new QueueRoutes(queue, submissions, documents, queries, statistics, cleanup).register(routes);
        ComponentSync components = components(database, events, notifications, directory);
        ComponentCatalog catalog = new ComponentCatalog(components.components());
        new ConfigRoutes(stored).register(routes);
        new ConfigCheckRoutes(new DryRun(catalog, documents::misfit), checks, devices).register(routes);
        new ComponentRoutes(components, components.components(), catalog).register(routes);
        new NotificationRoutes(notifications, components).register(routes);
        PeriodicTasks periodic = rooms.add(new PeriodicTasks());
        new QueueMonitorRoutes(periodic, logs).register(routes);
        periodic.every(TICK, "devices cannot be told", devices::tick);
        periodic.every(TICK, "leases cannot be checked", queue::tick);
        periodic.every(MINUTE, "the running time cannot be recorded", time::save);
        periodic.every(MINUTE, "old events cannot be removed", events::prune);
        periodic.every(MINUTE, "old keys of requests cannot be removed", submissions::prune);
        Runs runs = registerRuns(routes, database, directory, queue.lookup(), events, time, submissions);
        periodic.every(TICK, "summaries of runs cannot be brought up to their rows", runs::summarize);
    }

    private Runs registerRuns(
            RoutesConfig routes,
            Jdbi database,
            Path directory,
            JobLookup jobs,
            Events events,
            RunningTime time,
            Submissions submissions) {
        try {
            ExperimentFolders folders = new ExperimentFolders(directory);
            MetricStore metrics = new MetricStore();
            HashCache hashes = new HashCache();
            RunIndexer indexer =
                    new RunIndexer(database, folders, hashes, metrics, jobs, events, time, InstantSource.system());
            RunScan scan = new RunScan(database, folders, indexer);
            rooms.add(new LogWatcher(folders, indexer, scan, LOG_SCAN, System::nanoTime));
            Runs runs = new Runs(database, folders, metrics, indexer, scan);
            new AnalysisRoutes(new Analysis(project -> runs.queries()
                            .runs(project, RunOrder.NEWEST, Analysis.MAX_RUNS, null)
                            .items()))
                    .register(routes);
            new RerunRoute(runs, submissions).register(routes);
            MlflowRuns mlflow = new MlflowRuns(database, metrics, events, InstantSource.system());
            Artifacts artifacts = new Artifacts(directory.resolve("artifacts"));
            MlflowFiles mlflowFiles = new MlflowFiles(mlflow, artifacts);
            new RunRoutes(runs, mlflowFiles).register(routes);
            new RunFileRoutes(runs, folders, mlflowFiles).register(routes);
            new MetricRoutes(runs).register(routes);
            JobLogs jobLogs = new JobLogs(folders);
            new JobLogRoutes(jobLogs).register(routes);
            rooms.add(new JobLogSockets(jobLogs, jobs)).register(routes);
            new SyncRoutes(new FileSync(database, folders, hashes, jobs, events, indexer)).register(routes);
            registerMlflow(routes, database, mlflow, artifacts);
            return runs;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void registerMlflow(RoutesConfig routes, Jdbi database, MlflowRuns runs, Artifacts artifacts) {
        MlflowSearch search = new MlflowSearch(database);
        new MlflowExperimentRoutes(new MlflowExperiments(database, InstantSource.system()), search).register(routes);
        new MlflowRunRoutes(runs, search).register(routes);
        new MlflowArtifactRoutes(artifacts, runs).register(routes);
        new MlflowUnknownRoutes().register(routes);
    }

    private static ConfigFiles configs(Path directory) {
        try {
            return new ConfigFiles(directory.resolve("config"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ComponentSync components(Jdbi database, Events events, Notifications notifications, Path directory) {
        try {
            return new ComponentSync(database, events, notifications, directory.resolve("components"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a server on a free port of loopback, with a new token and a temporary data directory. */
    public static EmbeddedExperiments start() {
        return builder().start();
    }

    /** A builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Where it serves, for instance {@code http://127.0.0.1:41233}. */
    public URI baseUrl() {
        return baseUrl;
    }

    /** What a caller must send, as {@code Authorization: Bearer}. */
    public String token() {
        return token;
    }

    /** Stops serving. What is recorded stays in the data directory, unless that is temporary. Closing again does nothing. */
    @Override
    public synchronized void close() {
        parts.close();
    }

    /** Its address; not its token. */
    @Override
    public String toString() {
        return "EmbeddedExperiments[" + baseUrl() + "]";
    }

    /** What a server can be told. Not thread-safe. Each setter throws an {@link IllegalArgumentException} for a bad value. */
    public static final class Builder {
        private static final Duration LEAST_TIMEOUT = Duration.ofSeconds(1);

        private String host = "127.0.0.1";
        private int port;
        private @Nullable String token;
        private @Nullable Path dataDirectory;
        private Duration workerTimeout = Duration.ofSeconds(60);

        private Builder() {}

        /** The address to listen on; loopback by default. On any other, the token travels in clear: there is no TLS. */
        public Builder host(String address) {
            host = Objects.requireNonNull(address, "host");
            return this;
        }

        /** The port; 0, the default, for a free one. */
        public Builder port(int number) {
            port = HostAndPort.checkedPort(number);
            return this;
        }

        /** What a caller must know, in printable ASCII characters without spaces; a new random one by default. */
        public Builder token(String secret) {
            if (!secret.matches("[\\x21-\\x7e]+")) {
                throw new IllegalArgumentException("the token is blank or has characters that a header cannot have");
            }
            token = secret;
            return this;
        }

        /** Where records, configs and logs are; a temporary folder by default. One server at a time may use it. */
        public Builder dataDirectory(Path directory) {
            dataDirectory = Objects.requireNonNull(directory, "data directory");
            return this;
        }

        /**
         * For how long a worker may be silent before its jobs are given to others, a start unconfirmed, and a cancelled job on its
         * way to stop; 60 s by default, at least 1 s. Workers report every 3 s, and wait up to 30 s after failures.
         */
        public Builder workerTimeout(Duration longest) {
            if (longest.compareTo(LEAST_TIMEOUT) < 0) {
                throw new IllegalArgumentException("a worker may be silent for at least 1 s, not for " + longest);
            }
            workerTimeout = longest;
            return this;
        }

        /**
         * Starts the server; it serves when this returns.
         *
         * @throws UncheckedIOException when the data directory cannot be used, or the address is taken
         * @throws IllegalStateException when another server uses the data directory
         */
        public EmbeddedExperiments start() {
            try {
                return new EmbeddedExperiments(this);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
