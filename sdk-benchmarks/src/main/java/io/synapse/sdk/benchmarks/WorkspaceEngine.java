package io.synapse.sdk.benchmarks;

import io.synapse.sdk.docker.DockerWorkspace;
import io.synapse.sdk.workspace.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Docker Engine on this machine, by {@code tools/docker-engine}, for the benchmarks of workspaces. */
final class WorkspaceEngine implements AutoCloseable {
    /** Debian with Python, as {@code python:3.12-slim} is. */
    private static final String IMAGE = "synapse-gradio-base";

    private final Path script;
    private final Path folder;
    private final String address;

    /**
     * Starts it.
     *
     * @param script that starts engines
     */
    WorkspaceEngine(Path script) throws IOException, InterruptedException {
        this.script = script;
        this.folder = Files.createTempDirectory("docker-benchmark-");
        this.address =
                run("start", "--owner", Long.toString(ProcessHandle.current().pid()));
        run("base-image");
    }

    /** A new workspace, in whose container all contenders work. */
    Workspace open() {
        return DockerWorkspace.builder().dockerHost(address).image(IMAGE).open();
    }

    /** Runs a program that finds the engine in its environment. */
    Program.Output run(List<String> command) throws IOException, InterruptedException {
        return new Program(withEnvironment(command)).run();
    }

    private List<String> withEnvironment(List<String> command) {
        List<String> whole = new ArrayList<>(List.of("env", "DOCKER_HOST=" + address));
        whole.addAll(command);
        return whole;
    }

    @Override
    public void close() throws IOException {
        try {
            run("stop");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the engine ends with its owner
        }
    }

    private String run(String verb, String... options) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(script.toString(), verb, folder.toString());
        builder.command().addAll(List.of(options));
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("exit code " + process.exitValue() + " of " + script + " " + verb);
        }
        return output.strip();
    }
}
