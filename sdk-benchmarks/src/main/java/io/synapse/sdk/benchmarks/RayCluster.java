package io.synapse.sdk.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A Ray cluster on this machine, by {@code tools/ray-cluster}. */
final class RayCluster implements AutoCloseable {
    private final Path python;
    private final Path folder;
    private final String url;

    /**
     * Starts it.
     *
     * @param python of the virtual environment that has Ray
     * @param folder where its files go; it is made, and is gone when the cluster is
     */
    RayCluster(Path python, Path folder) throws IOException, InterruptedException {
        this.python = python;
        this.folder = folder;
        this.url = run("start", "--owner", Long.toString(ProcessHandle.current().pid()));
    }

    /** Where its dashboard is. */
    String url() {
        return url;
    }

    @Override
    public void close() throws IOException {
        try {
            run("stop");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the cluster ends with its owner
        }
    }

    private String run(String verb, String... options) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("tools/ray-cluster", verb, folder.toString());
        builder.command().addAll(List.of(options));
        builder.environment()
                .put(
                        "SYNAPSE_RAY",
                        python.toAbsolutePath().resolve("../..").normalize().toString());
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("exit code " + process.exitValue() + " of tools/ray-cluster " + verb);
        }
        return output.strip();
    }
}
