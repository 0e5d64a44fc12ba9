package io.synapse.sdk.gateway.server;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A gateway in a process of its own. */
final class GatewayProcess implements AutoCloseable {
    static final String TOKEN = "token-of-the-test";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Path out;
    private final Path err;

    private GatewayProcess(Path folder, List<String> program, List<String> arguments, Map<String, String> environment)
            throws IOException {
        out = Files.createTempFile(folder, "gateway", ".out");
        err = Files.createTempFile(folder, "gateway", ".err");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1"));
        command.addAll(program);
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().putAll(environment);
        process = builder.start();
    }

    private static List<String> onClassPath(Class<?> program) {
        return List.of("-cp", System.getProperty("java.class.path"), program.getName());
    }

    /**
     * A gateway whose agents are slow.
     *
     * @param port of HTTP; those of gRPC follow
     * @param millis how long a piece takes
     * @param dataDirectory null for none
     */
    static GatewayProcess paced(Path folder, int port, int millis, Path dataDirectory) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                Integer.toString(port),
                Integer.toString(port + 1),
                TOKEN,
                Integer.toString(millis),
                folder.resolve("notes").toString()));
        if (dataDirectory != null) {
            arguments.add(dataDirectory.toString());
        }
        GatewayProcess gateway = new GatewayProcess(folder, onClassPath(PacedGateway.class), arguments, Map.of());
        gateway.awaitLine("ready at ");
        return gateway;
    }

    static GatewayProcess command(Path folder, String... arguments) throws IOException {
        return new GatewayProcess(folder, onClassPath(GatewayCommand.class), List.of(arguments), Map.of());
    }

    /** The program with more in its environment, and with all that it can log. */
    static GatewayProcess command(Path folder, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> program = new ArrayList<>(List.of("-Dorg.slf4j.simpleLogger.defaultLogLevel=trace"));
        program.addAll(onClassPath(GatewayCommand.class));
        return new GatewayProcess(folder, program, List.of(arguments), environment);
    }

    static GatewayProcess fromJar(Path jar, Path folder, Map<String, String> environment, String... arguments)
            throws IOException {
        return new GatewayProcess(folder, List.of("-jar", jar.toString()), List.of(arguments), environment);
    }

    /** The first of four ports that are free. */
    static int freePorts() throws IOException {
        while (true) {
            int first;
            try (ServerSocket any = new ServerSocket(0)) {
                first = any.getLocalPort();
            }
            if (first + 3 <= 0xffff && isFree(first + 1) && isFree(first + 2) && isFree(first + 3)) {
                return first;
            }
        }
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /** What follows these words on the line that begins with them. */
    String awaitLine(String beginning) {
        return await().atMost(PATIENCE)
                .until(() -> rest(beginning), Optional::isPresent)
                .orElseThrow();
    }

    URI awaitReady() {
        return URI.create(awaitLine("Synapse gateway ready at "));
    }

    private Optional<String> rest(String beginning) throws IOException {
        if (!process.isAlive()) {
            throw new AssertionError("the gateway ended with " + process.exitValue() + ": " + Files.readString(err));
        }
        return Files.readString(out)
                .lines()
                .filter(line -> line.startsWith(beginning))
                .findFirst()
                .map(line -> line.substring(beginning.length()));
    }

    String output() throws IOException {
        return Files.readString(out);
    }

    String errors() throws IOException {
        return Files.readString(err);
    }

    /** All that it wrote, and what a list of processes shows of it. */
    String whatIsSeen() throws IOException {
        String commandLine = Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
        return commandLine + output() + errors();
    }

    /** Sends TERM. */
    void terminate() {
        process.destroy();
    }

    int awaitExit() throws InterruptedException, IOException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the gateway still runs; it said: " + errors());
        }
        return process.exitValue();
    }

    /** Kills it with signal 9, and returns when it is gone. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** {@link #kill()}. */
    @Override
    public void close() {
        kill();
    }
}
