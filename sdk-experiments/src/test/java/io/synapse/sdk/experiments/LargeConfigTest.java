package io.synapse.sdk.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Configs that are larger than they look, sent to a server whose heap is small. */
class LargeConfigTest {
    private static final Duration AT_ONCE = Duration.ofMillis(200);

    /** Other programs may have the processor for a while, and the first requests meet code that is interpreted. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static Map<String, String> configs() {
        Map<String, String> configs = new LinkedHashMap<>();
        configs.put(
                "48 aliases",
                "a0: &a0 [x, x]\n"
                        + IntStream.range(1, 48)
                                .mapToObj(i -> "a" + i + ": &a" + i + " [*a" + (i - 1) + ", *a" + (i - 1) + "]\n")
                                .collect(Collectors.joining()));
        configs.put("60,000 brackets", "a: " + "[".repeat(60_000));
        configs.put(
                "10^9 combinations",
                IntStream.range(0, 9)
                        .mapToObj(i -> "k" + i + ": [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]\n")
                        .collect(Collectors.joining()));
        configs.put("5 MB", "a: " + "x".repeat(5_000_000));
        return configs;
    }

    @Test
    void eachIsRefusedAtOnceAndFillsNoMemory(@TempDir Path folder) throws Exception {
        try (ExperimentsProcess server = ExperimentsProcess.start(folder, folder.resolve("data"), "96m")) {
            Caller caller = server.caller();
            configs().forEach((name, config) -> {
                for (String path : new String[] {"/api/configs/validate", "/api/queue/add"}) {
                    await(name + " to " + path)
                            .atMost(PATIENCE)
                            .until(() -> timeOf(caller, path, config), time -> time.compareTo(AT_ONCE) < 0);
                }
            });
            assertThat(caller.ok(caller.get("/api/queue/list")).path("total").asInt())
                    .isZero();
        }
    }

    private static Duration timeOf(Caller caller, String path, String config) throws Exception {
        long before = System.nanoTime();
        HttpResponse<String> answer = caller.post(path, Map.of("config", config, "expand", true));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        return Duration.ofNanos(System.nanoTime() - before);
    }
}
