package io.synapse.sdk.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only the packed jar can get wrong: its manifest, the services and native libraries inside, its logging. */
class StandaloneJarIT {
    private static final Path JAR = Path.of(System.getProperty("standalone.jar"));
    private static final int ENDED_BY_TERM = 143;

    @TempDir
    Path folder;

    @Test
    void servesAndEndsWithoutAWordOfWarning() throws Exception {
        try (ExperimentsProcess server = ExperimentsProcess.fromJar(JAR, folder, folder.resolve("data"))) {
            assertThat(server.caller().get("/api/").body()).contains("\"server\":\"synapse\"");
            assertThat(server.caller().get("/api/projects").statusCode()).isEqualTo(200);

            assertThat(server.terminate()).isEqualTo(ENDED_BY_TERM);
            assertThat(server.errors()).isEmpty();
        }
    }

    @Test
    void runsAJobAtAWorkerWithoutAWordOfWarning() throws Exception {
        try (ExperimentsProcess server = ExperimentsProcess.fromJar(JAR, folder, folder.resolve("data"))) {
            String uid = server.caller().add("job");
            Path errors = folder.resolve("worker.err");
            ProcessBuilder program = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-jar",
                            JAR.toString(),
                            "worker",
                            "--server=" + server.baseUrl(),
                            "--data-dir=" + folder.resolve("worker"),
                            "--",
                            "cat",
                            "{config}")
                    .redirectOutput(folder.resolve("worker.out").toFile())
                    .redirectError(errors.toFile());
            program.environment().put("SYNAPSE_EXPERIMENTS_TOKEN", server.token());
            Process worker = program.start();
            try {
                await().atMost(Duration.ofSeconds(120))
                        .until(() ->
                                server.caller().job(uid).path("status").asText().equals("completed"));
                assertThat(server.caller().get("/api/queue/job/" + uid + "/log").body())
                        .isEqualTo("lr: 0.1\n");
                worker.destroy();
                assertThat(worker.onExit().join().exitValue()).isEqualTo(ENDED_BY_TERM);
                assertThat(Files.readString(errors)).doesNotContain("WARN", "ERROR", "Exception");
            } finally {
                worker.destroyForcibly();
            }
        }
    }
}
