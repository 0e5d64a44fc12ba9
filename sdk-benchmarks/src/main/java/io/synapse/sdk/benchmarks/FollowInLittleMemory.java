package io.synapse.sdk.benchmarks;

import io.synapse.sdk.benchmarks.contender.FollowWithSdk;
import io.synapse.sdk.benchmarks.server.LogShape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** P6: a log ten times as long, followed in a small heap. */
final class FollowInLittleMemory implements Benchmark {
    private static final String HEAP = "-Xmx32m";

    @Override
    public String id() {
        return "P6";
    }

    @Override
    public List<Row> run(Workbench workbench) throws IOException, InterruptedException {
        List<Row> rows = new ArrayList<>();
        long lines = 10 * workbench.options().lines();
        for (String protocol : List.of("http", "websocket")) {
            workbench.progress("P6 " + protocol);
            Path java = Path.of(System.getProperty("java.home"));
            Program.Output output = new Program(workbench.java(
                            java,
                            List.of(HEAP),
                            FollowWithSdk.class,
                            "agent",
                            protocol,
                            workbench.fastServer(),
                            Workbench.finished(lines, 1)))
                    .run();
            String result = String.format(
                    Locale.ROOT,
                    "%,.0f lines came; heap never above %.1f MB",
                    output.value("came"),
                    output.value("peak_heap_bytes") / 1e6);
            String work = String.format(
                    Locale.ROOT, "follow %.1f GB, %s, %s", lines * LogShape.LINE_BYTES / 1e9, protocol, HEAP);
            rows.add(
                    new Finding(id(), work, "fast server", result, "runs with " + HEAP, output.value("came") == lines));
        }
        return rows;
    }
}
