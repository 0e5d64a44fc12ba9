package io.synapse.sdk.embedded;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The agent's command in a JVM of its own, with what it printed. */
final class AgentProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final String READY = "Synapse agent ready at ";

    private final Process process;
    private final Path out;
    private final Path err;

    /**
     * @param program the command without the arguments of the agent
     * @param folder where its output is collected
     */
    private AgentProcess(List<String> program, Map<String, String> environment, Path folder, String... arguments)
            throws IOException {
        out = Files.createTempFile(folder, "agent", ".out");
        err = Files.createTempFile(folder, "agent", ".err");
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().remove("SYNAPSE_AGENT_TOKEN");
        builder.environment().putAll(environment);
        process = builder.start();
    }

    static AgentProcess fromClassPath(Map<String, String> environment, Path folder, String... arguments)
            throws IOException {
        return new AgentProcess(command(JAVA), environment, folder, arguments);
    }

    /**
     * With little of what it needs.
     *
     * @param heap such as 64m
     * @param files how many it may have open
     */
    static AgentProcess withLittle(String heap, int files, Path folder, String... arguments) throws IOException {
        List<String> command = command(
                "prlimit", "--nofile=" + files + ":" + files, JAVA, "-Xmx" + heap, "-XX:+ExitOnOutOfMemoryError");
        return new AgentProcess(command, Map.of(), folder, arguments);
    }

    /** @param option of the JVM */
    static AgentProcess withJvmOption(String option, Path folder, String... arguments) throws IOException {
        return new AgentProcess(command(JAVA, option), Map.of(), folder, arguments);
    }

    static AgentProcess fromJar(Path jar, Path folder, String... arguments) throws IOException {
        return new AgentProcess(List.of(JAVA, "-jar", jar.toString()), Map.of(), folder, arguments);
    }

    private static List<String> command(String... java) {
        List<String> command = new ArrayList<>(List.of(java));
        command.add(
                "--enable-native-access=ALL-UNNAMED"); // SQLite is a native library; the jar says it in its manifest
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), AgentCommand.class.getName()));
        return command;
    }

    URI awaitReady() {
        return URI.create(awaitLine(READY));
    }

    /** What follows these words on the line that begins with them. */
    String awaitLine(String beginning) {
        return await().atMost(PATIENCE)
                .until(() -> rest(beginning), Optional::isPresent)
                .orElseThrow();
    }

    private Optional<String> rest(String beginning) throws IOException {
        if (!process.isAlive()) {
            throw new AssertionError("the agent ended with " + process.exitValue() + ": " + err());
        }
        return out().lines()
                .filter(line -> line.startsWith(beginning))
                .findFirst()
                .map(line -> line.substring(beginning.length()));
    }

    long pid() {
        return process.pid();
    }

    /** Sends TERM. */
    void terminate() {
        process.destroy();
    }

    int awaitExit() throws IOException, InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the agent still runs; it said: " + err());
        }
        return process.exitValue();
    }

    String out() throws IOException {
        return Files.readString(out);
    }

    String err() throws IOException {
        return Files.readString(err);
    }

    static int statusOfHealth(URI agent, String token) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(agent.resolve("/health/"))
                .header("Authorization", token)
                .timeout(PATIENCE)
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /** Kills it with signal 9, and returns when it is gone: it writes no file any more. Its jobs go on. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
