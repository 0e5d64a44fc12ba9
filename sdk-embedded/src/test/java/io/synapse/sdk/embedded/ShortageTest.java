package io.synapse.sdk.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An agent that may open no more files starts jobs later; it does not call them failed. */
@Timeout(60)
class ShortageTest {
    private static final String TOKEN = "shortage";

    @TempDir
    private Path folder;

    @Test
    void aJobThatCannotBeStartedForWantOfFileDescriptorsIsStartedLater() throws Exception {
        try (AgentProcess agent =
                AgentProcess.fromClassPath(Map.of(), folder, "--port=0", "--token=" + TOKEN, "--data-dir=" + folder)) {
            Caller caller = new Caller(agent.awaitReady(), TOKEN);
            caller.awaitEnd(caller.submit("true")); // has loaded all classes and opened all files
            caller.send("PATCH", "resources/policy/", "{\"max_concurrent_jobs\":1}");
            Path go = folder.resolve("go");
            caller.submit("while [ ! -e " + go + " ]; do sleep 0.05; done");
            String id = caller.submit("echo ran");

            allowFiles(agent.pid(), limitThatLeaves(4, agent.pid()));
            Files.createFile(go);

            await().untilAsserted(() ->
                    assertThat(caller.job(id).path("message").asText()).contains("tries again: "));
            assertThat(caller.status(id)).isEqualTo("PENDING");
            allowFiles(agent.pid(), 1024);
            assertThat(caller.awaitEnd(id).path("status").asText()).isEqualTo("SUCCEEDED");
            assertThat(caller.log(id)).isEqualTo("ran\n");
        }
    }

    /** The limit is on the numbers of descriptors, which have gaps: enough to read folders and files, too few to start a process. */
    private static long limitThatLeaves(int free, long pid) throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            Set<Long> open = files.map(file -> Long.valueOf(file.getFileName().toString()))
                    .collect(Collectors.toSet());
            return LongStream.iterate(0, number -> number + 1)
                    .filter(number -> !open.contains(number))
                    .skip(free)
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void allowFiles(long pid, long count) throws Exception {
        Process prlimit = new ProcessBuilder("prlimit", "--pid", Long.toString(pid), "--nofile=" + count + ":4096")
                .inheritIO()
                .start();
        assertThat(prlimit.waitFor()).isZero();
    }
}
