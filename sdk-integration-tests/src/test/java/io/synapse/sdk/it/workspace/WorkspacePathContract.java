package io.synapse.sdk.it.workspace;

import static io.synapse.sdk.it.workspace.WorkspaceTests.assertFails;
import static io.synapse.sdk.it.workspace.WorkspaceTests.output;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.workspace.Edit;
import io.synapse.sdk.workspace.FileInfo;
import io.synapse.sdk.workspace.FileInfo.Kind;
import io.synapse.sdk.workspace.FileUpload;
import io.synapse.sdk.workspace.GrepQuery;
import io.synapse.sdk.workspace.GrepResult;
import io.synapse.sdk.workspace.Workspace;
import io.synapse.sdk.workspace.WorkspaceAgent;
import io.synapse.sdk.workspace.WorkspaceException.Reason;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths are data, whatever is in them, and none leads where the agent has nothing to do. */
interface WorkspacePathContract extends WorkspaceTests {
    /** Every operation with a path, by its name. */
    static Map<String, ThrowingCallable> operations(WorkspaceAgent agent, String path) {
        return Map.of(
                "read", () -> agent.read(path),
                "write", () -> agent.write(path, "x"),
                "edit", () -> agent.edit(path, Edit.replace("x", "y")),
                "delete", () -> agent.delete(path),
                "ls", () -> agent.ls(path),
                "glob", () -> agent.glob("*", path),
                "grep", () -> agent.grep(GrepQuery.of("x").path(path)),
                "upload", () -> agent.upload(FileUpload.of(path, new byte[] {1})),
                "download", () -> agent.download(path, OutputStream.nullOutputStream()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "..",
                "../x",
                "a/../b",
                "a/..",
                "/workspace/../etc/passwd",
                "/workspace/..",
                "~",
                "~/x",
                "C:/x",
                "a\0b"
            })
    default void aPathThatIsNoneIsRefused(String path) {
        WorkspaceAgent agent = newAgent();

        operations(agent, path)
                .forEach((name, operation) -> assertThatExceptionOfType(BadRequestException.class)
                        .as(name)
                        .isThrownBy(operation));
    }

    @Test
    default void aNameOf256BytesIsRefused() {
        WorkspaceAgent agent = newAgent();

        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(() -> agent.write("ä".repeat(128), "x"))
                .withMessageContaining("255");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/etc/passwd", "/etc", "/tmp/x", "/workspaces/x", "/workspace2", "/proc/self/environ"})
    default void aPathOutsideIsRefused(String path) {
        WorkspaceAgent agent = newAgent();

        operations(agent, path).forEach((name, operation) -> assertFails(Reason.OUTSIDE_WORKSPACE, operation));
    }

    /** Absolute and relative targets, chains, and links to what does not exist. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ln -s /tmp out",
                "ln -s /tmp one; ln -s one two; ln -s ./two/. out",
                "ln -s ../../tmp out",
                "mkdir -p a/b; ln -s ../../../../tmp a/b/c; ln -s a/b/c out",
                "ln -s /workspace/../tmp out",
                "ln -s /proc/self/root/tmp out"
            })
    default void aLinkOutOfTheWorkspaceIsNotFollowed(String links) {
        WorkspaceAgent agent = newAgent();
        String file = "file-of-" + agent.name();
        agent.execute(links + "; echo x >/tmp/" + file + "; ln -s out/" + file + " direct; ln -s out/new-" + file
                + " broken");

        for (String path : List.of("out/" + file, "direct", "broken", "out/new-" + file)) {
            operations(agent, path).forEach((name, operation) -> {
                if (!name.equals("delete") || path.startsWith("out/")) { // a link itself may go
                    assertFails(Reason.OUTSIDE_WORKSPACE, operation);
                }
            });
        }
        assertThat(agent.glob("**/" + file).paths()).isEmpty();
        assertThat(output(agent, "cat /tmp/" + file + "; ls -A /tmp | grep -c " + file + "; rm /tmp/" + file))
                .isEqualTo("x\n1");
    }

    @Test
    default void linksWithinAreFollowed() {
        WorkspaceAgent agent = newAgent();
        agent.execute("mkdir folder; echo old >folder/file; ln -s folder to-folder; ln -s to-folder/file link");

        assertThat(agent.write("link", "new").path()).isEqualTo(agent.folder() + "/folder/file");
        assertThat(agent.read("to-folder/file").content()).isEqualTo("new");
        assertThat(agent.ls("to-folder")).extracting(FileInfo::path).containsExactly(agent.folder() + "/folder/file");
        agent.delete("link");

        assertThat(agent.ls(".")).extracting(FileInfo::name).containsExactly("folder", "to-folder");
        assertThat(agent.read("folder/file").content()).isEqualTo("new");
    }

    @Test
    default void linksInACircleAreAFailure() {
        WorkspaceAgent agent = newAgent();
        agent.execute("ln -s two one; ln -s one two; ln -s self/x self");

        for (String path : List.of("one", "self", "one/file")) {
            operations(agent, path).forEach((name, operation) -> {
                if (!name.equals("delete")) {
                    assertThatExceptionOfType(io.synapse.sdk.ClientException.class)
                            .as(name + " " + path)
                            .isThrownBy(operation);
                }
            });
        }
        agent.delete("one");
        agent.delete("self");
        assertThat(agent.ls(".")).extracting(FileInfo::name).containsExactly("two");
    }

    static Stream<String> oddNames() {
        return Stream.of(
                "two\nlines",
                "\nfirst",
                "last\n\n",
                "-rf",
                "--help",
                "- ",
                "it's \"quoted\"",
                "$(touch made) `touch made`; touch made",
                "*",
                "[a-z]?",
                "back\\slash\\n\\0101",
                "per%cent%s",
                "a:1:b",
                "tab\tand\rreturn",
                "\u0001\u007f\u001b[31m",
                "größe-文件-🎉",
                "e\u0301",
                "foo..bar",
                "...",
                " ",
                "#x",
                "a".repeat(255),
                "ä".repeat(127));
    }

    @ParameterizedTest
    @MethodSource("oddNames")
    default void aNameMayHaveAnyCharacters(String name) {
        WorkspaceAgent agent = newAgent();
        String path = "in " + name.substring(0, Math.min(20, name.length())) + "/" + name;
        String absolute = agent.folder() + "/" + path;

        assertThat(agent.write(path, "a needle").path()).isEqualTo(absolute);
        assertThat(agent.read(path).content()).isEqualTo("a needle");
        agent.edit(path, Edit.replace("a needle", "the needle"));
        assertThat(agent.ls(absolute.substring(0, absolute.length() - name.length() - 1)))
                .singleElement()
                .satisfies(file -> {
                    assertThat(file.path()).isEqualTo(absolute);
                    assertThat(file.size()).isEqualTo(10);
                });
        assertThat(agent.glob(name.startsWith(".") ? ".*" : "*").paths()).containsExactly(absolute);
        assertThat(agent.grep("needle").matches()).containsExactly(new GrepResult.Match(absolute, 1, "the needle"));
        assertThat(output(agent, "find . ! -name . -exec printf x ';'"))
                .as("a folder and a file")
                .isEqualTo("xx");
        agent.delete(path);

        assertThat(agent.glob("**").paths()).isEmpty();
    }

    /** Bytes that are not UTF-8, of a code point that is a surrogate too: one byte is one character of a path. */
    @ParameterizedTest
    @ValueSource(strings = {"bad\\377name", "\\200", "cut\\303", "\\355\\263\\277", "\\360\\237\\216 x"})
    default void aNameThatIsNoTextCanBeUsedAsItIsListed(String bytes) {
        WorkspaceAgent agent = newAgent();
        agent.execute("mkdir odd; printf needle >\"odd/$(printf '" + bytes + "')\"");

        FileInfo file = agent.ls("odd").get(0);
        assertThat(file.kind()).isEqualTo(Kind.FILE);
        assertThat(agent.glob("**").paths()).containsExactly(file.path());
        assertThat(agent.grep("needle").matches()).containsExactly(new GrepResult.Match(file.path(), 1, "needle"));
        assertThat(agent.read(file.path()).content()).isEqualTo("needle");
        assertThat(agent.write(file.path(), "other").path()).isEqualTo(file.path());
        assertThat(output(agent, "ls odd | wc -l; cat odd/*")).isEqualTo("1\nother");
        agent.delete(file.path());

        assertThat(agent.ls("odd")).isEmpty();
    }

    @Test
    default void aDeepPathIsUsable() {
        WorkspaceAgent agent = newAgent();
        String path = ("d".repeat(250) + "/").repeat(14) + "file";

        agent.write(path, "deep");

        assertThat(agent.read(path).content()).isEqualTo("deep");
        agent.delete("d".repeat(250));
        assertThat(agent.ls(".")).isEmpty();
    }

    /** By its path, and by a link, which the shared folder may have too. */
    @Test
    default void whatIsAnothersIsDenied() {
        WorkspaceAgent owner = newAgent();
        WorkspaceAgent other = newAgent();
        owner.write("secret/file", "x");
        String shared = Workspace.SHARED + "/link-of-" + other.name();
        output(other, "ln -s " + owner.folder() + "/secret link; ln -s " + owner.folder() + "/secret " + shared);

        for (String path : List.of(owner.folder() + "/secret/file", "link/file", shared + "/file")) {
            operations(other, path)
                    .forEach((name, operation) -> assertThatExceptionOfType(
                                    io.synapse.sdk.workspace.PathDeniedException.class)
                            .as(name + " " + path)
                            .isThrownBy(operation));
        }
        assertThat(other.execute("cat " + owner.folder() + "/secret/file").succeeded())
                .isFalse();
        assertThat(owner.read("secret/file").content()).isEqualTo("x");
        other.delete(shared);
    }
}
