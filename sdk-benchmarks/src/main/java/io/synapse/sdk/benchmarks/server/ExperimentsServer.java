package io.synapse.sdk.benchmarks.server;

import io.synapse.sdk.benchmarks.contender.Token;
import io.synapse.sdk.experiments.EmbeddedExperiments;
import java.io.IOException;
import java.nio.file.Path;

/** The experiment server in a process of its own. It prints its address and ends with its standard input. */
public final class ExperimentsServer {
    private ExperimentsServer() {}

    /**
     * Runs it.
     *
     * @param args the data directory; none for an empty one, which goes with the process
     */
    public static void main(String[] args) throws IOException {
        EmbeddedExperiments.Builder builder = EmbeddedExperiments.builder().token(Token.VALUE);
        if (args.length > 0) {
            builder.dataDirectory(Path.of(args[0]));
        }
        try (EmbeddedExperiments experiments = builder.start()) {
            System.out.println(experiments.baseUrl());
            while (System.in.read() >= 0) {
                // until whoever started it is gone
            }
        }
        System.exit(0);
    }
}
