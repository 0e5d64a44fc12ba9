package io.synapse.sdk.embedded.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class NvidiaSmiTest {
    private static final String A100 = "0, NVIDIA A100-SXM4-80GB, GPU-aaaa, 37, 20480, 81920, 61, 275.5";
    private static final String T4 = "1, Tesla T4, GPU-bbbb, 0, 0, 15360, 33, 9.12";

    @TempDir
    Path directory;

    @Test
    void readsEveryGpuWithTheProcessesOnIt() {
        List<Gpu> gpus = NvidiaSmi.parse(List.of(A100, T4), List.of("GPU-aaaa, 4711, 19000", "GPU-aaaa, 12, 1000"));

        assertThat(gpus)
                .containsExactly(
                        new Gpu(
                                0,
                                "NVIDIA A100-SXM4-80GB",
                                "GPU-aaaa",
                                37.0,
                                20480L,
                                81920L,
                                61.0,
                                275.5,
                                List.of(new Gpu.Process(4711, 19000L), new Gpu.Process(12, 1000L))),
                        new Gpu(1, "Tesla T4", "GPU-bbbb", 0.0, 0L, 15360L, 33.0, 9.12, List.of()));
        assertThat(gpus.get(0).isFree()).isFalse();
        assertThat(gpus.get(1).isFree()).isTrue();
    }

    @Test
    void leavesUnknownWhatTheDriverDoesNotSay() {
        List<Gpu> gpus = NvidiaSmi.parse(
                List.of("0, GRID V100D-8Q, GPU-cccc, [N/A], [Insufficient Permissions], [Not Supported], [N/A], [N/A]"),
                List.of("GPU-cccc, 99, [N/A]"));

        assertThat(gpus)
                .containsExactly(new Gpu(
                        0,
                        "GRID V100D-8Q",
                        "GPU-cccc",
                        null,
                        null,
                        null,
                        null,
                        null,
                        List.of(new Gpu.Process(99, null))));
        assertThat(gpus.get(0).toJson())
                .containsOnlyKeys("index", "name", "uuid", "processes_pids")
                .extractingByKey("processes_pids")
                .hasToString("{99={pid=99}}");
    }

    @Test
    void takesNoticesForWhatTheyAre() {
        assertThat(NvidiaSmi.parse(List.of("No devices were found", ""), List.of("[N/A], [N/A], [N/A]")))
                .isEmpty();
    }

    @Test
    void runsTheCommandOncePerQuestion() throws IOException {
        Path command = script("""
                case "$1" in
                  --query-gpu=*) echo '%s' ;;
                  --query-compute-apps=*) echo 'GPU-bbbb, 7, 15' ;;
                esac
                """.formatted(T4));

        assertThat(read(command, Duration.ofSeconds(30))).singleElement().satisfies(gpu -> {
            assertThat(gpu.name()).isEqualTo("Tesla T4");
            assertThat(gpu.processes()).containsExactly(new Gpu.Process(7, 15L));
        });
    }

    @Test
    void reportsNoGpusWithoutTheCommandOrWhenItFails() throws IOException {
        assertThat(read(directory.resolve("absent"), Duration.ofSeconds(30))).isEmpty();
        assertThat(read(script("echo '" + T4 + "'; exit 9"), Duration.ofSeconds(30)))
                .isEmpty();
    }

    /** The child keeps the command's output open after the command itself has been killed. */
    @Test
    @Timeout(20)
    void givesUpOnACommandThatHangs() throws IOException {
        assertThat(read(script("sleep 60"), Duration.ofMillis(200))).isEmpty();
    }

    private static List<Gpu> read(Path command, Duration limit) {
        return new NvidiaSmi(command.toString(), limit).read();
    }

    private Path script(String body) throws IOException {
        Path script = directory.resolve("nvidia-smi");
        Files.writeString(script, "#!/bin/sh\n" + body);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return script;
    }
}
