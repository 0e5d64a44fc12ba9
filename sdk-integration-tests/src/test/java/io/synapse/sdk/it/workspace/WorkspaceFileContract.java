package io.synapse.sdk.it.workspace;

import static io.synapse.sdk.it.workspace.WorkspaceTests.assertFails;
import static io.synapse.sdk.it.workspace.WorkspaceTests.output;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.workspace.Edit;
import io.synapse.sdk.workspace.EditResult;
import io.synapse.sdk.workspace.FileVersion;
import io.synapse.sdk.workspace.RunningCommand;
import io.synapse.sdk.workspace.Workspace;
import io.synapse.sdk.workspace.WorkspaceAgent;
import io.synapse.sdk.workspace.WorkspaceException.Reason;
import io.synapse.sdk.workspace.WriteCondition;
import io.synapse.sdk.workspace.WriteConflictException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Writes, their conditions, and deletes. */
interface WorkspaceFileContract extends WorkspaceTests {
    /** A version as it is defined. */
    static String version(String content) {
        try {
            byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    default void aWriteMakesItsFoldersAndGivesTheVersion() {
        WorkspaceAgent agent = newAgent();

        FileVersion written = agent.write("a/b/c.txt", "größe\n");

        assertThat(written).isEqualTo(new FileVersion(agent.folder() + "/a/b/c.txt", version("größe\n"), 8));
        assertThat(agent.read("a/b/c.txt").version()).isEqualTo(written.version());
        assertThat(output(agent, "cat a/b/c.txt | wc -c")).isEqualTo("8");
    }

    @Test
    default void contentIsKeptAsItIs() {
        WorkspaceAgent agent = newAgent();
        String content = "'$(x)' \\n \\0101 %s \u0001\t\r\n\n\"`\u0000é🎉".repeat(20_000);

        assertThat(agent.write("file", content).version()).isEqualTo(version(content));
        assertThat(output(agent, "sha256sum <file")).startsWith(version(content));
        assertThat(agent.write("empty", "").size()).isZero();
        assertThat(output(agent, "wc -c <empty")).isEqualTo("0");
    }

    @Test
    default void theModeOfAFileIsKept() {
        WorkspaceAgent agent = newAgent();
        output(agent, "touch run secret; chmod 751 run; chmod 600 secret");

        agent.write("run", "#!/bin/sh\necho ran\n");
        agent.write("secret", "a");
        agent.edit("run", Edit.replace("ran", "ran twice"));
        agent.write("plain", "");

        assertThat(output(agent, "stat -c %a run secret plain; ./run")).isEqualTo("751\n600\n664\nran twice");
    }

    @Test
    default void aFolderOrAPipeIsNoFile() {
        WorkspaceAgent agent = newAgent();
        output(agent, "mkdir folder; mkfifo pipe; echo >file");

        assertFails(Reason.IS_DIRECTORY, () -> agent.read("folder"));
        assertFails(Reason.IS_DIRECTORY, () -> agent.write("folder", "x"));
        assertFails(Reason.IS_DIRECTORY, () -> agent.write("folder", "x", WriteCondition.ifVersion(version(""))));
        assertFails(Reason.IS_DIRECTORY, () -> agent.edit("folder", Edit.replace("x", "y")));
        assertFails(Reason.NOT_A_FILE, () -> agent.read("pipe"));
        assertFails(Reason.NOT_A_FILE, () -> agent.edit("pipe", Edit.replace("x", "y")));
        assertFails(Reason.NOT_A_DIRECTORY, () -> agent.write("file/below", "x"));
        assertFails(Reason.NOT_A_DIRECTORY, () -> agent.read("file/below"));
        assertFails(Reason.NOT_FOUND, () -> agent.read("missing/below"));
        assertFails(Reason.NOT_FOUND, () -> agent.edit("missing", Edit.replace("x", "y")));
        assertThat(output(agent, "ls -A")).isEqualTo("file\nfolder\npipe");
    }

    @Test
    default void ifAbsentLeavesWhatIsThere() {
        WorkspaceAgent agent = newAgent();
        agent.write("file", "first", WriteCondition.ifAbsent());

        WriteConflictException conflict = catchThrowableOfType(
                WriteConflictException.class, () -> agent.write("file", "second", WriteCondition.ifAbsent()));

        assertThat(conflict).hasMessageContaining("exists");
        assertThat(conflict.currentVersion()).contains(version("first"));
        assertThat(conflict.mayHaveBeenExecuted()).isFalse();
        assertThat(agent.read("file").content()).isEqualTo("first");
        assertThat(output(agent, "ls -A")).isEqualTo("file");
    }

    @Test
    default void ifVersionIsAConflictWhenAnotherWasFaster() {
        WorkspaceAgent agent = newAgent();
        WorkspaceAgent other = newAgent();
        String path = Workspace.SHARED + "/conflict-" + agent.name();
        WriteCondition seen = WriteCondition.ifVersion(agent.write(path, "one").version());
        other.write(path, "two");

        for (WriteConflictException conflict : List.of(
                catchThrowableOfType(WriteConflictException.class, () -> agent.write(path, "mine", seen)),
                catchThrowableOfType(
                        WriteConflictException.class, () -> agent.edit(path, Edit.replace("two", "mine"), seen)),
                catchThrowableOfType(WriteConflictException.class, () -> agent.delete(path, seen)))) {
            assertThat(conflict.currentVersion()).contains(version("two"));
        }
        assertThat(agent.read(path).content()).isEqualTo("two");

        WriteCondition current = WriteCondition.ifVersion(version("two"));
        assertThat(agent.edit(path, Edit.replace("two", "three"), current).version())
                .isEqualTo(version("three"));
        agent.delete(path, WriteCondition.ifVersion(version("three")));
        WriteConflictException gone =
                catchThrowableOfType(WriteConflictException.class, () -> agent.write(path, "mine", current));
        assertThat(gone.currentVersion()).isEmpty();
        assertFails(Reason.NOT_FOUND, () -> agent.read(path));
    }

    /** A version is checked of what a command wrote, too. */
    @Test
    default void aCommandIsAWriterLikeOthers() {
        WorkspaceAgent agent = newAgent();
        String version = agent.write("file", "one").version();
        output(agent, "printf two >file");

        assertThatExceptionOfType(WriteConflictException.class)
                .isThrownBy(() -> agent.write("file", "three", WriteCondition.ifVersion(version)))
                .satisfies(conflict -> assertThat(conflict.currentVersion()).contains(version("two")));
    }

    /** It would otherwise be a delete without a condition. */
    @Test
    default void aDeleteIfAbsentIsRefused() {
        WorkspaceAgent agent = newAgent();
        agent.write("file", "x");

        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(() -> agent.delete("file", WriteCondition.ifAbsent()));
        assertThat(agent.read("file").content()).isEqualTo("x");
    }

    @Test
    default void oneOfManyIsTheFirst() {
        WorkspaceAgent one = newAgent();
        WorkspaceAgent two = newAgent();
        String path = Workspace.SHARED + "/first-" + one.name();
        AtomicInteger conflicts = new AtomicInteger();

        List<CompletableFuture<FileVersion>> writes = IntStream.range(0, 20)
                .mapToObj(each ->
                        (each % 2 == 0 ? one : two).async().write(path, "writer " + each, WriteCondition.ifAbsent()))
                .toList();
        List<String> versions = writes.stream()
                .map(each -> each.handle((done, failure) -> {
                            if (failure instanceof WriteConflictException) {
                                conflicts.incrementAndGet();
                            }
                            return done == null ? "" : done.version();
                        })
                        .join())
                .filter(version -> !version.isEmpty())
                .toList();

        assertThat(versions).containsExactly(one.read(path).version());
        assertThat(conflicts).hasValue(19);
    }

    /** Each agent changes lines of its own, without a condition. */
    @Test
    default void editsOfDifferentPlacesAllTakeEffect() {
        List<WorkspaceAgent> agents = List.of(newAgent(), newAgent(), newAgent());
        String path = Workspace.SHARED + "/places-" + agents.get(0).name();
        StringBuilder text = new StringBuilder();
        IntStream.range(0, 30).forEach(line -> text.append("line ").append(line).append(" open\n"));
        agents.get(0).write(path, text.toString());

        List<CompletableFuture<EditResult>> edits = IntStream.range(0, 30)
                .mapToObj(line -> agents.get(line % 3)
                        .async()
                        .edit(path, Edit.replace("line " + line + " open\n", "line " + line + " done\n")))
                .toList();
        edits.forEach(CompletableFuture::join);

        assertThat(output(agents.get(1), "grep -c done " + path + "; grep -c open " + path + "; true"))
                .isEqualTo("30\n0");
    }

    /** Readers of this JVM, and a command. */
    @Test
    default void aReaderDuringWritesSeesOldOrNew() {
        WorkspaceAgent writer = newAgent();
        WorkspaceAgent reader = newAgent();
        String path = Workspace.SHARED + "/whole-" + writer.name();
        List<String> contents = List.of("a".repeat(300_000), "b".repeat(500_000));
        List<String> versions =
                contents.stream().map(WorkspaceFileContract::version).toList();
        writer.write(path, contents.get(0));
        try (RunningCommand observer =
                reader.start("while [ ! -e stop ]; do sha256sum <" + path + "; done | sort -u")) {
            CompletableFuture<Void> writes = CompletableFuture.runAsync(() ->
                    IntStream.range(0, 60).forEach(each -> writer.write(path, contents.get(each % 2))));
            while (!writes.isDone()) {
                assertThat(versions).contains(reader.read(path).version());
            }
            writes.join();
            reader.write("stop", "");

            assertThat(observer.await(java.time.Duration.ofSeconds(20)).output().lines())
                    .allSatisfy(line -> assertThat(versions).contains(line.substring(0, 64)))
                    .hasSizeBetween(1, 2);
        }
    }

    @Test
    default void aFolderIsDeletedWithAllItHolds() {
        WorkspaceAgent agent = newAgent();
        output(agent, "mkdir -p d/e/f; touch d/.hidden d/e/f/x; ln -s /etc d/link; ln -s nowhere broken; mkdir kept");

        agent.delete("d");
        agent.delete("broken");

        assertThat(output(agent, "ls -A")).isEqualTo("kept");
        assertFails(Reason.NOT_FOUND, () -> agent.delete("d"));
        assertFails(Reason.NOT_FOUND, () -> agent.delete("missing/x"));
        assertFails(Reason.PERMISSION_DENIED, () -> agent.delete("."));
        assertFails(Reason.PERMISSION_DENIED, () -> agent.delete(Workspace.SHARED));
    }

    @Test
    default void aDeleteThatLeavesSomethingIsAFailure() {
        WorkspaceAgent agent = newAgent();
        WorkspaceAgent other = newAgent();
        String folder = Workspace.SHARED + "/mixed-" + agent.name();
        agent.write(folder + "/mine", "x");
        output(other, "umask 077; mkdir " + folder + "/others; touch " + folder + "/others/file");

        assertFails(Reason.PERMISSION_DENIED, () -> agent.delete(folder));
        assertThat(output(other, "ls " + folder + "/others")).isEqualTo("file");
    }

    @Test
    default void whatAnAgentSharesAllMayChange() {
        WorkspaceAgent agent = newAgent();
        WorkspaceAgent other = newAgent();
        String folder = Workspace.SHARED + "/common-" + agent.name();
        agent.write(folder + "/deep/file", "one");
        output(agent, "mkdir " + folder + "/made; echo one >" + folder + "/made/file");

        other.edit(folder + "/deep/file", Edit.replace("one", "two"));
        other.edit(folder + "/made/file", Edit.replace("one", "two"));
        output(other, "echo three >>" + folder + "/deep/file; rm " + folder + "/made/file");
        agent.edit(folder + "/deep/file", Edit.replace("two", "four"));

        assertThat(output(agent, "cat " + folder + "/deep/file")).isEqualTo("fourthree");
        other.delete(folder);
    }
}
