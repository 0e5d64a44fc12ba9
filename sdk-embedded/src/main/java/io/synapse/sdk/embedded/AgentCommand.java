package io.synapse.sdk.embedded;

import io.synapse.sdk.docker.ContainerLimits;
import io.synapse.sdk.embedded.internal.RayOptions;
import io.synapse.sdk.embedded.internal.ServerCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The agent as a program of its own: {@code java -jar sdk-embedded-…-standalone.jar}. It serves until it is told to end
 * (TERM, or Ctrl-C); its jobs go on without it, and the next agent on the same data directory finds them again.
 */
@Command(
        name = "synapse-agent",
        description = "Runs a Synapse agent on this machine: its jobs are local processes, or jobs of a Ray cluster.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Help or version shown.",
            "1:The agent could not start; one line on stderr says why.",
            "2:Wrong usage.",
            "130:Ended by Ctrl-C, after an orderly stop.",
            "143:Ended by TERM, after an orderly stop."
        })
public final class AgentCommand implements Callable<Integer> {
    private static final Map<String, String> LOGGING = Map.of(
            "showThreadName", "false",
            "showShortLogName", "true",
            "showDateTime", "true",
            "dateTimeFormat", "yyyy-MM-dd HH:mm:ss",
            "log.com.zaxxer.hikari", "warn");

    @Mixin
    private final ServerCommand server = new ServerCommand();

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8000",
            description = "Port to listen on, 0 for a free one.")
    private int port;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            defaultValue = "${env:SYNAPSE_AGENT_TOKEN}",
            showDefaultValue = Visibility.NEVER,
            description =
                    "What callers must know. Better in the environment variable SYNAPSE_AGENT_TOKEN, since others"
                            + " on this machine can read a command line. Without either: a new random one, printed at the start.")
    private @Nullable String token;

    @Option(
            names = "--data-dir",
            paramLabel = "DIRECTORY",
            defaultValue = "${sys:user.home}/.synapse/agent",
            description = "Where records and logs are kept. One agent at a time may use it.")
    private Path dataDirectory = Path.of("");

    @Option(
            names = "--max-concurrent-jobs",
            paramLabel = "NUMBER",
            description = "How many local jobs run at once, 0 for no limit; the others wait in the order of their"
                    + " submission. By default what callers last set with the policy; 3 at first.")
    private @Nullable Integer maxConcurrentJobs;

    @Option(
            names = "--end-leftovers",
            description =
                    "Also end what a local job leaves running at its end. Without it, such processes go on, and the"
                            + " job's message says how many there were.")
    private boolean endLeftovers;

    @Option(
            names = "--plugin-dir",
            paramLabel = "DIRECTORY",
            description = "Folder with plugins that may run, each a folder or a zip, beside those that are uploaded.")
    private @Nullable Path pluginDirectory;

    @Mixin
    private final RayOptions ray = new RayOptions();

    @Option(
            names = "--docker-host",
            paramLabel = "ADDRESS",
            description = "Docker Engine that runs playground containers. By default what the environment variable"
                    + " DOCKER_HOST says, or else unix:///var/run/docker.sock. Without one, only calls for containers"
                    + " are refused.")
    private @Nullable String dockerHost;

    @Option(
            names = "--gradio-base-image",
            paramLabel = "IMAGE",
            description =
                    "Image with Python and pip that those of plugins are made from. By default what the environment"
                            + " variable GRADIO_CONTAINER_BASE_IMAGE says, or else python:3.12-slim.")
    private @Nullable String gradioBaseImage;

    @Option(
            names = "--container-memory",
            paramLabel = "MIB",
            defaultValue = "2048",
            description = "Memory that one container may use, in MiB.")
    private long containerMemory;

    @Option(
            names = "--container-cpus",
            paramLabel = "NUMBER",
            defaultValue = "0",
            description = "CPUs that one container may use, in fractions too; 0 for all.")
    private double containerCpus;

    @Option(
            names = "--container-pids",
            paramLabel = "NUMBER",
            defaultValue = "512",
            description = "Processes and threads that one container may have.")
    private long containerPids;

    @Option(
            names = "--container-network",
            paramLabel = "NAME",
            description = "Docker network that containers are in; Docker's own bridge by default.")
    private @Nullable String containerNetwork;

    private AgentCommand() {}

    /**
     * Runs the command and ends the JVM with its exit code.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        ServerCommand.run(AgentCommand::commandLine, LOGGING, arguments);
    }

    static CommandLine commandLine() {
        return ServerCommand.commandLine(new AgentCommand());
    }

    /** Returns only by exception: a signal ends the whole JVM. */
    @Override
    public Integer call() throws InterruptedException {
        EmbeddedAgent.Builder builder = server.configure(this::configure);
        server.warnUnlessLoopback();
        EmbeddedAgent agent = builder.start();
        return server.serve("agent", agent::close, agent.token(), announcement(agent));
    }

    private EmbeddedAgent.Builder configure() {
        EmbeddedAgent.Builder builder =
                EmbeddedAgent.builder().host(server.host()).port(port).dataDirectory(dataDirectory);
        if (token != null) {
            builder.token(token);
        }
        if (maxConcurrentJobs != null) {
            builder.maxConcurrentJobs(maxConcurrentJobs);
        }
        builder.endLeftovers(endLeftovers);
        if (pluginDirectory != null) {
            builder.pluginDirectory(pluginDirectory);
        }
        ray.address().ifPresent(address -> {
            builder.rayAddress(address);
            ray.token().ifPresent(builder::rayToken);
        });
        configureContainers(builder);
        return builder;
    }

    private void configureContainers(EmbeddedAgent.Builder builder) {
        if (dockerHost != null) {
            builder.dockerHost(dockerHost);
        }
        if (gradioBaseImage != null) {
            builder.gradioBaseImage(gradioBaseImage);
        }
        builder.containerLimits(
                new ContainerLimits(containerMemory << 20, containerCpus, containerPids, containerNetwork));
    }

    private List<String> announcement(EmbeddedAgent agent) {
        List<String> lines = new ArrayList<>();
        lines.add("Synapse agent ready at " + agent.baseUrl());
        if (token == null) {
            lines.add("token: " + agent.token());
        }
        if (ray.address().isEmpty()) {
            int most = agent.maxConcurrentJobs();
            lines.add("jobs at once: " + (most == 0 ? "no limit" : most) + " (--max-concurrent-jobs)");
        }
        return lines;
    }
}
