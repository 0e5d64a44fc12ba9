package io.synapse.sdk.experiments;

import io.synapse.sdk.agent.AgentClient;
import io.synapse.sdk.embedded.internal.CloseStack;
import io.synapse.sdk.embedded.internal.RayOptions;
import io.synapse.sdk.embedded.internal.ServerCommand;
import io.synapse.sdk.ray.RayClient;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The worker as a program of its own. It works until it is told to end (TERM, or Ctrl-C). */
@Command(
        name = "worker",
        description = "Takes jobs from an experiment server and runs them, as processes of this machine or elsewhere.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Help or version shown.",
            "1:The worker could not start; one line on stderr says why.",
            "2:Wrong usage.",
            "130:Ended by Ctrl-C, after an orderly stop.",
            "143:Ended by TERM, after an orderly stop."
        })
final class WorkerCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--server",
            paramLabel = "URL",
            required = true,
            defaultValue = "${env:SYNAPSE_EXPERIMENTS_URL}",
            showDefaultValue = Visibility.NEVER,
            description = "Address of the experiment server; by default the environment variable"
                    + " SYNAPSE_EXPERIMENTS_URL.")
    private URI server = URI.create("");

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            required = true,
            defaultValue = "${env:SYNAPSE_EXPERIMENTS_TOKEN}",
            showDefaultValue = Visibility.NEVER,
            description =
                    "Token of the server. Better in the environment variable SYNAPSE_EXPERIMENTS_TOKEN, since others on"
                            + " this machine can read a command line.")
    private String token = "";

    @Option(
            names = "--host-id",
            paramLabel = "NAME",
            description = "Name of this worker, one of its own at the server; by default that of the machine.")
    private @Nullable String hostId;

    @Option(
            names = "--data-dir",
            paramLabel = "DIRECTORY",
            defaultValue = "${sys:user.home}/.synapse/experiment-worker",
            description = "Where records and folders of jobs are. One worker at a time may use it.")
    private Path dataDirectory = Path.of("");

    @Option(
            names = "--code",
            paramLabel = "DIRECTORY",
            description = "Folder of the training program, whose content each job finds where it starts.")
    private @Nullable Path code;

    @Option(
            names = "--max-jobs",
            paramLabel = "NUMBER",
            description = "How many jobs it has at once; by default one for each GPU, or one where there is none.")
    private @Nullable Integer maxJobs;

    @Option(
            names = "--validate-command",
            paramLabel = "\"PROGRAM ARGUMENT...\"",
            split = " ",
            description =
                    "Program that says by its exit code and its output whether {config} is right, and its arguments,"
                            + " separated by single spaces; by default the worker checks no configs.")
    private List<String> validateCommand = List.of();

    @Option(
            names = "--stop-jobs",
            description = "Also end the jobs when the worker is told to end; the server gives them to other workers."
                    + " Without it they go on, and the next worker on the same data directory goes on with them.")
    private boolean stopJobs;

    @Option(names = "--agent-url", paramLabel = "URL", description = "Agent that is to run the jobs.")
    private @Nullable String agentUrl;

    @Option(
            names = "--agent-token",
            paramLabel = "TOKEN",
            defaultValue = "${env:SYNAPSE_AGENT_TOKEN}",
            showDefaultValue = Visibility.NEVER,
            description = "Token of that agent. Better in the environment variable SYNAPSE_AGENT_TOKEN.")
    private @Nullable String agentToken;

    @Mixin
    private final RayOptions ray = new RayOptions();

    @Parameters(
            paramLabel = "COMMAND",
            arity = "0..*",
            description = "Program that a job runs, and its arguments, behind \"--\"; by default"
                    + " python main.py --config {config}, where {config} stands for the path of the"
                    + " config, {uid}, {project} and {attempt} for what they name.")
    private List<String> command = List.of();

    /** Returns only by exception: a signal ends the whole JVM. */
    @Override
    public Integer call() throws InterruptedException {
        if (spec == null) {
            throw new IllegalStateException("the command runs through its command line only");
        }
        CloseStack parts = new CloseStack();
        ExperimentWorker worker = ServerCommand.configure(spec.commandLine(), () -> start(parts));
        parts.add(worker);
        if (stopJobs) {
            parts.add(worker::stopJobs);
        }
        return ServerCommand.serve(
                spec.commandLine(),
                "experiment-worker",
                parts::close,
                token,
                List.of("Synapse experiment worker " + worker.hostId() + " ready for " + server));
    }

    private ExperimentWorker start(CloseStack parts) {
        ExperimentWorker.Builder builder =
                ExperimentWorker.builder().server(server).token(token).dataDirectory(dataDirectory);
        if (!command.isEmpty()) {
            builder.command(command);
        }
        if (!validateCommand.isEmpty()) {
            builder.validateCommand(validateCommand);
        }
        if (hostId != null) {
            builder.hostId(hostId);
        }
        if (code != null) {
            builder.codeDirectory(code);
        }
        if (maxJobs != null) {
            builder.maxJobs(maxJobs);
        }
        if (agentUrl != null && ray.address().isPresent()) {
            throw new IllegalArgumentException("jobs run at an agent or on a Ray cluster, not at both");
        }
        if (agentUrl != null) {
            builder.jobs(parts.add(agent(agentUrl)));
        }
        ray.address().ifPresent(address -> builder.jobs(parts.add(cluster(address))));
        return builder.start();
    }

    private AgentClient agent(String url) {
        AgentClient.Builder builder = AgentClient.builder().baseUrl(url);
        return (agentToken == null ? builder : builder.agentToken(agentToken)).build();
    }

    private RayClient cluster(String url) {
        RayClient.Builder builder = RayClient.builder().baseUrl(url);
        ray.token().ifPresent(builder::authToken);
        return builder.build();
    }
}
