package io.synapse.sdk.it.workspace;

import static io.synapse.sdk.it.workspace.WorkspaceTests.assertFails;
import static io.synapse.sdk.it.workspace.WorkspaceTests.output;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.workspace.FileUpload;
import io.synapse.sdk.workspace.FileVersion;
import io.synapse.sdk.workspace.OutsideWorkspaceException;
import io.synapse.sdk.workspace.UploadResult;
import io.synapse.sdk.workspace.Workspace;
import io.synapse.sdk.workspace.WorkspaceAgent;
import io.synapse.sdk.workspace.WorkspaceEvent;
import io.synapse.sdk.workspace.WorkspaceEvent.Kind;
import io.synapse.sdk.workspace.WorkspaceEvents;
import io.synapse.sdk.workspace.WorkspaceException;
import io.synapse.sdk.workspace.WorkspaceException.Reason;
import io.synapse.sdk.workspace.WriteCondition;
import io.synapse.sdk.workspace.WriteConflictException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads, downloads, and events. */
interface WorkspaceTransferContract extends WorkspaceTests {
    @Test
    default void bytesOfAnyLengthArriveAsTheyAre() throws IOException {
        WorkspaceAgent agent = newAgent();

        for (int length : List.of(0, 1, 65_535, 65_536, 65_537, 1 << 20, (1 << 20) + 1, 3_333_333)) {
            byte[] content = new byte[length];
            ThreadLocalRandom.current().nextBytes(content);
            FileVersion written = agent.upload(FileUpload.of("file", content));
            ByteArrayOutputStream copy = new ByteArrayOutputStream();

            assertThat(agent.download("file", copy)).isEqualTo(written);
            assertThat(copy.toByteArray()).as("%s bytes", length).isEqualTo(content);
            assertThat(output(agent, "sha256sum <file")).startsWith(written.version());
        }
    }

    @Test
    default void anUploadThatFailsDoesNotAffectTheOthers() {
        WorkspaceAgent agent = newAgent();
        agent.write("there", "x");
        output(agent, "mkdir folder");
        byte[] content = "content".getBytes(StandardCharsets.UTF_8);

        List<UploadResult> results = agent.upload(List.of(
                FileUpload.of("one", content),
                FileUpload.of("../two", content),
                FileUpload.of("/etc/three", content),
                FileUpload.of("there", content).condition(WriteCondition.ifAbsent()),
                FileUpload.of("folder", content),
                FileUpload.of("unreadable", () -> {
                    throw new IOException("cannot be opened");
                }),
                FileUpload.of("new/last", content)));

        assertThat(results)
                .extracting(UploadResult::path)
                .containsExactly("one", "../two", "/etc/three", "there", "folder", "unreadable", "new/last");
        assertThat(results.get(0).file().orElseThrow().path()).isEqualTo(agent.folder() + "/one");
        assertThat(results.get(1).failure()).containsInstanceOf(BadRequestException.class);
        assertThat(results.get(2).failure()).containsInstanceOf(OutsideWorkspaceException.class);
        assertThat(results.get(3).failure()).containsInstanceOf(WriteConflictException.class);
        assertThat(((WorkspaceException) results.get(4).failure().orElseThrow()).reason())
                .isEqualTo(Reason.IS_DIRECTORY);
        assertThat(results.get(5).failure().orElseThrow()).hasMessageContaining("cannot be opened");
        assertThat(results.get(6).file()).isPresent();
        assertThat(output(agent, "ls -A . new; cat there new/last"))
                .isEqualTo(".:\nfolder\nnew\none\nthere\n\nnew:\nlast\nxcontent");
    }

    /** The old content stays, and nothing is left beside it. */
    @Test
    default void anUploadThatBreaksOffLeavesNothing() {
        WorkspaceAgent agent = newAgent();
        agent.write("file", "old");
        InputStream broken = new InputStream() {
            private int given;

            @Override
            public int read() throws IOException {
                if (given++ >= 3_000_000) {
                    throw new IOException("broken off");
                }
                return 'x';
            }
        };

        WorkspaceException failure =
                catchThrowableOfType(WorkspaceException.class, () -> agent.upload(FileUpload.of("file", () -> broken)));

        assertThat(failure).hasMessageContaining("broken off");
        assertThat(agent.read("file").content()).isEqualTo("old");
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(output(agent, "ls -A")).isEqualTo("file"));
    }

    @Test
    default void aDownloadThatFailsLeavesItsTargetAsItIs(@TempDir Path folder) throws IOException {
        WorkspaceAgent agent = newAgent();
        agent.write("file", "content");
        Path target = Files.writeString(folder.resolve("target"), "old");

        assertFails(Reason.NOT_FOUND, () -> agent.download("missing", target));
        assertFails(Reason.IS_DIRECTORY, () -> agent.download(".", target));
        assertThat(target).hasContent("old");
        assertFails(Reason.OTHER, () -> agent.download("file", folder.resolve("missing/target")));
        agent.download("file", target);
        assertThat(target).hasContent("content");
        assertThat(folder).isDirectoryContaining("glob:**target").isDirectoryNotContaining("glob:**.part");
    }

    /** Whoever waits for the next event gets what other agents did. */
    @Test
    default void eventsTellWhatOthersDid() {
        WorkspaceAgent agent = newAgent();
        String folder = Workspace.SHARED + "/watched-" + agent.name();
        agent.write(folder + "/old", "x");
        try (WorkspaceEvents events = workspace().watch(folder)) {
            assertThat(events.next(Duration.ZERO)).isEmpty();

            agent.write(folder + "/new", "x");
            assertEvent(events, Kind.CREATED, folder + "/new");
            output(agent, "echo more >>" + folder + "/old");
            assertEvent(events, Kind.MODIFIED, folder + "/old");
            agent.write(folder + "/deep/er", "x");
            assertEvent(events, Kind.CREATED, folder + "/deep");
            assertEvent(events, Kind.CREATED, folder + "/deep/er");
            agent.delete(folder + "/new");
            assertEvent(events, Kind.DELETED, folder + "/new");
            assertThat(events.next(Duration.ofMillis(1))).isEmpty();
        }
    }

    static void assertEvent(WorkspaceEvents events, Kind kind, String path) {
        WorkspaceEvent event = events.next(Duration.ofSeconds(10)).orElseThrow();
        assertThat(event.kind() + " " + event.file().path()).isEqualTo(kind + " " + path);
    }

    @Test
    default void aWatchEndsWhenItIsClosed() {
        WorkspaceAgent agent = newAgent();
        agent.write("file", "x");
        WorkspaceEvents events = workspace().watch(agent.folder());
        CompletableFuture<Object> next = CompletableFuture.supplyAsync(() -> events.next(Duration.ofMinutes(1)));

        events.close();

        assertThat(next)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withCauseInstanceOf(io.synapse.sdk.CallCancelledException.class);
        assertFails(Reason.NOT_FOUND, () -> workspace().watch(agent.folder() + "/missing"));
        assertFails(Reason.OUTSIDE_WORKSPACE, () -> workspace().watch("/etc"));
    }
}
