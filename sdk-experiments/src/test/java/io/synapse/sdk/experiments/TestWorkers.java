package io.synapse.sdk.experiments;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Workers that look often, so that tests take seconds, and what their jobs leave. */
final class TestWorkers {
    static final Duration HEARTBEAT = Duration.ofMillis(300);

    private TestWorkers() {}

    /** One whose jobs run this shell script, with the path of the config as its first argument. */
    static ExperimentWorker.Builder builder(URI server, String token, Path data, String script) throws IOException {
        Path file = Files.createTempFile(data.getParent(), "job", ".sh");
        Files.writeString(file, script + "\n");
        return ExperimentWorker.builder()
                .server(server)
                .token(token)
                .hostId(data.getFileName().toString())
                .dataDirectory(data)
                .command("sh", file.toString(), "{config}")
                .heartbeat(HEARTBEAT)
                .lookInterval(Duration.ofMillis(100))
                .reconnectLimit(Duration.ofMillis(500));
    }

    /** The worker's command in a process of its own, with its usual times, not started yet. */
    static ProcessBuilder command(URI server, String token, Path data, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ExperimentsCommand.class.getName(),
                "worker",
                "--server=" + server,
                "--data-dir=" + data));
        command.addAll(List.of(arguments));
        ProcessBuilder program = new ProcessBuilder(command);
        program.environment().put("SYNAPSE_EXPERIMENTS_TOKEN", token);
        return program;
    }

    /** The ids of processes that a job has written into a file, a line each; none before it has. */
    static List<Long> pids(Path file) throws IOException {
        return Files.exists(file)
                ? Files.readAllLines(file).stream().map(Long::valueOf).toList()
                : List.of();
    }

    /** Whether a process runs; not one that has ended and that nobody has waited for. */
    static boolean isAlive(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            return false;
        }
    }
}
