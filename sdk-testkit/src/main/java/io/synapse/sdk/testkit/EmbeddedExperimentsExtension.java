package io.synapse.sdk.testkit;

import io.synapse.sdk.experiment.AsyncExperimentClient;
import io.synapse.sdk.experiment.ExperimentClient;
import io.synapse.sdk.experiments.EmbeddedExperiments;
import io.synapse.sdk.experiments.ExperimentWorker;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Starts one experiment server for a JUnit test class, with workers if it wants some, and closes them after the class. Works
 * with JUnit 5.10 and newer, 6 included.
 *
 * <pre>{@code
 * @WithExperiments(workers = 2, command = {"sh", "train.sh", "{config}"})
 * class SweepTest {
 *     @Test
 *     void survivesABadNetwork(ExperimentClient client, FaultProxy proxy) {
 *         proxy.every(Fault.cutAfter(64_000));
 *         ...
 *     }
 * }
 * }</pre>
 *
 * <p>Constructors, lifecycle methods and tests can ask for the {@link EmbeddedExperiments}, for a {@link FaultProxy} in front
 * of it, and for an {@link ExperimentClient} or its twin, an {@link AsyncExperimentClient}. Who is given the same, which client
 * goes through the proxy, and when they are closed is as in {@link EmbeddedAgentExtension}. One test class can have both
 * extensions, but no {@code FaultProxy} then, since it could be that of either.
 *
 * <p>The workers are named {@code worker-1}, {@code worker-2} and so on, and call the server directly. They have temporary data
 * directories, and report every 200 ms. Their jobs are ended with them.
 *
 * <p>For a server or workers with other settings, register the extension in a static field (in a field of the instance, each
 * test gets a server and workers of its own):
 *
 * <pre>{@code
 * @RegisterExtension
 * static final EmbeddedExperimentsExtension EXPERIMENTS = EmbeddedExperimentsExtension.of(
 *                 () -> EmbeddedExperiments.builder().workerTimeout(Duration.ofSeconds(2)).start())
 *         .withWorkers(3, worker -> worker.command("sh", "train.sh").maxJobs(2));
 * }</pre>
 *
 * <p>Classes and tests may run in parallel: all state is kept by JUnit, nothing here.
 */
public final class EmbeddedExperimentsExtension
        extends EmbeddedServerExtension<EmbeddedExperimentsExtension.ServerWithWorkers, ExperimentClient> {
    private static final Duration HEARTBEAT = Duration.ofMillis(200);

    private final Supplier<EmbeddedExperiments> starting;

    /** Null for those that the annotation of the class wants. */
    private final @Nullable Workers workers;

    /** For JUnit, on behalf of {@link WithExperiments}: servers with the defaults. */
    public EmbeddedExperimentsExtension() {
        this(EmbeddedExperiments::start, null);
    }

    private EmbeddedExperimentsExtension(Supplier<EmbeddedExperiments> starting, @Nullable Workers workers) {
        super(ServerWithWorkers.class, EmbeddedExperiments.class, ExperimentClient.class, AsyncExperimentClient.class);
        this.starting = Objects.requireNonNull(starting, "starting");
        this.workers = workers;
    }

    /**
     * An extension whose servers are started by the caller's own code. They have no workers.
     *
     * @param starting called once for each test class
     */
    public static EmbeddedExperimentsExtension of(Supplier<EmbeddedExperiments> starting) {
        return new EmbeddedExperimentsExtension(starting, Workers.NONE);
    }

    /**
     * A copy of this extension whose servers have so many workers.
     *
     * @param number at least 0
     * @param settings called for each worker, whose server, token and name are set; should set the command
     * @throws IllegalArgumentException when the number is negative
     */
    public EmbeddedExperimentsExtension withWorkers(int number, UnaryOperator<ExperimentWorker.Builder> settings) {
        if (number < 0) {
            throw new IllegalArgumentException("the number of workers is at least 0, not " + number);
        }
        return new EmbeddedExperimentsExtension(starting, new Workers(number, Objects.requireNonNull(settings)));
    }

    /**
     * Starts the server and its workers, so that their start is not counted as a test's time.
     *
     * @throws ExtensionConfigurationException when the annotation of the class has values that do not fit
     */
    @Override
    public void beforeAll(ExtensionContext context) {
        if (workers == null) {
            WithExperiments own = annotation(context).orElse(null);
            WithExperiments shared = context.getParent()
                    .flatMap(EmbeddedExperimentsExtension::annotation)
                    .orElse(own);
            if (own != null && !own.equals(shared)) {
                throw new ExtensionConfigurationException(
                        context.getDisplayName() + " shares the experiment server of the class around it: " + own
                                + " has to be the same there, or to be left out");
            }
        }
        super.beforeAll(context);
    }

    /** That of the class, or else of the nearest one around it. */
    private static Optional<WithExperiments> annotation(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getTestClass(), WithExperiments.class)
                .or(() -> context.getParent().flatMap(EmbeddedExperimentsExtension::annotation));
    }

    @Override
    ServerWithWorkers start(ExtensionContext context) {
        Workers wanted = workers != null
                ? workers
                : annotation(context).map(Workers::wantedBy).orElse(Workers.NONE);
        ServerWithWorkers started = new ServerWithWorkers(starting.get(), new ArrayDeque<>());
        try {
            for (int number = 1; number <= wanted.number(); number++) {
                started.add("worker-" + number, wanted.settings());
            }
        } catch (RuntimeException e) {
            try (started) {
                throw e;
            }
        }
        return started;
    }

    @Override
    EmbeddedExperiments server(ServerWithWorkers started) {
        return started.server();
    }

    @Override
    URI address(ServerWithWorkers started) {
        return started.server().baseUrl();
    }

    @Override
    ExperimentClient connect(ServerWithWorkers started, URI address) {
        return ExperimentClient.builder()
                .baseUrl(address)
                .experimentsToken(started.server().token())
                .build();
    }

    @Override
    AsyncExperimentClient async(ExperimentClient client) {
        return client.async();
    }

    private record Workers(int number, UnaryOperator<ExperimentWorker.Builder> settings) {
        private static final Workers NONE = new Workers(0, worker -> worker);

        static Workers wantedBy(WithExperiments annotation) {
            if (annotation.workers() < 0) {
                throw new ExtensionConfigurationException("the number of workers is at least 0 in " + annotation);
            }
            if (annotation.workers() == 0 != (annotation.command().length == 0)) {
                throw new ExtensionConfigurationException(
                        "workers and their command are set together in " + annotation);
            }
            return new Workers(annotation.workers(), worker -> worker.command(annotation.command()));
        }
    }

    /** What is started for a class. */
    record ServerWithWorkers(EmbeddedExperiments server, Deque<ExperimentWorker> workers) implements AutoCloseable {
        private void add(String name, UnaryOperator<ExperimentWorker.Builder> settings) {
            ExperimentWorker.Builder builder = ExperimentWorker.builder()
                    .server(server.baseUrl())
                    .token(server.token())
                    .hostId(name)
                    .heartbeat(HEARTBEAT)
                    .lookInterval(HEARTBEAT);
            workers.push(settings.apply(builder).start());
        }

        /** Closes all, the server last, even if one cannot be closed. */
        @Override
        public void close() {
            try (server) {
                while (!workers.isEmpty()) {
                    workers.pop().close();
                }
            }
        }
    }
}
