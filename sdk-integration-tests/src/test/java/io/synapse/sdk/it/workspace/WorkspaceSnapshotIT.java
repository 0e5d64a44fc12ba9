package io.synapse.sdk.it.workspace;

import static io.synapse.sdk.it.workspace.WorkspaceTests.assertFails;
import static io.synapse.sdk.it.workspace.WorkspaceTests.output;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.docker.DockerWorkspace;
import io.synapse.sdk.it.docker.DockerEngine;
import io.synapse.sdk.it.docker.WithDockerEngine;
import io.synapse.sdk.workspace.RunningCommand;
import io.synapse.sdk.workspace.Snapshot;
import io.synapse.sdk.workspace.Workspace;
import io.synapse.sdk.workspace.WorkspaceAgent;
import io.synapse.sdk.workspace.WorkspaceException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Snapshots, and what is there after one was restored. */
@WithDockerEngine
@Timeout(60)
@Tag("one-jdk")
class WorkspaceSnapshotIT {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void filesComeBackWithTheirOwnersAndRights(boolean isDebian, DockerEngine engine) throws IOException {
        Path file = folder.resolve("snapshot.tar");
        String state =
                "cd /workspace; find . -name .synapse -prune -o ! -type l -exec stat -c '%a %u %g %s %n' {} + 2>/dev/null"
                        + " | grep -v '^750' | sort; find . -type l -exec readlink {} +; true";
        try (Workspace one = open(engine, isDebian);
                Workspace two = open(engine, isDebian)) {
            WorkspaceAgent agent = one.agent("agent");
            WorkspaceAgent other = one.agent("other");
            output(agent, "mkdir -p 'a\nb/.hidden'; echo x >'a\nb/-rf'; chmod 751 'a\nb/-rf'; ln -s ../shared link");
            other.write(Workspace.SHARED + "/common", "common");
            String before = output(agent, state);

            Snapshot snapshot = one.snapshot(file);
            assertThat(snapshot).isEqualTo(new Snapshot(file, Files.size(file)));
            output(agent, "rm -rf * .[!.]*; echo new >new; rm " + Workspace.SHARED + "/common");
            one.restore(file);
            assertThat(output(agent, state)).isEqualTo(before);
            assertThat(agent.read("a\nb/-rf").content()).isEqualTo("x");

            two.agent("older").write("file", "replaced");
            two.restore(file);
            assertThat(two.agents()).containsExactly("agent", "older", "other");
            assertThat(output(two.agent("agent"), state)).isEqualTo(before);
            assertThat(two.agent("other").read(Workspace.SHARED + "/common").content())
                    .isEqualTo("common");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsNoSnapshotChangesNothing(boolean isDebian, DockerEngine engine) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "no archive".repeat(200_000));
        try (Workspace workspace = open(engine, isDebian)) {
            WorkspaceAgent agent = workspace.agent("agent");
            agent.write("file", "x");

            assertFails(Reason.OTHER, () -> workspace.restore(file));
            assertFails(Reason.OTHER, () -> workspace.restore(Files.createFile(folder.resolve("empty"))));
            assertThatExceptionOfType(BadRequestException.class)
                    .isThrownBy(() -> workspace.restore(folder.resolve("missing")));

            assertThat(agent.read("file").content()).isEqualTo("x");
            assertThat(workspace.snapshot(folder.resolve("next")).size())
                    .as("nothing of it is left in the workspace")
                    .isLessThan(100_000);
        }
    }

    /** A file that grows, and files that come and go. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void commandsMayWriteDuringASnapshot(boolean isDebian, DockerEngine engine) throws IOException {
        try (Workspace workspace = open(engine, isDebian)) {
            WorkspaceAgent agent = workspace.agent("agent");
            output(agent, "head -c 50000000 /dev/zero >large");
            try (RunningCommand writer = agent.start("while :; do echo more >>large; echo x >come; rm come; done")) {
                for (int each = 0; each < 3; each++) {
                    assertThat(workspace.snapshot(folder.resolve("snapshot")).size())
                            .isGreaterThan(50_000_000);
                }
                assertThat(writer.isRunning()).isTrue();
            }
        }
    }

    /** An agent that the snapshot does not know has no right to the files of one that is made after it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void agentsAreKeptApartAfterARestore(boolean isDebian, DockerEngine engine) throws IOException {
        Path file = folder.resolve("snapshot");
        try (Workspace workspace = open(engine, isDebian)) {
            workspace.snapshot(file);
            WorkspaceAgent late = workspace.agent("late");
            late.write("file", "x");
            workspace.restore(file);

            WorkspaceAgent next = workspace.agent("next");
            next.write("secret", "x");

            assertThat(late.execute("cat /workspace/next/secret").succeeded()).isFalse();
            assertFails(Reason.PERMISSION_DENIED, () -> late.read("/workspace/next/secret"));
            assertThat(workspace.agent("late").write("file", "again").size()).isEqualTo(5);
        }
    }

    private static Workspace open(DockerEngine engine, boolean isDebian) throws IOException {
        return DockerWorkspace.builder()
                .dockerHost(engine.host())
                .image(isDebian ? engine.baseImage() : engine.busyboxImage())
                .open();
    }
}
