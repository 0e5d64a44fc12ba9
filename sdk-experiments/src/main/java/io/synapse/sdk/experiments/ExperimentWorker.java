package io.synapse.sdk.experiments;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.RetryPolicy;
import io.synapse.sdk.agent.AgentClient;
import io.synapse.sdk.embedded.EmbeddedAgent;
import io.synapse.sdk.embedded.internal.CloseStack;
import io.synapse.sdk.embedded.internal.DataDirectory;
import io.synapse.sdk.embedded.internal.OwnerOnly;
import io.synapse.sdk.embedded.internal.machine.NodeIdentity;
import io.synapse.sdk.experiment.DeviceReport;
import io.synapse.sdk.experiment.ExperimentClient;
import io.synapse.sdk.experiments.internal.worker.CommandLineTemplate;
import io.synapse.sdk.experiments.internal.worker.ConfigChecks;
import io.synapse.sdk.experiments.internal.worker.JobPlace;
import io.synapse.sdk.experiments.internal.worker.MachineFigures;
import io.synapse.sdk.experiments.internal.worker.Worker;
import io.synapse.sdk.experiments.internal.worker.WorkerParts;
import io.synapse.sdk.job.JobOperations;
import io.synapse.sdk.job.JobSubmission;
import io.synapse.sdk.node.NodeOperations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Takes jobs from a server of experiments and runs them: on this machine, or at an agent or on a Ray cluster. It reports the
 * figures of the machine, copies the output of jobs and the files of their runs to the server, and ends jobs that are cancelled
 * or were given to another worker (wire/experiments.md, sections 3, 5 and 8).
 *
 * <pre>{@code
 * try (ExperimentWorker worker = ExperimentWorker.builder()
 *         .server(server.baseUrl())
 *         .token(server.token())
 *         .codeDirectory(Path.of("/srv/training"))
 *         .command("python", "main.py", "--config", "{config}")
 *         .dataDirectory(Path.of("/var/lib/worker"))
 *         .start()) {
 *     …
 * }
 * }</pre>
 *
 * <p>Jobs outlive it: their processes go on when it is closed or killed, and one that is started later on the same data directory
 * goes on with them as the same attempt, if the server has not given them to others: that is after 60 s without a report. Server
 * and worker may be away from each other for any time; what is to be told is told then.
 *
 * <p>A job starts in a folder of its own in the data directory, {@code jobs/UID-ATTEMPT/work}, with a link to all that is in the
 * code directory except {@code logs}. The files {@code logs/PROJECT/*.csv} and {@code *.yaml} that it writes there are copied to
 * the server while it runs, and so is its output. The folder stays when the job is over. Its environment has {@code
 * SYNAPSE_EXPERIMENT_UID}, {@code SYNAPSE_EXPERIMENT_PROJECT}, {@code SYNAPSE_EXPERIMENT_ATTEMPT}, {@code
 * SYNAPSE_EXPERIMENT_CONFIG} (the path of its config), the variables of its submission, and {@code CUDA_VISIBLE_DEVICES} if the
 * server has assigned GPUs to it. A program that is started again writes its metrics anew from where it goes on: steps of earlier
 * attempts that it does not write again are kept.
 *
 * <p>Its exit code says whether a job has succeeded. One whose processes are all gone without an exit code, since they were killed
 * together or the machine went down, is given back, and counts as lost with its worker.
 *
 * <p>Jobs on this machine need {@code sh}, {@code setsid} and {@code /proc}, that is Linux. Thread-safe.
 */
public final class ExperimentWorker implements AutoCloseable {
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(30);

    private final String host;
    private final Worker worker;
    private final CloseStack parts = new CloseStack();

    private ExperimentWorker(Builder builder) throws IOException {
        host = builder.host == null ? hostOfThisMachine() : builder.host;
        DeviceReport.of(host); // refuses what is no name
        try {
            DataDirectory directory = parts.add(DataDirectory.open(builder.dataDirectory));
            ExperimentClient server = parts.add(builder.client());
            JobPlace place = place(builder, directory.path());
            MachineFigures figures = parts.add(builder.figures(directory.path()));
            WorkerParts shared = new WorkerParts(
                    server,
                    place,
                    host,
                    identity(directory.path()),
                    builder.heartbeat,
                    builder.look,
                    builder.longestPause);
            int most = builder.maxJobs == null ? Math.max(1, figures.gpuCount()) : builder.maxJobs;
            Path jobs = OwnerOnly.folder(directory.path().resolve("jobs"));
            ConfigChecks checks = builder.validate == null
                    ? null
                    : new ConfigChecks(
                            shared,
                            place.with(builder.validate),
                            directory.path().resolve("checks"));
            worker = new Worker(shared, figures, jobs, most, checks);
            parts.add(worker);
            if (directory.isTemporary()) {
                parts.add(this::stopJobs); // nobody would find them again
            }
        } catch (IOException | RuntimeException e) {
            parts.closeAfter(e);
            throw e;
        }
    }

    private JobPlace place(Builder builder, Path directory) {
        if (builder.jobs != null) {
            return JobPlace.elsewhere(builder.jobs, builder.command, builder.settings);
        }
        EmbeddedAgent agent = parts.add(EmbeddedAgent.builder()
                .dataDirectory(directory.resolve("agent"))
                .maxConcurrentJobs(0) // the worker takes no more than it may
                .endLeftovers(true) // which would keep the memory of a GPU
                .start());
        AgentClient jobs = parts.add(AgentClient.builder()
                .baseUrl(agent.baseUrl())
                .agentToken(agent.token())
                .build());
        return JobPlace.here(jobs, builder.command, builder.settings, agent.dataDirectory(), builder.code);
    }

    /** A builder with the defaults; the server must be set. */
    public static Builder builder() {
        return new Builder();
    }

    /** The name under which the server knows it. */
    public String hostId() {
        return host;
    }

    /** The uids of the jobs that it has now: those whose end it has not reported yet. */
    public Set<String> activeJobs() {
        return worker.jobs();
    }

    /** Takes no more jobs. Those that it has go on, and so do its reports. It cannot be undone. */
    public void drain() {
        worker.drain();
    }

    /** Whether it takes no more jobs, since {@link #drain} was called or the server wants it so. */
    public boolean isDraining() {
        return worker.isDraining();
    }

    /**
     * Takes no more jobs and ends the processes of those that it has; the server gives them to other workers as after the loss of
     * this one. Returns when they are gone, at the latest after 30 s. An interrupt ends the wait.
     */
    public void stopJobs() {
        try {
            worker.giveBackJobs();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Ends. The processes of jobs on this machine go on, unless the data directory is temporary: then they are stopped. Closing
     * again does nothing.
     */
    @Override
    public synchronized void close() {
        parts.close();
    }

    /** Its name. */
    @Override
    public String toString() {
        return "ExperimentWorker[" + host + "]";
    }

    private static String identity(Path directory) throws IOException {
        Path file = directory.resolve("worker-id");
        if (Files.notExists(file)) {
            OwnerOnly.write(file, UUID.randomUUID().toString());
        }
        return Files.readString(file);
    }

    /** The name of the machine, in the characters that a name of the server may have. */
    private static String hostOfThisMachine() {
        String name = NodeIdentity.ofThisMachine("").hostName().replaceAll("[^A-Za-z0-9._-]|\\.(?=\\.)", "_");
        return name.matches("[A-Za-z0-9_].{0,99}") ? name : "worker";
    }

    /** What a worker can be told. Not thread-safe. Each setter throws an {@link IllegalArgumentException} for a bad value. */
    public static final class Builder {
        private static final Duration LEAST = Duration.ofMillis(10);

        private final ExperimentClient.Builder server = ExperimentClient.builder();
        private @Nullable String host;
        private @Nullable Path dataDirectory;
        private @Nullable Path code;
        private CommandLineTemplate command =
                new CommandLineTemplate(List.of("python", "main.py", "--config", "{config}"));
        private @Nullable CommandLineTemplate validate;
        private @Nullable Integer maxJobs;
        private @Nullable JobOperations jobs;
        private UnaryOperator<JobSubmission> settings = submission -> submission;
        private Duration heartbeat = Duration.ofSeconds(3);
        private Duration look = Duration.ofSeconds(1);
        private Duration longestPause = Duration.ofSeconds(60);

        private Builder() {}

        /** The address of the server, such as {@code http://127.0.0.1:8000}. */
        public Builder server(URI address) {
            return told(() -> server.baseUrl(address));
        }

        /** The token of the server. */
        public Builder token(String secret) {
            return told(() -> server.experimentsToken(secret));
        }

        /**
         * The name of this worker, one of its own at the server; that of the machine by default. While another worker, one with
         * another data directory, reports under the same name, this one is refused: it says so in its log and takes no jobs.
         */
        public Builder hostId(String name) {
            return told(() -> host = DeviceReport.of(name).hostId());
        }

        /**
         * Where it keeps records of its jobs, and their folders; a temporary directory by default, which is deleted at the end.
         * One worker at a time may use it.
         */
        public Builder dataDirectory(Path directory) {
            dataDirectory = Objects.requireNonNull(directory, "data directory");
            return this;
        }

        /** The folder of the training program, whose content each job finds where it starts; none by default. */
        public Builder codeDirectory(Path directory) {
            if (!Files.isDirectory(directory)) {
                throw new IllegalArgumentException("the code directory " + directory + " is not a folder");
            }
            code = directory;
            return this;
        }

        /**
         * What a job runs: a program and its arguments, in which {@code {config}} stands for the path of the config, {@code {uid}},
         * {@code {project}} and {@code {attempt}} for what they name. {@code python main.py --config {config}} by default.
         */
        public Builder command(List<String> arguments) {
            command = new CommandLineTemplate(arguments);
            return this;
        }

        /** What a job runs, as {@link #command(List)}. */
        public Builder command(String... arguments) {
            return command(List.of(arguments));
        }

        /**
         * What says whether a config is right, by its exit code and its output, for those who call {@code validateConfig(config,
         * hostId)}: a program and its arguments, with {@code {config}} as in {@link #command(List)}. It starts where a job would,
         * sees no GPU, and has 100 s. By default there is none, and the worker checks no configs.
         */
        public Builder validateCommand(List<String> arguments) {
            validate = new CommandLineTemplate(arguments);
            return this;
        }

        /** What says whether a config is right, as {@link #validateCommand(List)}. */
        public Builder validateCommand(String... arguments) {
            return validateCommand(List.of(arguments));
        }

        /** How many jobs it has at once, at least 1; by default one for each GPU, or one where there is none. */
        public Builder maxJobs(int most) {
            if (most < 1) {
                throw new IllegalArgumentException("a worker has at least 1 job at once, not " + most);
            }
            maxJobs = most;
            return this;
        }

        /**
         * Has the jobs run there: an {@link AgentClient} or a {@link io.synapse.sdk.ray.RayClient}. It is not closed with the
         * worker. The config goes with the command, which has at most 128 KiB with it; the program must be there, for instance by a
         * runtime environment of {@link #submission}. The output of a job is copied from there to the server; the files of its runs
         * are not, so that it logs metrics over the network: for instance with MLflow's client, if {@link #submission} adds the
         * address of the server as {@code MLFLOW_TRACKING_URI} and its token as {@code MLFLOW_TRACKING_TOKEN}. GPUs are those of
         * that cluster.
         */
        public Builder jobs(JobOperations place) {
            jobs = Objects.requireNonNull(place, "jobs");
            return this;
        }

        /**
         * What else jobs are submitted with, such as packages or a runtime environment.
         *
         * @param more gets each submission before id and variables are added to it; called by any thread
         */
        public Builder submission(UnaryOperator<JobSubmission> more) {
            settings = Objects.requireNonNull(more, "submission");
            return this;
        }

        /** The time between two reports; 3 s by default. */
        public Builder heartbeat(Duration interval) {
            heartbeat = positive(interval);
            return this;
        }

        /** The time between two looks at a job and its files; 1 s by default. */
        public Builder lookInterval(Duration interval) {
            look = positive(interval);
            return this;
        }

        /**
         * The longest pause between two calls to a server that is away; 60 s by default, and never more than 30 s for reports. The
         * first pause is 1 s, each is twice as long as the one before, and all are shortened at random by up to a half.
         */
        public Builder reconnectLimit(Duration longest) {
            longestPause = positive(longest);
            return this;
        }

        private static Duration positive(Duration interval) {
            if (interval.compareTo(LEAST) < 0) {
                throw new IllegalArgumentException("an interval is at least " + LEAST + ", not " + interval);
            }
            return interval;
        }

        private Builder told(Runnable setting) {
            try {
                setting.run();
                return this;
            } catch (BadRequestException e) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
        }

        private ExperimentClient client() {
            return server.callTimeout(CALL_TIMEOUT)
                    .retryPolicy(RetryPolicy.NEVER) // the worker itself tries again
                    .build();
        }

        private MachineFigures figures(Path directory) {
            return jobs instanceof NodeOperations cluster
                    ? MachineFigures.of(directory, heartbeat, cluster)
                    : MachineFigures.of(directory, heartbeat);
        }

        /**
         * Starts the worker. The server need not be there yet.
         *
         * @throws UncheckedIOException when the data directory cannot be used
         * @throws IllegalStateException when another worker uses the data directory
         * @throws IllegalArgumentException when the server is not set, or both a code directory and other {@link #jobs} are
         */
        public ExperimentWorker start() {
            if (jobs != null && code != null) {
                throw new IllegalArgumentException("a code directory is on this machine, where the jobs do not run");
            }
            try {
                return new ExperimentWorker(this);
            } catch (BadRequestException e) {
                throw new IllegalArgumentException(e.getMessage(), e);
            } catch (IOException e) {
                throw new UncheckedIOException("the worker cannot use its data directory: " + e.getMessage(), e);
            }
        }
    }
}
