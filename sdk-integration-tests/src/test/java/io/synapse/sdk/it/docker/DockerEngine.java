package io.synapse.sdk.it.docker;

import io.synapse.sdk.embedded.Prerequisite;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A real Docker Engine on this machine, started by {@code tools/docker-engine}, for tests that break it; those that do not
 * share one, see {@link WithDockerEngine}. It holds no image but {@link #baseImage()}, {@link #busyboxImage()} and
 * {@link #noShellImage()}. Where none can be started, tests that start one are skipped. Safe for use by several threads.
 */
public final class DockerEngine implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final Path script;
    private final Path folder;

    private DockerEngine(Path script, Path folder) {
        this.script = script;
        this.folder = folder;
    }

    /** An engine of its own, which answers and holds these images. It ends with this JVM at the latest. */
    public static DockerEngine start() throws IOException {
        DockerEngine engine = new DockerEngine(requireScript(), Files.createTempDirectory("docker-engine"));
        try {
            engine.run("start", "--owner", Long.toString(ProcessHandle.current().pid()));
            engine.run("base-image");
            engine.run("small-images");
            return engine;
        } catch (IOException e) {
            engine.close();
            throw e;
        }
    }

    /** Where no engine can be started, the test is skipped or fails here. */
    static Path requireScript() {
        return Prerequisite.program("synapse.docker", "", "script that starts Docker Engines");
    }

    /** Where it listens, as in {@code DOCKER_HOST}: {@code unix:///…/docker.sock}. */
    public String host() throws IOException {
        return read("address");
    }

    /** The image with Python and Gradio, whose pip finds packages as this machine's does. */
    public String baseImage() {
        return "synapse-gradio-base";
    }

    /** An image with the commands of BusyBox, its {@code sh} among them, and no bash; like Alpine. */
    public String busyboxImage() {
        return "synapse-busybox";
    }

    /** An image without a shell: it has nothing but the command {@code /sleep}, which is not on the PATH. */
    public String noShellImage() {
        return "synapse-no-shell";
    }

    /** What the docker command line prints for these arguments; {@link IOException} with its errors when it fails. */
    public String docker(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        // Not what the user set up for other engines, and the builder that all versions have.
        builder.environment().remove("DOCKER_CONTEXT");
        builder.environment().put("DOCKER_HOST", host());
        builder.environment().put("DOCKER_CONFIG", data().resolve("cli").toString());
        builder.environment().put("DOCKER_BUILDKIT", "0");
        return output(builder.start(), String.join(" ", command));
    }

    /** Where a published port of a container can be reached from here: {@code 127.0.0.1:32768}. */
    public String published(String container, int port) throws IOException {
        String address = docker("port", container, Integer.toString(port))
                .lines()
                .findFirst()
                .orElseThrow(() -> new AssertionError("port " + port + " of " + container + " is not published"));
        return address.replace("0.0.0.0:", "127.0.0.1:");
    }

    /** The process id of dockerd. */
    public long daemon() throws IOException {
        return Long.parseLong(Files.readString(data().resolve("docker.pid")).strip());
    }

    /** Kills dockerd with signal 9: containers live on, with nobody who knows them, until it is started again. */
    public void killDaemon() throws IOException, InterruptedException {
        ProcessHandle daemon = ProcessHandle.of(daemon()).orElseThrow();
        daemon.destroyForcibly();
        awaitEnd(daemon);
    }

    /** Ends dockerd as its service does: it stops the containers before. It is gone when this returns. */
    public void stopDaemon() throws IOException, InterruptedException {
        ProcessHandle daemon = ProcessHandle.of(daemon()).orElseThrow();
        daemon.destroy();
        awaitEnd(daemon);
    }

    /** Starts dockerd again on what it left, at the same address; it answers when this returns. */
    public void startDaemon() throws IOException {
        run("start-daemon");
    }

    /** Stops dockerd and starts it again, as an update of it does. */
    public void restart() throws IOException, InterruptedException {
        stopDaemon();
        startDaemon();
    }

    /** The process ids of all that runs now, in containers too. */
    public List<Long> processes() throws IOException {
        return run("processes")
                .lines()
                .map(line -> Long.valueOf(line.split(" ")[1]))
                .toList();
    }

    /** Everything of it on the disk. */
    Path data() throws IOException {
        return Path.of(read("data"));
    }

    /** The name of its network interface and of its cgroup. */
    String bridge() throws IOException {
        return read("bridge");
    }

    /** Ends every process of the engine and deletes all it has, whatever state it is in. */
    @Override
    public void close() throws IOException {
        if (Files.exists(folder)) {
            run("stop");
        }
    }

    private static void awaitEnd(ProcessHandle process) throws InterruptedException {
        try {
            process.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("process " + process.pid() + " does not end", e);
        }
    }

    private String read(String name) throws IOException {
        return Files.readString(folder.resolve(name)).strip();
    }

    private String run(String verb, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(script.toString(), verb, folder.toString()));
        command.addAll(Arrays.asList(arguments));
        return output(new ProcessBuilder(command).start(), "docker-engine " + verb);
    }

    private static String output(Process process, String name) throws IOException {
        CompletableFuture<String> errors = CompletableFuture.supplyAsync(() -> {
            try {
                return text(process.getErrorStream());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        String output = text(process.getInputStream());
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(name + ": " + output + errors.join());
        }
        return output;
    }

    private static String text(InputStream stream) throws IOException {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}
