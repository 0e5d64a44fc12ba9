package io.synapse.sdk.gateway.server;

import io.synapse.sdk.docker.DockerWorkspace;
import io.synapse.sdk.embedded.internal.CloseStack;
import io.synapse.sdk.embedded.internal.MaskedOutput;
import io.synapse.sdk.gateway.grpc.GatewayService;
import io.synapse.sdk.workspace.Workspace;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The gateway as a program of its own. It serves until it is told to end (TERM, or Ctrl-C). */
@Command(
        name = "synapse-gateway",
        description = "Runs an AI gateway and its gRPC services on this machine.",
        mixinStandardHelpOptions = true,
        versionProvider = GatewayCommand.Version.class,
        showDefaultValues = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Help or version shown.",
            "1:The gateway could not start; one line on stderr says why.",
            "2:Wrong usage.",
            "130:Ended by Ctrl-C, after an orderly stop.",
            "143:Ended by TERM, after an orderly stop."
        })
public final class GatewayCommand implements Callable<Integer> {
    /** Of the binding that a program is started with. In the jar itself they would reconfigure programs that embed it. */
    private static final Map<String, String> LOGGING = Map.of(
            "logFile", "System.err",
            "defaultLogLevel", "info",
            "log.com.github.dockerjava", "warn",
            "log.io.javalin", "warn",
            "log.org.eclipse.jetty", "warn");

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Address to listen on. There is no TLS: on any other than loopback the token goes in clear.")
    private String host = "";

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8000",
            description = "Port of HTTP, 0 for a free one.")
    private int port;

    @Option(
            names = "--claude-port",
            paramLabel = "PORT",
            defaultValue = "5011",
            description = "Port of the gRPC service that plans and writes code, 0 for a free one.")
    private int claudePort;

    @Option(
            names = "--gemini-port",
            paramLabel = "PORT",
            defaultValue = "5012",
            description = "Port of the gRPC service that analyzes and reviews, 0 for a free one.")
    private int geminiPort;

    @Option(
            names = "--codex-port",
            paramLabel = "PORT",
            defaultValue = "5013",
            description = "Port of the gRPC service that executes commands, 0 for a free one.")
    private int codexPort;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            defaultValue = "${env:SYNAPSE_GATEWAY_TOKEN}",
            showDefaultValue = Visibility.NEVER,
            description =
                    "What callers must know. Better in the environment variable SYNAPSE_GATEWAY_TOKEN, since others"
                            + " on this machine can read a command line. Without either: a new random one, printed at the start.")
    private @Nullable String token;

    @Option(
            names = "--data-dir",
            paramLabel = "DIRECTORY",
            defaultValue = "${sys:user.home}/.synapse/gateway",
            description =
                    "Where streams are kept, so that they go on after a restart. One gateway at a time may use it.")
    private Path dataDirectory = Path.of("");

    @Option(
            names = "--allow-commands",
            description = "Let callers execute commands with the rights of this process, or in the workspace.")
    private boolean allowCommands;

    @Option(
            names = "--program",
            paramLabel = "NAME",
            split = ",",
            description = "A program that callers may execute, by name or absolute path; may be repeated. By default"
                    + " those of the original.")
    private Set<String> programs = new LinkedHashSet<>();

    @Option(
            names = "--workspace-image",
            paramLabel = "IMAGE",
            description = "Execute commands in a container of this image, on the Docker Engine that DOCKER_HOST names.")
    private @Nullable String workspaceImage;

    @Option(
            names = "--max-in-flight",
            paramLabel = "NUMBER",
            defaultValue = "16",
            description = "How many calls each service does at a time.")
    private int maxInFlight;

    @Option(
            names = "--max-queued",
            paramLabel = "NUMBER",
            defaultValue = "64",
            description = "How many more wait for each service; any more are refused.")
    private int maxQueued;

    private GatewayCommand() {}

    /**
     * Runs the command and ends the JVM with its exit code.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        LOGGING.forEach(GatewayCommand::setUnlessGiven);
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new GatewayCommand()).setExecutionExceptionHandler((failure, command, parsed) -> {
            command.getErr().println(command.getCommandName() + ": " + oneLine(failure));
            return CommandLine.ExitCode.SOFTWARE;
        });
    }

    /** Returns only by exception: a signal ends the whole JVM. */
    @Override
    public Integer call() throws InterruptedException {
        if (spec == null) {
            throw new IllegalStateException("the command runs through its command line only");
        }
        CommandLine command = spec.commandLine();
        EmbeddedGateway.Builder builder = configure(command);
        if (!isLoopback(host)) {
            command.getErr().println("warning: there is no TLS; on " + host + " the token and all data go in clear");
        }
        CloseStack parts = new CloseStack();
        if (workspaceImage != null) {
            Workspace workspace =
                    parts.add(DockerWorkspace.builder().image(workspaceImage).open());
            builder.workspace(workspace.agent("gateway"));
        }
        EmbeddedGateway gateway = parts.add(builder.start());
        // Jetty logs headers as they come, where a user has switched that on.
        System.setErr(new PrintStream(new MaskedOutput(System.err, gateway.token()), true));
        Runtime.getRuntime().addShutdownHook(new Thread(parts::close, "gateway-shutdown"));
        announce(gateway, command.getOut());
        new CountDownLatch(1).await();
        return CommandLine.ExitCode.OK;
    }

    private EmbeddedGateway.Builder configure(CommandLine command) {
        try {
            EmbeddedGateway.Builder builder = EmbeddedGateway.builder()
                    .host(host)
                    .port(port)
                    .grpcPort(GatewayService.CLAUDE, claudePort)
                    .grpcPort(GatewayService.GEMINI, geminiPort)
                    .grpcPort(GatewayService.CODEX, codexPort)
                    .dataDirectory(dataDirectory)
                    .allowCommands(allowCommands)
                    .maxInFlight(maxInFlight)
                    .maxQueued(maxQueued);
            if (token != null) {
                builder.token(token);
            }
            if (!programs.isEmpty()) {
                builder.programs(programs);
            }
            return builder;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command, oneLine(e), e);
        }
    }

    private void announce(EmbeddedGateway gateway, PrintWriter out) {
        out.println("Synapse gateway ready at " + gateway.baseUrl());
        for (GatewayService service : GatewayService.values()) {
            out.println(service.name().toLowerCase(Locale.ROOT) + ": " + gateway.grpcAddress(service));
        }
        if (token == null) {
            out.println("token: " + gateway.token());
        }
        out.println("commands: " + (allowCommands ? "allowed" : "refused (--allow-commands)"));
        out.flush();
    }

    /** A name that cannot be resolved counts as not; the start will then fail and say so. */
    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static void setUnlessGiven(String name, String value) {
        String property = "org.slf4j.simpleLogger." + name;
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    private static String oneLine(Throwable failure) {
        return Optional.ofNullable(failure.getMessage())
                .orElseGet(failure::toString)
                .replaceAll("\\s*\\R\\s*", " ");
    }

    /** The version of the jar this class is in. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = GatewayCommand.class.getPackage().getImplementationVersion();
            return new String[] {"synapse-gateway " + (version == null ? "(development build)" : version)};
        }
    }
}
