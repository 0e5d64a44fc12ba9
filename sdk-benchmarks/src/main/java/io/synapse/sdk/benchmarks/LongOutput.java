package io.synapse.sdk.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** W4: a command with a long output, of which little is kept, in a small heap. */
final class LongOutput implements Benchmark {
    @Override
    public String id() {
        return "W4";
    }

    @Override
    public List<Row> run(Workbench workbench) throws IOException, InterruptedException {
        Optional<WorkspaceEngine> engine = workbench.workspaceEngine(id());
        if (engine.isEmpty()) {
            return List.of();
        }
        long bytes = 5_000_000L * workbench.options().workspaceMegabytes();
        BulkRounds rounds = BulkRounds.measure(workbench, engine.get(), id(), bytes, "output", Long.toString(bytes));
        String work = String.format(Locale.ROOT, "a command with %.2f GB of output, %s", bytes / 1e9, BulkRounds.HEAP);
        return List.of(rounds.comparison(work, "docker-java: exec", "output_ms"), rounds.finding(work));
    }
}
