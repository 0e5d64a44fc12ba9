package io.synapse.sdk.it.mlflow;

import io.synapse.sdk.experiment.ExperimentClient;
import io.synapse.sdk.experiments.ExperimentsCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** An experiment server in a process of its own, which can be killed and started again at its port. */
final class ServerProcess implements AutoCloseable {
    static final String TOKEN = "token-of-the-test";
    private static final String READY = "Synapse experiments ready at ";

    private final Path data;
    private Process process;
    private URI address;

    private ServerProcess(Path data) {
        this.data = data;
    }

    /** Starts one; it serves when this returns. */
    static ServerProcess start(Path data) throws IOException {
        ServerProcess server = new ServerProcess(data);
        server.launch(0);
        return server;
    }

    URI address() {
        return address;
    }

    ExperimentClient client() {
        return ExperimentClient.builder()
                .baseUrl(address.toString())
                .experimentsToken(TOKEN)
                .build();
    }

    /** Kills it with signal 9, and starts it again where it was. */
    void killAndRestart() throws IOException, InterruptedException {
        process.destroyForcibly().waitFor();
        launch(address.getPort());
    }

    private void launch(int port) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ExperimentsCommand.class.getName(),
                        "serve",
                        "--port=" + port,
                        "--data-dir=" + data)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("SYNAPSE_EXPERIMENTS_TOKEN", TOKEN);
        builder.environment().put("LC_ALL", "C.UTF-8"); // names of artifacts have letters beyond ASCII
        process = builder.start();
        BufferedReader out = process.inputReader();
        String line = out.readLine();
        while (line != null && !line.startsWith(READY)) {
            line = out.readLine();
        }
        if (line == null) {
            throw new IOException("the server has ended");
        }
        address = URI.create(line.substring(READY.length()));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
