package io.synapse.sdk.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A worker in a process of its own, which can be killed. Its jobs run a shell script. */
final class WorkerProcess implements AutoCloseable {
    private static final String READY = "ready";

    private final Process process;

    private WorkerProcess(URI server, String token, Path data, Path script, Map<String, String> environment)
            throws IOException {
        Path out = Files.createTempFile(data.getParent(), "worker", ".out");
        ProcessBuilder program = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName(),
                        server.toString(),
                        token,
                        data.toString(),
                        script.toString()))
                .redirectOutput(out.toFile())
                .redirectError(
                        Files.createTempFile(data.getParent(), "worker", ".err").toFile());
        program.environment().putAll(environment);
        process = program.start();
        await().atMost(Duration.ofSeconds(120))
                .until(() -> Files.readString(out).contains(READY));
    }

    /** Starts a worker, which is named as its folder; it works when this returns. */
    static WorkerProcess start(URI server, String token, Path data, Path script) throws IOException {
        return start(server, token, data, script, Map.of());
    }

    /** Starts one with these variables of its environment. */
    static WorkerProcess start(URI server, String token, Path data, Path script, Map<String, String> environment)
            throws IOException {
        return new WorkerProcess(server, token, data, script, environment);
    }

    /** Has it stand still, as a machine that is away does. */
    void pause() throws IOException {
        signal("STOP");
    }

    /** Lets it go on. */
    void resume() throws IOException {
        signal("CONT");
    }

    private void signal(String name) throws IOException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
        assertThat(kill.onExit().join().exitValue()).isZero();
    }

    /** Kills it with signal 9, and nothing else; returns when it is gone. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    /** What runs in the process. */
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) throws InterruptedException, IOException {
            TestWorkers.builder(URI.create(arguments[0]), arguments[1], Path.of(arguments[2]), "true")
                    .command("sh", arguments[3], "{config}")
                    .start();
            System.out.println(READY);
            Thread.currentThread().join();
        }
    }
}
