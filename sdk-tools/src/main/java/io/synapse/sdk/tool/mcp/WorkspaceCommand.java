package io.synapse.sdk.tool.mcp;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.CallCancelledException;
import io.synapse.sdk.docker.DockerWorkspace;
import io.synapse.sdk.docker.Network;
import io.synapse.sdk.workspace.Workspace;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Opens a workspace and serves its tools over standard input and output, until the input ends or the program is told to end
 * (TERM, or Ctrl-C). Then the workspace is closed: a container that was made for it is removed with its files.
 */
@Command(
        name = "workspace",
        description =
                "Opens a workspace in a container and serves its tools: execute, read, write, edit, delete, ls, grep,"
                        + " glob. It is closed at the end of the input, and at TERM; a container that was made for it is removed.",
        mixinStandardHelpOptions = true,
        versionProvider = ToolsCommand.Version.class,
        showDefaultValues = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The input has ended; help or version shown.",
            "1:The workspace could not be opened or closed; one line on stderr says why.",
            "2:Wrong usage.",
            "130:Ended by Ctrl-C, after an orderly stop.",
            "143:Ended by TERM, after an orderly stop."
        })
final class WorkspaceCommand implements Callable<Integer> {
    private static final long SHUTDOWN_SECONDS = 60;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--mcp",
            required = true,
            description = "Speak the Model Context Protocol over standard input and output.")
    private boolean mcp;

    @Option(
            names = "--image",
            paramLabel = "IMAGE",
            defaultValue = "python:3.12-slim",
            description =
                    "Image of the container; it is pulled where it is missing, which can take longer than a client"
                            + " waits for the first answer.")
    private String image = "";

    @Option(
            names = "--container",
            paramLabel = "ID",
            description = "Use this container, which runs, in place of a new one; it is left running. Several agent"
                    + " programs share a workspace in this way, each with another --agent.")
    private @Nullable String container;

    @Option(
            names = "--agent",
            paramLabel = "NAME",
            defaultValue = "agent",
            description = "Name of the agent, which has the folder /workspace/NAME.")
    private String agent = "";

    @Option(
            names = "--docker-host",
            paramLabel = "ADDRESS",
            description = "Docker Engine. By default what the environment variable DOCKER_HOST says, or else"
                    + " unix:///var/run/docker.sock.")
    private @Nullable String dockerHost;

    @Option(
            names = "--network",
            paramLabel = "NAME",
            defaultValue = "none",
            description = "Docker network of the container; bridge for Docker's own.")
    private String network = "";

    @Option(
            names = "--memory",
            paramLabel = "MIB",
            defaultValue = "2048",
            description = "Memory of the container, in MiB.")
    private long memory;

    @Option(
            names = "--cpus",
            paramLabel = "NUMBER",
            defaultValue = "0",
            description = "CPUs of the container, in fractions too; 0 for all.")
    private double cpus;

    @Option(
            names = "--pids",
            paramLabel = "NUMBER",
            defaultValue = "512",
            description = "Processes and threads of the container.")
    private long pids;

    @Option(
            names = "--command-timeout",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description = "Time limit of commands that are given none; 0 for none.")
    private long commandTimeout;

    private WorkspaceCommand() {}

    /** Returns at the end of the input. A signal ends the whole JVM, once the workspace is closed, at whatever point it comes. */
    @Override
    public Integer call() {
        CommandLine command = commandLineOf(spec);
        InputStream input = System.in;
        PrintStream output = System.out;
        System.setOut(System.err); // standard output is for the protocol, and nothing else
        CountDownLatch closed = new CountDownLatch(1);
        Thread serving = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> interrupt(serving, closed), "workspace-shutdown"));
        try (Workspace workspace = configure(command).open();
                WorkspaceMcpServer server = WorkspaceMcpServer.start(workspace.agent(agent), input, output)) {
            server.awaitEnd();
        } catch (InterruptedException | CallCancelledException e) {
            return CommandLine.ExitCode.SOFTWARE; // of no account: a signal ends the JVM
        } finally {
            closed.countDown();
        }
        return CommandLine.ExitCode.OK;
    }

    private static void interrupt(Thread serving, CountDownLatch closed) {
        if (closed.getCount() == 0) {
            return;
        }
        serving.interrupt();
        try {
            closed.await(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does that
        }
    }

    private DockerWorkspace.Builder configure(CommandLine command) {
        PrintWriter errors = command.getErr();
        try {
            DockerWorkspace.Builder builder = DockerWorkspace.builder()
                    .image(image)
                    .network(Network.named(network))
                    .memoryBytes(Math.multiplyExact(memory, 1L << 20))
                    .cpus(cpus)
                    .pids(pids)
                    .commandTimeout(Duration.ofSeconds(commandTimeout))
                    .onProgress(text -> {
                        errors.print(text);
                        errors.flush();
                    });
            if (container != null) {
                builder.reuse(container);
            }
            if (dockerHost != null) {
                builder.dockerHost(dockerHost);
            }
            return builder;
        } catch (BadRequestException | ArithmeticException e) {
            throw new ParameterException(command, ToolsCommand.oneLine(e), e);
        }
    }

    private static CommandLine commandLineOf(@Nullable CommandSpec spec) {
        if (spec == null) {
            throw new IllegalStateException("the command runs through its command line only");
        }
        return spec.commandLine();
    }
}
