package io.synapse.sdk.it.workspace;

import static io.synapse.sdk.it.workspace.WorkspaceTests.assertFails;
import static io.synapse.sdk.it.workspace.WorkspaceTests.output;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.synapse.sdk.CallCancelledException;
import io.synapse.sdk.docker.DockerWorkspace;
import io.synapse.sdk.it.docker.DockerEngine;
import io.synapse.sdk.it.docker.WithDockerEngine;
import io.synapse.sdk.workspace.CommandResult;
import io.synapse.sdk.workspace.EngineUnavailableException;
import io.synapse.sdk.workspace.Workspace;
import io.synapse.sdk.workspace.WorkspaceAgent;
import io.synapse.sdk.workspace.WorkspaceException;
import io.synapse.sdk.workspace.WorkspaceException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How workspaces begin and end: whose containers are removed, and when. */
@WithDockerEngine
@Timeout(120)
@Tag("one-jdk")
class WorkspaceLifecycleIT {
    private DockerEngine engine;

    @BeforeEach
    void use(DockerEngine shared) {
        engine = shared;
    }

    @Test
    void twoAreOpenedAtOnce() throws Exception {
        CompletableFuture<Workspace> first = CompletableFuture.supplyAsync(this::open);
        try (Workspace two = open()) {
            Workspace one = first.join();
            assertThat(one.id()).isNotEqualTo(two.id());
            one.agent("a").write("file", "one");
            two.agent("a").write("file", "two");

            one.close();

            assertThat(containers()).contains(two.id()).doesNotContain(one.id());
            assertThat(output(two.agent("a"), "cat file")).isEqualTo("two");
        }
    }

    /** The container of a JVM that is killed goes with the next open(), that of one that lives stays. */
    @Test
    void theContainerOfAKilledProcessIsRemovedNext() throws Exception {
        try (WorkspaceProcess killed = WorkspaceProcess.start(engine);
                WorkspaceProcess living = WorkspaceProcess.start(engine)) {
            String abandoned = killed.line();
            String used = living.line();
            killed.kill();
            assertThat(containers()).contains(abandoned, used);

            try (Workspace next = open()) {
                assertThat(containers()).contains(used, next.id()).doesNotContain(abandoned);
            }
            living.kill();
        }
        open().close();
    }

    @Test
    void aContainerThatWasThereBeforeIsLeftAsItIs() throws Exception {
        String id = engine.docker("run", "--detach", "--name", "given", engine.busyboxImage(), "sleep", "1000");
        try {
            try (Workspace workspace = DockerWorkspace.builder()
                    .dockerHost(engine.host())
                    .reuse("given")
                    .open()) {
                assertThat(workspace.id()).isEqualTo(id);
                WorkspaceAgent agent = workspace.agent("agent");
                agent.write("file", "kept");
                agent.start("sleep 6001");
            }

            assertThat(engine.docker("inspect", "--format", "{{.State.Running}}", id))
                    .isEqualTo("true");
            assertThat(engine.docker("top", id)).doesNotContain("sleep 6001");
            try (Workspace again = DockerWorkspace.builder()
                    .dockerHost(engine.host())
                    .reuse(id)
                    .open()) {
                assertThat(again.agents()).containsExactly("agent");
                assertThat(output(again.agent("other"), "cat ../agent/file || id -u"))
                        .endsWith("2002");
                assertThat(again.agent("agent").read("file").content()).isEqualTo("kept");
            }
        } finally {
            engine.docker("rm", "--force", id);
        }
    }

    @Test
    void aContainerThatCannotBeUsedIsNot() throws Exception {
        String stopped = engine.docker("create", engine.busyboxImage(), "sleep", "1000");
        try {
            assertFails(Reason.NOT_FOUND, () -> reuse("no-such-container"));
            assertFails(Reason.WORKSPACE_LOST, () -> reuse(stopped));
            assertThat(containers()).contains(stopped);
        } finally {
            engine.docker("rm", "--force", stopped);
        }
    }

    @Test
    void anImageWithoutAShellIsRefusedAndNothingIsLeft() throws Exception {
        List<String> before = containers();

        WorkspaceException failure = catchThrowableOfType(
                WorkspaceException.class,
                () -> DockerWorkspace.builder()
                        .dockerHost(engine.host())
                        .image(engine.noShellImage())
                        .open());

        assertThat(failure.reason()).isEqualTo(Reason.UNSUPPORTED);
        assertThat(failure).hasMessageContaining("shell").hasMessageContaining("image");
        assertThat(containers()).isEqualTo(before);
    }

    @Test
    void anImageThatCannotBeHadIsNamed() throws Exception {
        List<String> before = containers();

        WorkspaceException failure = catchThrowableOfType(
                WorkspaceException.class,
                () -> DockerWorkspace.builder()
                        .dockerHost(engine.host())
                        .image("127.0.0.1:1/no-such-image:1")
                        .open());

        assertThat(failure.reason()).isEqualTo(Reason.UNSUPPORTED);
        assertThat(failure).hasMessageContaining("no-such-image");
        assertThat(containers()).isEqualTo(before);
        assertThatExceptionOfType(EngineUnavailableException.class)
                .isThrownBy(() -> DockerWorkspace.builder()
                        .dockerHost("unix:///no-such.sock")
                        .open());
    }

    @Test
    void nothingOfAClosedWorkspaceIsLeft() throws Exception {
        open().close(); // what is started once
        Set<Thread> threads = threads();
        long sockets = sockets();
        Workspace workspace = open();
        CompletableFuture<CommandResult> command = workspace.agent("a").async().execute("sleep 6002");
        List<CompletableFuture<?>> writes = Stream.of("a", "b", "c", "d")
                .<CompletableFuture<?>>map(name -> workspace.agent(name).async().write("file", "x".repeat(100_000)))
                .toList();
        writes.forEach(CompletableFuture::join);

        workspace.close();
        workspace.close();

        assertThat(command)
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(CallCancelledException.class);
        assertThat(containers()).doesNotContain(workspace.id());
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> workspace.agent("a"));
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(workspace::agents);
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(threads()).as("threads").isSubsetOf(threads);
            assertThat(sockets()).as("sockets").isLessThanOrEqualTo(sockets);
        });
    }

    /** A command that runs counts as use. */
    @Test
    void anIdleWorkspaceIsClosed() throws Exception {
        try (Workspace workspace = DockerWorkspace.builder()
                .dockerHost(engine.host())
                .image(engine.busyboxImage())
                .idleTimeout(Duration.ofSeconds(1))
                .open()) {
            assertThat(workspace.agent("a").execute("sleep 3; echo used").output())
                    .isEqualTo("used\n");

            await().atMost(Duration.ofSeconds(10)).until(() -> !containers().contains(workspace.id()));
            assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> workspace.agent("a"));
        }
    }

    @Test
    void whatAnAgentIsToBeCalledIsChecked() {
        try (Workspace workspace = open()) {
            for (String name : List.of("", "shared", "..", ".synapse", "a/b", "-x", "a b", "a".repeat(65))) {
                assertThatExceptionOfType(io.synapse.sdk.BadRequestException.class)
                        .as(name)
                        .isThrownBy(() -> workspace.agent(name));
            }
            assertThat(workspace.agent("A.b_c-1")).isSameAs(workspace.agent("A.b_c-1"));
            assertThat(workspace.agents()).containsExactly("A.b_c-1");
        }
    }

    private Workspace open() {
        try {
            return DockerWorkspace.builder()
                    .dockerHost(engine.host())
                    .image(engine.busyboxImage())
                    .open();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void reuse(String container) throws IOException {
        DockerWorkspace.builder()
                .dockerHost(engine.host())
                .reuse(container)
                .open()
                .close();
    }

    private List<String> containers() throws IOException {
        return engine.docker("ps", "--all", "--quiet", "--no-trunc").lines().toList();
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.getName().startsWith("ForkJoinPool"))
                .filter(thread -> !thread.getName().startsWith("awaitility"))
                .collect(Collectors.toSet());
    }

    private static long sockets() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.filter(WorkspaceLifecycleIT::isSocket).count();
        }
    }

    private static boolean isSocket(Path file) {
        try {
            return Files.readSymbolicLink(file).toString().startsWith("socket:");
        } catch (IOException e) {
            return false;
        }
    }
}
