package io.synapse.sdk.tool.mcp;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program of the runnable jar: {@code java -jar sdk-tools-…-standalone.jar workspace --mcp}. */
@Command(
        name = "synapse-tools",
        description = "Gives AI agents the tools of the Synapse SDK.",
        mixinStandardHelpOptions = true,
        versionProvider = ToolsCommand.Version.class,
        subcommands = WorkspaceCommand.class)
public final class ToolsCommand implements Runnable {
    /** Of the logging inside the runnable jar. In the jar itself they would reconfigure programs that use its classes. */
    private static final Map<String, String> LOGGING = Map.of(
            "logFile", "System.err",
            "defaultLogLevel", "warn",
            "showThreadName", "false",
            "showShortLogName", "true",
            "showDateTime", "true",
            "dateTimeFormat", "yyyy-MM-dd HH:mm:ss");

    @Spec
    private @Nullable CommandSpec spec;

    private ToolsCommand() {}

    /**
     * Runs the command and ends the JVM with its exit code.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        LOGGING.forEach(ToolsCommand::setUnlessGiven);
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new ToolsCommand()).setExecutionExceptionHandler((failure, command, parsed) -> {
            command.getErr().println(command.getCommandName() + ": " + oneLine(failure));
            return CommandLine.ExitCode.SOFTWARE;
        });
    }

    /** Without a subcommand there is nothing to do. */
    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "a subcommand is missing");
        }
    }

    static String oneLine(Throwable failure) {
        return Optional.ofNullable(failure.getMessage())
                .orElseGet(failure::toString)
                .replaceAll("\\s*\\R\\s*", " ");
    }

    private static void setUnlessGiven(String name, String value) {
        String property = "org.slf4j.simpleLogger." + name;
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /** The version of the jar this class is in. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"synapse-tools " + WorkspaceMcpServer.version()};
        }
    }
}
