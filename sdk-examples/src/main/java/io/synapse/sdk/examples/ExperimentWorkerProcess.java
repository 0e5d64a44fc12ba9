package io.synapse.sdk.examples;

import io.synapse.sdk.experiments.EmbeddedExperiments;
import io.synapse.sdk.experiments.ExperimentsCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A worker as a program of its own, which can be killed as if its machine went down. */
final class ExperimentWorkerProcess implements AutoCloseable {
    private final String host;
    private final Path directory;
    private final Process process;

    private ExperimentWorkerProcess(String host, Path directory, Process process) {
        this.host = host;
        this.directory = directory;
        this.process = process;
    }

    /** Starts it; it takes jobs as soon as it can. */
    static ExperimentWorkerProcess start(EmbeddedExperiments server, String host, Path code) throws IOException {
        Path directory = Files.createTempDirectory(host).toRealPath();
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ExperimentsCommand.class.getName(),
                        "worker",
                        "--host-id=" + host,
                        "--data-dir=" + directory,
                        "--code=" + code,
                        "--max-jobs=1",
                        "--",
                        "sh",
                        "train.sh",
                        "{config}")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("SYNAPSE_EXPERIMENTS_URL", server.baseUrl().toString());
        builder.environment().put("SYNAPSE_EXPERIMENTS_TOKEN", server.token());
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy)); // if the example itself is ended
        return new ExperimentWorkerProcess(host, directory, process);
    }

    String hostId() {
        return host;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Kills it and all processes of its jobs, with signal 9: nothing can be reported any more. */
    void kill() {
        process.destroyForcibly().onExit().join();
        ProcessHandle.allProcesses().filter(this::isOfItsJobs).forEach(job -> {
            job.destroyForcibly();
            job.onExit().join();
        });
    }

    private boolean isOfItsJobs(ProcessHandle candidate) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", candidate.pid() + "", "cwd"))
                    .startsWith(directory);
        } catch (IOException e) {
            return false; // it has ended, or is another user's
        }
    }

    @Override
    public void close() {
        kill();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
