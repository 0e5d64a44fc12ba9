package io.synapse.sdk.benchmarks;

import io.synapse.sdk.benchmarks.server.AgentServer;
import io.synapse.sdk.benchmarks.server.FastServer;
import io.synapse.sdk.benchmarks.server.LogShape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What benchmarks work with: the servers, the means to run programs, and how much is to be done. */
final class Workbench implements AutoCloseable {
    /** Beside the folder in which the classes of this module are, as such or in a jar. */
    private static final Path SCRIPTS = Path.of(Workbench.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .getPath())
            .resolve(Path.of("..", "..", "src", "main", "python"))
            .normalize();

    private final Options options;
    private @Nullable ServerProcess fast;
    private @Nullable ServerProcess agent;
    private @Nullable WorkspaceEngine workspaceEngine;

    /**
     * How much is to be done, and with what.
     *
     * @param rounds how often everything is measured
     * @param lines of the log of a gigabyte, a tenth of the longest that is followed
     * @param linesForPython of the log that slower clients follow
     * @param seconds that live logs last
     * @param jmhSeconds that JMH measures
     * @param jmhWarmUp seconds that JMH warms up one thread
     * @param pythonClient a Python that has the published client, if there is one
     * @param ray a Python that has Ray, if there is one
     * @param newestJdk a JDK with virtual threads, if there is one
     * @param docker the script that starts Docker Engines, if that is possible
     * @param dockerPy a Python that has docker-py, if there is one
     * @param workspaceCalls how often a small operation in a container is timed
     * @param workspaceMegabytes of a large file, a fifth of the longest output of a command
     * @param mlflow a Python that has MLflow, if there is one
     * @param runs that an experiment server has
     */
    record Options(
            int rounds,
            long lines,
            long linesForPython,
            int seconds,
            int jmhSeconds,
            int jmhWarmUp,
            Optional<Path> pythonClient,
            Optional<Path> ray,
            Optional<Path> newestJdk,
            Optional<Path> docker,
            Optional<Path> dockerPy,
            int workspaceCalls,
            int workspaceMegabytes,
            Optional<Path> mlflow,
            int runs) {}

    /** Starts nothing yet. */
    Workbench(Options options) {
        this.options = options;
    }

    Options options() {
        return options;
    }

    /** The server that costs next to nothing. */
    String fastServer() {
        if (fast == null) {
            fast = start(java(FastServer.class));
        }
        return fast.url();
    }

    /** The embedded agent. */
    String agent() {
        if (agent == null) {
            agent = start(java(AgentServer.class, Long.toString(options.lines())));
        }
        return agent.url();
    }

    private static ServerProcess start(List<String> command) {
        try {
            return new ServerProcess(command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The Docker Engine; empty where none can be started, which is said. */
    Optional<WorkspaceEngine> workspaceEngine(String benchmark) throws IOException, InterruptedException {
        if (options.docker().isEmpty()) {
            progress(benchmark + ": no script that starts Docker Engines");
            return Optional.empty();
        }
        if (workspaceEngine == null) {
            workspaceEngine = new WorkspaceEngine(options.docker().get());
        }
        return Optional.of(workspaceEngine);
    }

    /** How to start a program on the JVM at hand. */
    List<String> java(Class<?> program, String... arguments) {
        return java(Path.of(System.getProperty("java.home")), List.of(), program, arguments);
    }

    /** How to start a program on a JVM. */
    List<String> java(Path home, List<String> jvmOptions, Class<?> program, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(home.resolve("bin").resolve("java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** How to start a Python script of this module. */
    static List<String> python(Path python, String script, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(python.toString());
        command.add(SCRIPTS.resolve(script).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    /** Which version of a package a Python has. */
    static String version(Path python, String distribution) throws IOException {
        String question = "import importlib.metadata as m; print(m.version('" + distribution + "'))";
        Process process = new ProcessBuilder(python.toString(), "-c", question)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    /** Says where we are, so that nobody waits in the dark; the report itself goes elsewhere. */
    void progress(String words) {
        System.err.println(words);
    }

    /** The id of a finished job whose log has so many lines, on the fast server. */
    static String finished(long lines, int linesPerEvent) {
        return LogShape.finished(lines, linesPerEvent).jobId();
    }

    @Override
    public void close() throws IOException {
        try {
            close(fast);
            close(agent);
        } finally {
            if (workspaceEngine != null) {
                workspaceEngine.close();
            }
        }
    }

    private static void close(@Nullable ServerProcess server) throws IOException {
        if (server != null) {
            server.close();
        }
    }
}
