package io.synapse.sdk.it.resilience;

import static org.awaitility.Awaitility.await;

import io.synapse.sdk.Endpoint;
import io.synapse.sdk.ResponseType;
import io.synapse.sdk.gateway.GatewayClient;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A service in a process of its own, which can be killed, stopped and started again at its port. */
final class Replica implements AutoCloseable {
    private final int port;
    private Process process;

    private Replica(int port, Process process) {
        this.port = port;
        this.process = process;
    }

    /** Starts one; its work takes no time. */
    static Replica start() throws IOException {
        Process process = launch(0);
        return new Replica(Integer.parseInt(process.inputReader().readLine()), process);
    }

    private static Process launch(int port) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ReplicaProgram.class.getName(),
                        String.valueOf(port))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Signal 9. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Starts it again, where it was; its counts begin anew. */
    void restart() throws IOException {
        process = launch(port);
        process.inputReader().readLine();
    }

    /** Signal 19: connections are accepted by the kernel, and nothing answers. The kernel stops one thread after another. */
    void pause() throws IOException, InterruptedException {
        signal("STOP");
        await().until(this::isStopped);
    }

    private boolean isStopped() throws IOException {
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/" + process.pid() + "/task"))) {
            for (Path thread : threads) {
                String stat = Files.readString(thread.resolve("stat"));
                if (stat.charAt(stat.lastIndexOf(')') + 2) != 'T') {
                    return false;
                }
            }
            return true;
        }
    }

    /** Signal 18. */
    void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .start()
                .waitFor();
    }

    /** How often its work was asked for. */
    int requests() {
        return Integer.parseInt(ask("requests"));
    }

    /** How long its work takes. */
    void millis(long millis) {
        ask("millis?" + millis);
    }

    /** What its work ends with. */
    void status(int status) {
        ask("status?" + status);
    }

    private String ask(String path) {
        try (GatewayClient client = GatewayClient.builder().baseUrl(url()).build()) {
            return client.perform(Endpoint.get(path, ResponseType.text()));
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
