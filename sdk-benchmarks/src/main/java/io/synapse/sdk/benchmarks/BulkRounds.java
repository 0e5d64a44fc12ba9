package io.synapse.sdk.benchmarks;

import io.synapse.sdk.benchmarks.Comparison.Unit;
import io.synapse.sdk.benchmarks.contender.workspace.TimeBulk;
import io.synapse.sdk.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Much that was moved in one piece, by programs with a small heap.
 *
 * @param id of the benchmark
 * @param bytes that should have come
 * @param sdk what the SDK found, round by round
 * @param other what docker-java found in the same rounds
 */
record BulkRounds(String id, long bytes, List<Program.Output> sdk, List<Program.Output> other) {
    /** How much memory the programs have. */
    static final String HEAP = "-Xmx48m";

    /**
     * Measures it.
     *
     * @param arguments of {@link TimeBulk} after the container
     */
    static BulkRounds measure(Workbench workbench, WorkspaceEngine engine, String id, long bytes, String... arguments)
            throws IOException, InterruptedException {
        BulkRounds all = new BulkRounds(id, bytes, new ArrayList<>(), new ArrayList<>());
        try (Workspace workspace = engine.open()) {
            for (int round = 1; round <= workbench.options().rounds(); round++) {
                workbench.progress(id + ": round " + round);
                all.sdk.add(engine.run(command(workbench, "sdk", workspace.id(), arguments)));
                all.other.add(engine.run(command(workbench, "docker-java", workspace.id(), arguments)));
            }
        }
        return all;
    }

    private static List<String> command(Workbench workbench, String way, String container, String... arguments) {
        List<String> all = new ArrayList<>(List.of(way, container));
        all.addAll(List.of(arguments));
        Path java = Path.of(System.getProperty("java.home"));
        return workbench.java(java, List.of(HEAP), TimeBulk.class, all.toArray(String[]::new));
    }

    /** How the SDK compares. */
    Row comparison(String work, String peer, String figure) {
        return new Comparison(
                id,
                work,
                "Docker",
                peer,
                Unit.MILLISECONDS,
                Samples.of(sdk, output -> output.value(figure)),
                Samples.of(other, output -> output.value(figure)),
                Target.NONE);
    }

    /** Whether all came to the SDK, and in how little memory. */
    Row finding(String work) {
        Samples came = Samples.of(sdk, output -> output.value("came"));
        String result = String.format(
                Locale.ROOT,
                "%,.0f bytes came; heap never above %.1f MB",
                came.min(),
                Samples.of(sdk, output -> output.value("peak_heap_bytes")).max() / 1e6);
        boolean isMet = came.min() == bytes && came.max() == bytes;
        return new Finding(id, work, "Docker", result, "runs with " + HEAP, isMet);
    }
}
