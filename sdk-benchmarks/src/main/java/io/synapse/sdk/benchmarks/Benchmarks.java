package io.synapse.sdk.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs the benchmarks and prints the report; says on standard error how far it is. */
@Command(name = "bin/benchmarks", mixinStandardHelpOptions = true)
public final class Benchmarks implements Callable<Integer> {
    private static final List<Benchmark> ALL = List.of(
            FollowFinishedLog.overHttp(),
            FollowFinishedLog.overWebSocket(),
            new FollowLikePython(),
            new OneCall(),
            new FirstAnswer(),
            new FollowInLittleMemory(),
            new FollowManyLogs(),
            new LongList(),
            new JarSize(),
            new CatchUpOnRay(),
            WorkspaceCalls.commands(),
            WorkspaceCalls.files(),
            new ManyAgents(),
            new LongOutput(),
            new LargeFile(),
            new SlowReplica(),
            new LayerCost(),
            new GatewayThroughput(),
            new KilledService(),
            new KilledReplica(),
            new Overload(),
            new ExperimentVolume(),
            new BesideMlflow(),
            new WorkerLoad(),
            new StoreCommits());

    @Parameters(description = "which to run, such as P1 W2; all when none is named")
    private List<String> ids = new ArrayList<>();

    @Option(names = "--rounds", defaultValue = "3", description = "how often each is measured (${DEFAULT-VALUE})")
    private int rounds;

    @Option(
            names = "--lines",
            defaultValue = "10000000",
            description = "lines of the long log, a multiple of 8000 (${DEFAULT-VALUE})")
    private long lines;

    @Option(
            names = "--python-lines",
            defaultValue = "200000",
            description = "lines of the log for clients in Python (${DEFAULT-VALUE})")
    private long pythonLines;

    @Option(names = "--seconds", defaultValue = "60", description = "how long live logs last (${DEFAULT-VALUE})")
    private int seconds;

    @Option(names = "--jmh-seconds", defaultValue = "5", description = "how long JMH measures (${DEFAULT-VALUE})")
    private int jmhSeconds;

    @Option(
            names = "--jmh-warm-up",
            defaultValue = "15",
            description = "how long JMH warms up one thread; three times as long for many (${DEFAULT-VALUE})")
    private int jmhWarmUp;

    @Option(names = "--python-client", description = "a Python that has the published client")
    private Optional<Path> pythonClient = Optional.empty();

    @Option(names = "--ray", description = "a Python that has Ray")
    private Optional<Path> ray = Optional.empty();

    @Option(names = "--newest-jdk", description = "the home of a JDK with virtual threads")
    private Optional<Path> newestJdk = Optional.empty();

    @Option(names = "--docker", description = "the script that starts Docker Engines, for W1 to W5")
    private Optional<Path> docker = Optional.empty();

    @Option(names = "--docker-py", description = "a Python that has docker-py")
    private Optional<Path> dockerPy = Optional.empty();

    @Option(
            names = "--workspace-calls",
            defaultValue = "100",
            description = "how often a small operation in a container is timed (${DEFAULT-VALUE})")
    private int workspaceCalls;

    @Option(
            names = "--workspace-megabytes",
            defaultValue = "200",
            description = "size of a large file; the output of a command is five times as long (${DEFAULT-VALUE})")
    private int workspaceMegabytes;

    @Option(names = "--mlflow", description = "a Python that has MLflow")
    private Optional<Path> mlflow = Optional.empty();

    @Option(
            names = "--runs",
            defaultValue = "10000",
            description = "runs that an experiment server has, at least 50 (${DEFAULT-VALUE})")
    private int runs;

    @Spec
    private CommandSpec command;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    Benchmarks() {}

    /** Runs it: see {@code --help}. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Benchmarks()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Workbench.Options options = new Workbench.Options(
                rounds,
                lines,
                pythonLines,
                seconds,
                jmhSeconds,
                jmhWarmUp,
                pythonClient.filter(Files::isExecutable),
                ray.filter(Files::isExecutable),
                newestJdk,
                docker.filter(Files::isExecutable),
                dockerPy.filter(Files::isExecutable),
                workspaceCalls,
                workspaceMegabytes,
                mlflow.filter(Files::isExecutable),
                runs);
        List<Row> rows = new ArrayList<>();
        try (Workbench workbench = new Workbench(options)) {
            for (Benchmark benchmark : ALL) {
                if (ids.isEmpty() || ids.contains(benchmark.id())) {
                    rows.addAll(benchmark.run(workbench));
                }
            }
        }
        String call = ("bin/benchmarks " + String.join(" ", ids)).strip();
        PrintWriter out = command.commandLine().getOut();
        out.print(new Report(call, Clock.systemDefaultZone(), rows).text());
        out.flush();
        return rows.stream().allMatch(Row::isMet) ? 0 : 1;
    }
}
