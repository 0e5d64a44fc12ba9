package io.synapse.sdk.experiments;

import io.synapse.sdk.embedded.internal.ServerCommand;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The programs of this module: {@code serve} runs the experiment server, {@code worker} a worker. */
@Command(
        name = "synapse-experiments",
        description = "Runs an experiment server, or a worker.",
        subcommands = {ServeCommand.class, WorkerCommand.class},
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
public final class ExperimentsCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    private ExperimentsCommand() {}

    /**
     * Runs the command and ends the JVM with its exit code.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        ServerCommand.run(ExperimentsCommand::commandLine, Map.of("log.com.zaxxer.hikari", "warn"), arguments);
    }

    static CommandLine commandLine() {
        return ServerCommand.commandLine(new ExperimentsCommand());
    }

    /** What to run is not said. */
    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("the command runs through its command line only");
        }
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
