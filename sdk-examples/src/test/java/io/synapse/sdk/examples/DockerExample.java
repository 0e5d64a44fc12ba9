package io.synapse.sdk.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs examples on a real Docker Engine, started by {@code tools/docker-engine}. Not safe for use by several threads. */
final class DockerExample implements AutoCloseable {
    private static final String SCRIPT = System.getProperty("synapse.docker", "");

    private final Path folder;

    /**
     * Starts nothing yet.
     *
     * @param folder an empty one
     */
    DockerExample(Path folder) {
        this.folder = folder.resolve("engine");
    }

    /**
     * How an example ended.
     *
     * @param exitCode of its process
     * @param output what it wrote, errors too
     */
    record Run(int exitCode, String output) {}

    /**
     * Starts an engine. Where that cannot be done, the test is skipped or fails.
     *
     * @param images the verb that makes its images
     * @return its address
     */
    String start(String images) throws IOException, InterruptedException {
        String missing =
                "the system property synapse.docker names no script that starts Docker Engines: '" + SCRIPT + "'";
        if ("true".equals(System.getenv("CI"))) {
            assertThat(SCRIPT).as(missing).isNotEmpty();
        }
        assumeTrue(!SCRIPT.isEmpty(), missing);
        engine("start", "--owner", Long.toString(ProcessHandle.current().pid()));
        engine(images);
        return Files.readString(folder.resolve("address")).strip();
    }

    /** The address of an engine that is not there. */
    String nowhere() {
        return "unix://" + folder.resolve("nowhere.sock");
    }

    /** Runs an example to its end. */
    static Run run(Class<?> example, String dockerHost, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        Map<String, String> variables = new HashMap<>(environment);
        variables.put("DOCKER_HOST", dockerHost);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Stream<String> command = Stream.of(java, "-cp", System.getProperty("java.class.path"), example.getName());
        return run(variables, Stream.concat(command, Stream.of(arguments)).toList());
    }

    @Override
    public void close() throws IOException {
        if (Files.exists(folder)) {
            try {
                engine("stop");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // the engine ends with its owner
            }
        }
    }

    private void engine(String verb, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(SCRIPT, verb, folder.toString()));
        command.addAll(List.of(arguments));
        Run run = run(Map.of(), command);
        assertThat(run.exitCode()).as(run.output()).isZero();
    }

    private static Run run(Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("SYNAPSE_"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output);
    }
}
