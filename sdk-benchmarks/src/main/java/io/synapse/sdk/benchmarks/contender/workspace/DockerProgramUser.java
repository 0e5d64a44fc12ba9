package io.synapse.sdk.benchmarks.contender.workspace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * One who starts the {@code docker} program for each command; files are not measured.
 *
 * @param container where
 */
record DockerProgramUser(String container) implements ContainerUser {
    @Override
    public Result execute(String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("docker", "exec", container, "sh", "-c", command)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output, output.length());
    }

    @Override
    public void write(String name, String content) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String read(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void upload(Path file, String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void download(String name, Path file) {
        throw new UnsupportedOperationException();
    }
}
