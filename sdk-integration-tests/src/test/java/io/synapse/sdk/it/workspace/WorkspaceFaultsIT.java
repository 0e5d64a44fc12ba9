package io.synapse.sdk.it.workspace;

import static io.synapse.sdk.it.workspace.WorkspaceTests.output;
import static io.synapse.sdk.it.workspace.WorkspaceTests.sleeping;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.synapse.sdk.docker.DockerWorkspace;
import io.synapse.sdk.it.docker.DockerEngine;
import io.synapse.sdk.it.docker.WithDockerEngine;
import io.synapse.sdk.workspace.Command;
import io.synapse.sdk.workspace.CommandResult;
import io.synapse.sdk.workspace.FileUpload;
import io.synapse.sdk.workspace.FileVersion;
import io.synapse.sdk.workspace.Snapshot;
import io.synapse.sdk.workspace.Workspace;
import io.synapse.sdk.workspace.WorkspaceAgent;
import io.synapse.sdk.workspace.WorkspaceException;
import io.synapse.sdk.workspace.WorkspaceException.Reason;
import io.synapse.sdk.workspace.WorkspaceLostException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Engines, containers and processes that end in the middle of an operation. */
@WithDockerEngine // skips where none can be started
@Timeout(180)
@Tag("one-jdk")
class WorkspaceFaultsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static DockerEngine engine;

    @TempDir
    private Path folder;

    private Workspace workspace;
    private WorkspaceAgent agent;

    @BeforeAll
    static void startEngine() throws IOException {
        engine = DockerEngine.start();
    }

    @AfterAll
    static void stopEngine() throws IOException {
        engine.close();
    }

    @BeforeEach
    void open() throws IOException {
        workspace = DockerWorkspace.builder()
                .dockerHost(engine.host())
                .image(engine.busyboxImage())
                .memoryBytes(96L << 20)
                .open();
        agent = workspace.agent("agent");
        agent.write("file", "kept");
    }

    @AfterEach
    void close() {
        workspace.close();
    }

    @Test
    void theEngineIsKilledInTheMiddleOfACommand() throws Exception {
        CompletableFuture<CommandResult> command = agent.async().execute("touch begun; sleep 5001");
        await().atMost(PATIENCE).until(() -> !agent.glob("begun").paths().isEmpty());

        engine.killDaemon();

        assertMayHaveBeenExecuted(command);
        assertThat(failure(() -> agent.read("file")).reason()).isEqualTo(Reason.ENGINE_UNAVAILABLE);
        engine.startDaemon();
        assertThatExceptionOfType(WorkspaceLostException.class)
                .isThrownBy(() -> agent.read("file"))
                .withMessageContaining("reopen()");
        reopenAndUse();
    }

    /** What is there is the old file, whole. */
    @Test
    void theEngineIsKilledInTheMiddleOfAWrite() throws Exception {
        CompletableFuture<Void> resume = new CompletableFuture<>();
        InputStream slow = new InputStream() {
            private int given;

            @Override
            public int read() {
                if (given++ == 5_000_000) {
                    resume.join();
                }
                return given > 6_000_000 ? -1 : 'x';
            }
        };
        CompletableFuture<FileVersion> upload = agent.async().upload(FileUpload.of("file", () -> slow));
        await().atMost(PATIENCE).until(() -> output(agent, "ls -A | wc -l").equals("2"));

        engine.killDaemon();
        resume.complete(null);

        assertMayHaveBeenExecuted(upload);
        engine.startDaemon();
        reopenAndUse();
        assertThat(output(agent, "ls -A")).as("nothing half is left").isEqualTo("file");
    }

    /** What was at its target stays, and nothing half is beside it. */
    @Test
    void theEngineIsKilledInTheMiddleOfASnapshot() throws Exception {
        output(agent, "head -c 300000000 /dev/zero >large");
        Path target = Files.writeString(folder.resolve("snapshot.tar"), "old");
        CompletableFuture<Snapshot> snapshot = CompletableFuture.supplyAsync(() -> workspace.snapshot(target));
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(1)).until(() -> sizeOfFiles() > 1_000_000);

        engine.killDaemon();

        assertThat(snapshot).failsWithin(PATIENCE);
        assertThat(target).hasContent("old");
        assertThat(folder.toFile().list()).containsExactly("snapshot.tar");
        engine.startDaemon();
        reopenAndUse();
    }

    @Test
    void aContainerThatIsKilledIsReopened() throws Exception {
        CompletableFuture<CommandResult> command = agent.async().execute("touch begun; sleep 5002");
        await().atMost(PATIENCE).until(() -> !agent.glob("begun").paths().isEmpty());

        engine.docker("kill", workspace.id());

        assertMayHaveBeenExecuted(command);
        assertThatExceptionOfType(WorkspaceLostException.class)
                .isThrownBy(() -> agent.execute("true"))
                .withMessageContaining("reopen()")
                .satisfies(lost -> assertThat(lost.mayHaveBeenExecuted()).isFalse());
        assertThatExceptionOfType(WorkspaceLostException.class).isThrownBy(() -> agent.write("file", "x"));
        reopenAndUse();
        workspace.reopen(); // it runs: nothing to do
        assertThat(agent.read("file").content()).isEqualTo("kept");
    }

    /** Process ids of the container begin anew: none is taken for one of before. */
    @Test
    void timeLimitsHoldAfterAReopening() throws Exception {
        IntStream.range(0, 20).forEach(each -> agent.execute("true | true"));
        engine.docker("kill", workspace.id());
        workspace.reopen();

        List<CompletableFuture<CommandResult>> commands = IntStream.range(0, 20)
                .mapToObj(each -> agent.async()
                        .execute(
                                "(trap '' TERM; exec sleep 5003) & (trap '' TERM; exec sleep 5003)",
                                Duration.ofSeconds(4)))
                .toList();

        assertThat(commands)
                .allSatisfy(each -> assertThat(each.join().timedOut()).isTrue());
        assertThat(sleeping(workspace.agent("observer"), "5003")).isEmpty();
    }

    @Test
    void aContainerThatIsRemovedIsLost() throws Exception {
        CompletableFuture<CommandResult> command = agent.async().execute("touch begun; sleep 5004");
        await().atMost(PATIENCE).until(() -> !agent.glob("begun").paths().isEmpty());

        engine.docker("rm", "--force", workspace.id());

        assertMayHaveBeenExecuted(command);
        for (WorkspaceException lost : List.of(
                failure(() -> agent.execute("true")),
                failure(() -> agent.read("file")),
                failure(() -> workspace.agent("new")),
                failure(workspace::reopen))) {
            assertThat(lost).isInstanceOf(WorkspaceLostException.class).hasMessageContaining("removed");
        }
    }

    /** The engine tells of it by an event only: an exit code of 137 has other reasons too. */
    @Test
    void aCommandThatUsesUpTheMemoryIsToldSo() {
        CommandResult result = agent.execute("head -c 300000000 /dev/zero | tail >/dev/null");

        assertThat(result.outOfMemory()).as(result.toString()).isTrue();
        assertThat(result.exitCode()).hasValue(137);
        assertThat(agent.execute("kill -KILL $$").outOfMemory()).isFalse();
        assertThat(agent.read("file").content()).isEqualTo("kept");
        assertThat(agent.execute(Command.of("echo fine")).output()).isEqualTo("fine\n");
    }

    /** It cannot remove what it made, says so, and names it. */
    @Test
    void aCloseThatCannotRemoveTheContainerSaysSo() throws Exception {
        engine.killDaemon();
        WorkspaceException failure = failure(workspace::close);
        engine.startDaemon();

        assertThat(failure).hasMessageContaining(workspace.id());
        engine.docker("rm", "--force", workspace.id());
    }

    private void reopenAndUse() {
        workspace.reopen();
        assertThat(agent.read("file").content()).isEqualTo("kept");
        assertThat(output(agent, "cat file")).isEqualTo("kept");
        assertThat(agent.write("new", "x").size()).isEqualTo(1);
        agent.delete("new");
    }

    private static void assertMayHaveBeenExecuted(CompletableFuture<?> operation) {
        try {
            operation.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            throw new AssertionError("it did not fail");
        } catch (ExecutionException e) {
            assertThat(e.getCause()).isInstanceOfSatisfying(WorkspaceException.class, failure -> {
                assertThat(failure.reason()).isIn(Reason.ENGINE_UNAVAILABLE, Reason.WORKSPACE_LOST);
                assertThat(failure.mayHaveBeenExecuted()).isTrue();
            });
        } catch (InterruptedException | java.util.concurrent.TimeoutException e) {
            throw new AssertionError("it does not end", e);
        }
    }

    private static WorkspaceException failure(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        WorkspaceException failure = catchThrowableOfType(WorkspaceException.class, call);
        assertThat(failure).as("a failure").isNotNull();
        return failure;
    }

    private long sizeOfFiles() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }
}
