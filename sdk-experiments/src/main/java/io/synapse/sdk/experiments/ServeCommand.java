package io.synapse.sdk.experiments;

import io.synapse.sdk.embedded.internal.ServerCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The experiment server as a program of its own. It serves until it is told to end (TERM, or Ctrl-C). */
@Command(
        name = "serve",
        description = "Runs an experiment server on this machine.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Help or version shown.",
            "1:The server could not start; one line on stderr says why.",
            "2:Wrong usage.",
            "130:Ended by Ctrl-C, after an orderly stop.",
            "143:Ended by TERM, after an orderly stop."
        })
final class ServeCommand implements Callable<Integer> {
    @Mixin
    private final ServerCommand server = new ServerCommand();

    @Option(names = "--port", paramLabel = "PORT", defaultValue = "8008", description = "Port, 0 for a free one.")
    private int port;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            defaultValue = "${env:SYNAPSE_EXPERIMENTS_TOKEN}",
            showDefaultValue = Visibility.NEVER,
            description = "What callers must know. Better in the environment variable SYNAPSE_EXPERIMENTS_TOKEN, since"
                    + " others on this machine can read a command line. Without either: a new random one, printed at the"
                    + " start.")
    private @Nullable String token;

    @Option(
            names = "--data-dir",
            paramLabel = "DIRECTORY",
            defaultValue = "${sys:user.home}/.synapse/experiments",
            description = "Where records, configs and logs are. One server at a time may use it.")
    private Path dataDirectory = Path.of("");

    /** Returns only by exception: a signal ends the whole JVM. */
    @Override
    public Integer call() throws InterruptedException {
        EmbeddedExperiments.Builder builder = server.configure(this::configure);
        server.warnUnlessLoopback();
        EmbeddedExperiments experiments = builder.start();
        return server.serve("experiments", experiments::close, experiments.token(), announcement(experiments));
    }

    private EmbeddedExperiments.Builder configure() {
        EmbeddedExperiments.Builder builder =
                EmbeddedExperiments.builder().host(server.host()).port(port).dataDirectory(dataDirectory);
        if (token != null) {
            builder.token(token);
        }
        return builder;
    }

    private List<String> announcement(EmbeddedExperiments experiments) {
        List<String> lines = new ArrayList<>();
        lines.add("Synapse experiments ready at " + experiments.baseUrl());
        if (token == null) {
            lines.add("token: " + experiments.token());
        }
        return lines;
    }
}
