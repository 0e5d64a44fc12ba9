package io.synapse.sdk.gateway.server;

import io.synapse.sdk.docker.DockerWorkspace;
import io.synapse.sdk.embedded.internal.CloseStack;
import io.synapse.sdk.embedded.internal.ServerCommand;
import io.synapse.sdk.gateway.grpc.GatewayService;
import io.synapse.sdk.gateway.server.model.ModelAgent;
import io.synapse.sdk.workspace.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The gateway as a program of its own. It serves until it is told to end (TERM, or Ctrl-C). */
@Command(
        name = "synapse-gateway",
        description = "Runs an AI gateway and its gRPC services on this machine.",
        mixinStandardHelpOptions = true,
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
    @Mixin
    private final ServerCommand server = new ServerCommand();

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
                    "Where streams and failed workflows are kept, so that they go on after a restart. One gateway at a time"
                            + " may use it.")
    private Path dataDirectory = Path.of("");

    @Option(
            names = "--allow-commands",
            description = "Let callers execute commands with the rights of this process, which can read the keys of its"
                    + " models, or in the workspace, which cannot.")
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
            names = "--model",
            paramLabel = "PROVIDER/MODEL",
            split = ",",
            description =
                    "A language model that answers, for instance openai/gpt-5. Of several, each is asked when those"
                            + " before it cannot answer. Providers: anthropic, gemini, openai, and local, whose models are GGUF files:"
                            + " local/PATH. By default those that SYNAPSE_AGENT_MODEL names in the environment; without any, rules"
                            + " answer. SYNAPSE_AGENT_MODEL_PLANNER, _CODER, _ANALYST and _REVIEWER name those of one role. Keys are"
                            + " taken from the environment alone: ANTHROPIC_API_KEY, GEMINI_API_KEY, OPENAI_API_KEY; and from"
                            + " OPENAI_BASE_URL the URL of another server with OpenAI's interface.")
    private List<String> models = new ArrayList<>();

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
        ServerCommand.run(GatewayCommand::commandLine, Map.of(), arguments);
    }

    static CommandLine commandLine() {
        return ServerCommand.commandLine(new GatewayCommand());
    }

    /** Returns only by exception: a signal ends the whole JVM. */
    @Override
    public Integer call() throws InterruptedException {
        EmbeddedGateway.Builder builder = server.configure(this::configure);
        server.warnUnlessLoopback();
        CloseStack parts = new CloseStack();
        try {
            GatewayAgent agent = agent(parts);
            builder.agent(agent);
            if (workspaceImage != null) {
                Workspace workspace = parts.add(
                        DockerWorkspace.builder().image(workspaceImage).open());
                builder.workspace(workspace.agent("gateway"));
            }
            EmbeddedGateway gateway = parts.add(builder.start());
            return server.serve("gateway", parts::close, gateway.token(), announcement(gateway, agent));
        } catch (RuntimeException e) {
            parts.closeAfter(e);
            throw e;
        }
    }

    /** On the models that options and environment name; rules where they name none. */
    private GatewayAgent agent(CloseStack parts) {
        ModelAgent.Builder builder = ModelAgent.builder().fromEnvironment();
        if (!models.isEmpty()) {
            builder.model(models.toArray(String[]::new));
        }
        return builder.namesModels() ? parts.add(builder.build()) : new RuleAgent();
    }

    private EmbeddedGateway.Builder configure() {
        EmbeddedGateway.Builder builder = EmbeddedGateway.builder()
                .host(server.host())
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
    }

    private List<String> announcement(EmbeddedGateway gateway, GatewayAgent agent) {
        List<String> lines = new ArrayList<>();
        lines.add("Synapse gateway ready at " + gateway.baseUrl());
        for (GatewayService service : GatewayService.values()) {
            lines.add(service.name().toLowerCase(Locale.ROOT) + ": " + gateway.grpcAddress(service));
        }
        if (token == null) {
            lines.add("token: " + gateway.token());
        }
        lines.add("agents: " + (agent instanceof ModelAgent ? agent : "rules (--model)"));
        lines.add("commands: " + (allowCommands ? "allowed" : "refused (--allow-commands)"));
        return lines;
    }
}
