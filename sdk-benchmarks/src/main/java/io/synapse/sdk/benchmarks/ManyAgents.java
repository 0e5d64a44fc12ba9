package io.synapse.sdk.benchmarks;

import io.synapse.sdk.benchmarks.Comparison.Unit;
import io.synapse.sdk.benchmarks.contender.workspace.TimeManyUsers;
import io.synapse.sdk.workspace.Workspace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** W3: many agents at once in one container. Each has a thread, and executes a command and writes two files in turn. */
final class ManyAgents implements Benchmark {
    private static final int AGENTS = 50;
    private static final int WRITES_PER_COMMAND = 2;

    @Override
    public String id() {
        return "W3";
    }

    @Override
    public List<Row> run(Workbench workbench) throws IOException, InterruptedException {
        Optional<WorkspaceEngine> engine = workbench.workspaceEngine(id());
        if (engine.isEmpty()) {
            return List.of();
        }
        int commands = Math.max(1, workbench.options().workspaceCalls() / 10);
        int writes = WRITES_PER_COMMAND * commands;
        List<Program.Output> sdk = new ArrayList<>();
        List<Program.Output> other = new ArrayList<>();
        for (int round = 1; round <= workbench.options().rounds(); round++) {
            workbench.progress("W3: round " + round);
            sdk.add(measure("sdk", commands, engine.get(), workbench));
            other.add(measure("docker-java", commands, engine.get(), workbench));
        }
        String work = AGENTS + " agents at once, " + commands + " commands and " + writes + " writes of 1 KB each";
        double right = Samples.of(sdk, output -> output.value("right_files")).min();
        double second = Samples.of(sdk, output -> AGENTS * (commands + writes) / output.value("seconds"))
                .median();
        String result = String.format(
                Locale.ROOT,
                "%,d commands right, %,.0f of %,d files right; %,.0f operations/s",
                AGENTS * commands,
                right,
                AGENTS * writes,
                second);
        return List.of(
                new Comparison(
                        id(),
                        work,
                        "Docker",
                        "docker-java: exec, archive PUT",
                        Unit.MILLISECONDS,
                        Samples.of(sdk, output -> 1e3 * output.value("seconds")),
                        Samples.of(other, output -> 1e3 * output.value("seconds")),
                        Target.NONE),
                new Finding(id(), work, "Docker", result, "all right", right == AGENTS * writes));
    }

    /** In a workspace of its own each time, so that no contender finds what another has left. */
    private static Program.Output measure(String way, int commands, WorkspaceEngine engine, Workbench workbench)
            throws IOException, InterruptedException {
        try (Workspace workspace = engine.open()) {
            return engine.run(workbench.java(
                    TimeManyUsers.class, way, workspace.id(), Integer.toString(AGENTS), Integer.toString(commands)));
        }
    }
}
