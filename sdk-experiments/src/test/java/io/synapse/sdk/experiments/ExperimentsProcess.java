package io.synapse.sdk.experiments;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A server in a process of its own, which can be killed. */
final class ExperimentsProcess implements AutoCloseable {
    private static final String TOKEN = "token-of-the-test";
    private static final String READY = "Synapse experiments ready at ";
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Process process;
    private final Path out;
    private final Path err;
    private final URI address;
    private final Caller caller;

    private ExperimentsProcess(Path folder, Path data, List<String> program, int port) throws IOException {
        out = Files.createTempFile(folder, "experiments", ".out");
        err = Files.createTempFile(folder, "experiments", ".err");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(program);
        command.addAll(List.of("serve", "--port=" + port, "--token=" + TOKEN, "--data-dir=" + data));
        process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        address = await().atMost(PATIENCE)
                .until(this::address, Optional::isPresent)
                .orElseThrow();
        caller = new Caller(address, TOKEN);
    }

    /**
     * Starts a server on a free port; it serves when this returns.
     *
     * @param folder for what it prints
     */
    static ExperimentsProcess start(Path folder, Path data) throws IOException {
        return start(folder, data, "512m");
    }

    /** Starts one with this much heap at most, as the option -Xmx has it. */
    static ExperimentsProcess start(Path folder, Path data, String heap) throws IOException {
        return new ExperimentsProcess(folder, data, program(heap), 0);
    }

    /** Starts one on the port of another, which has been killed. */
    static ExperimentsProcess startInPlaceOf(ExperimentsProcess killed, Path folder, Path data) throws IOException {
        return new ExperimentsProcess(folder, data, program("512m"), killed.address.getPort());
    }

    private static List<String> program(String heap) {
        return List.of(
                "-XX:TieredStopAtLevel=1",
                "-Xmx" + heap,
                "-cp",
                System.getProperty("java.class.path"),
                ExperimentsCommand.class.getName());
    }

    /** Starts one from its runnable jar. */
    static ExperimentsProcess fromJar(Path jar, Path folder, Path data) throws IOException {
        return new ExperimentsProcess(folder, data, List.of("-jar", jar.toString()), 0);
    }

    /** What it printed on stderr. */
    String errors() throws IOException {
        return Files.readString(err);
    }

    /** Tells it to end; returns its exit code when it has. */
    int terminate() {
        process.destroy();
        return process.onExit().join().exitValue();
    }

    URI baseUrl() {
        return address;
    }

    String token() {
        return TOKEN;
    }

    Caller caller() {
        return caller;
    }

    /** Kills it with signal 9; returns when it is gone. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    private Optional<URI> address() throws IOException {
        if (!process.isAlive()) {
            throw new AssertionError("the server ended with " + process.exitValue() + ": " + Files.readString(err));
        }
        return Files.readString(out)
                .lines()
                .filter(line -> line.startsWith(READY))
                .findFirst()
                .map(line -> URI.create(line.substring(READY.length())));
    }
}
