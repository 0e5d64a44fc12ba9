package io.synapse.sdk.embedded.internal.job;

import io.synapse.sdk.embedded.internal.backend.JobRequest;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Starts job processes, each in a session of its own, and in a cgroup where that is possible. */
final class JobProcesses {
    private static final String SCRIPT = "run-job.sh";
    private static final String SHELL = "/bin/sh";

    /** Variables of the agent and of the worker that has one, which a job need not know. */
    private static final Set<String> TOKENS = Set.of("SYNAPSE_AGENT_TOKEN", "SYNAPSE_EXPERIMENTS_TOKEN");

    private final Path script;
    private final String setsid;
    private final String cgroups;

    /**
     * Puts the script that runs a job into this folder.
     *
     * @param cgroups the cgroup to make those of jobs in; empty for none
     * @throws IllegalStateException when this machine lacks what jobs need
     */
    JobProcesses(Path directory, Optional<Path> cgroups) throws IOException {
        this.cgroups = cgroups.map(Path::toString).orElse("");
        setsid = setsid();
        script = directory.resolve(SCRIPT).toAbsolutePath();
        Path fresh = Files.createTempFile(directory, SCRIPT, null);
        try (InputStream source = JobProcesses.class.getResourceAsStream(SCRIPT)) {
            Files.write(fresh, Objects.requireNonNull(source, SCRIPT).readAllBytes());
        }
        Files.move(fresh, script, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Starts a job, unless it was started before: the script sees to that.
     *
     * @return the process of the script
     * @throws IOException when no process could be started
     */
    Process start(JobRequest request, JobFiles files) throws IOException {
        files.create();
        if (!request.pip().isEmpty()) {
            files.writeRequirements(request.pip());
        }
        files.writeScript(JobScript.of(request));
        ProcessBuilder process = new ProcessBuilder(
                        setsid,
                        SHELL,
                        script.toString(),
                        files.directory().toAbsolutePath().toString(),
                        cgroups)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        Path folder = request.workingDirectory();
        if (folder != null) {
            process.directory(folder.toFile());
        }
        process.environment().keySet().removeAll(TOKENS);
        return process.start();
    }

    /**
     * The program that starts another in a session of its own.
     *
     * @throws IllegalStateException when this machine has none
     */
    static String setsid() {
        String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        return Arrays.stream(path.split(File.pathSeparator))
                .map(folder -> Path.of(folder, "setsid"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "jobs need the command setsid (util-linux), and there is none on the PATH " + path))
                .toString();
    }
}
