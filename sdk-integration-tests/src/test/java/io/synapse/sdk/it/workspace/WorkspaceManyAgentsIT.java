package io.synapse.sdk.it.workspace;

import static io.synapse.sdk.it.workspace.WorkspaceTests.output;
import static org.assertj.core.api.Assertions.assertThat;

import io.synapse.sdk.docker.DockerWorkspace;
import io.synapse.sdk.it.docker.DockerEngine;
import io.synapse.sdk.it.docker.WithDockerEngine;
import io.synapse.sdk.workspace.Edit;
import io.synapse.sdk.workspace.FileContent;
import io.synapse.sdk.workspace.Workspace;
import io.synapse.sdk.workspace.WorkspaceAgent;
import io.synapse.sdk.workspace.WriteCondition;
import io.synapse.sdk.workspace.WriteConflictException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** No write of an agent disappears without a word. */
@WithDockerEngine
@Timeout(180)
@Tag("one-jdk")
class WorkspaceManyAgentsIT {
    private static final int AGENTS = 50;
    private static final int EDITS = 20;

    /** So many at once: each conflict costs another round. */
    private static final int AT_ONCE = 4;

    private static final String COUNTER = Workspace.SHARED + "/counter";

    private final AtomicInteger conflicts = new AtomicInteger();

    @Test
    void everyEditOfACounterCountsOrIsAConflict(DockerEngine engine) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try (Workspace workspace = DockerWorkspace.builder()
                .dockerHost(engine.host())
                .image(engine.busyboxImage())
                .open()) {
            List<WorkspaceAgent> agents = IntStream.range(0, AGENTS)
                    .mapToObj(each -> workspace.agent("agent-" + each))
                    .toList();
            agents.get(0).write(COUNTER, "count 0.");

            List<CompletableFuture<Integer>> attempts = agents.stream()
                    .map(agent -> CompletableFuture.supplyAsync(() -> count(agent), threads))
                    .toList();
            int all = attempts.stream().mapToInt(CompletableFuture::join).sum();

            assertThat(output(agents.get(1), "cat " + COUNTER)).isEqualTo("count " + AGENTS * EDITS + ".");
            assertThat(conflicts.get()).as("of %s attempts", all).isEqualTo(all - AGENTS * EDITS);
            assertThat(output(agents.get(1), "ls -A " + Workspace.SHARED)).isEqualTo("counter");
        } finally {
            threads.shutdown();
        }
    }

    /** How many attempts it took to add 1 for so many times. */
    private int count(WorkspaceAgent agent) {
        int attempts = 0;
        for (int done = 0; done < EDITS; attempts++) {
            FileContent seen = agent.read(COUNTER);
            int value = Integer.parseInt(seen.content().replaceAll("[^0-9]", ""));
            try {
                agent.edit(
                        COUNTER,
                        Edit.replace("count " + value + ".", "count " + (value + 1) + "."),
                        WriteCondition.ifVersion(seen.version()));
                done++;
            } catch (WriteConflictException e) {
                conflicts.incrementAndGet();
            }
        }
        return attempts;
    }
}
