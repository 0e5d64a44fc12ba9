package io.synapse.sdk.benchmarks;

import io.synapse.sdk.benchmarks.Comparison.Unit;
import io.synapse.sdk.benchmarks.contender.workspace.TimeCalls;
import io.synapse.sdk.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * W1 and W2: one small operation after another in a container that runs; medians. All contenders get the same: the exit
 * code and the output of a command, and the content of a file.
 */
final class WorkspaceCalls implements Benchmark {
    private final String id;

    /** What each call does, in words. */
    private final Map<String, String> works;

    private final List<Peer> peers;

    /**
     * With what the SDK is compared.
     *
     * @param way of {@link TimeCalls}; {@code docker-py} for the script in Python
     * @param name in words
     * @param target what the ratio should be
     */
    private record Peer(String way, String name, Target target) {}

    private WorkspaceCalls(String id, Map<String, String> works, List<Peer> peers) {
        this.id = id;
        this.works = works;
        this.peers = peers;
    }

    /** W1. */
    static WorkspaceCalls commands() {
        return new WorkspaceCalls(
                "W1",
                Map.of("execute", "execute `true`"),
                List.of(
                        new Peer("docker-java", "docker-java: create, start, inspect", Target.atMost(1.1)),
                        new Peer("docker", "the program `docker exec`", Target.NONE),
                        new Peer("docker-py", "docker-py: exec_run", Target.NONE)));
    }

    /** W2. */
    static WorkspaceCalls files() {
        Map<String, String> works = new LinkedHashMap<>();
        works.put("write", "write 1 KB");
        works.put("read", "read 1 KB");
        return new WorkspaceCalls(
                "W2",
                works,
                List.of(
                        new Peer("docker-java", "docker-java: archive PUT, GET", Target.atMost(0.1)),
                        new Peer("docker-py", "docker-py: exec_run of printf, cat", Target.atMost(0.1))));
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public List<Row> run(Workbench workbench) throws IOException, InterruptedException {
        Optional<WorkspaceEngine> engine = workbench.workspaceEngine(id);
        if (engine.isEmpty()) {
            return List.of();
        }
        Map<String, List<Program.Output>> outputs = new LinkedHashMap<>();
        try (Workspace workspace = engine.get().open()) {
            for (int round = 1; round <= workbench.options().rounds(); round++) {
                workbench.progress(id + ": round " + round);
                measure("sdk", workspace.id(), engine.get(), workbench, outputs);
                for (Peer peer : peers) {
                    measure(peer.way(), workspace.id(), engine.get(), workbench, outputs);
                }
            }
        }
        return rows(outputs);
    }

    private void measure(
            String way,
            String container,
            WorkspaceEngine engine,
            Workbench workbench,
            Map<String, List<Program.Output>> outputs)
            throws IOException, InterruptedException {
        List<String> command = command(way, container, workbench);
        if (!command.isEmpty()) {
            outputs.computeIfAbsent(way, key -> new ArrayList<>()).add(engine.run(command));
        }
    }

    /** Empty where the contender is not there. */
    private List<String> command(String way, String container, Workbench workbench) {
        List<String> arguments = new ArrayList<>();
        arguments.add(container);
        arguments.add(Integer.toString(workbench.options().workspaceCalls()));
        arguments.addAll(works.keySet());
        if (!way.equals("docker-py")) {
            arguments.add(0, way);
            return workbench.java(TimeCalls.class, arguments.toArray(String[]::new));
        }
        Optional<Path> python = workbench.options().dockerPy();
        if (python.isEmpty()) {
            workbench.progress(id + ": no Python with docker-py");
        }
        return python.map(path -> Workbench.python(path, "container_calls.py", arguments.toArray(String[]::new)))
                .orElse(List.of());
    }

    private List<Row> rows(Map<String, List<Program.Output>> outputs) {
        List<Row> rows = new ArrayList<>();
        works.forEach((call, work) -> {
            for (Peer peer : peers) {
                if (outputs.containsKey(peer.way())) {
                    rows.add(new Comparison(
                            id,
                            work,
                            "Docker",
                            peer.name(),
                            Unit.MILLISECONDS,
                            millis(outputs, "sdk", call),
                            millis(outputs, peer.way(), call),
                            peer.target()));
                }
            }
        });
        return rows;
    }

    private static Samples millis(Map<String, List<Program.Output>> outputs, String way, String call) {
        return Samples.of(outputs.getOrDefault(way, List.of()), output -> output.value(call + "_ms"));
    }
}
