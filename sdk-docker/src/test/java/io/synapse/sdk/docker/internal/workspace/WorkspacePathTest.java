package io.synapse.sdk.docker.internal.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.synapse.sdk.BadRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which paths an agent may name, and what they are in full. */
class WorkspacePathTest {
    @ParameterizedTest
    @CsvSource({
        "a.txt, /workspace/me/a.txt",
        "./a//b/./c/, /workspace/me/a/b/c",
        "., /workspace/me",
        "/workspace/shared//x, /workspace/shared/x",
        "/, /",
        "//, /",
        "foo..bar, /workspace/me/foo..bar",
        "..., /workspace/me/...",
        "-rf, /workspace/me/-rf",
        "a~b, /workspace/me/a~b"
    })
    void aPathIsAbsoluteAndWithoutEmptyParts(String path, String absolute) {
        assertThat(WorkspacePath.absolute(path, "/workspace/me")).isEqualTo(absolute);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "../x", "a/../b", "/workspace/..", "~", "~root/x", "C:\\x", "c:/x", "a\0b"})
    void whatIsNoPathOfAWorkspaceIsRefused(String path) {
        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(() -> WorkspacePath.absolute(path, "/workspace/me"));
    }

    @Test
    void aNameHas255BytesAtTheMost() {
        assertThat(WorkspacePath.absolute("é".repeat(127) + "x", "/w")).hasSize(3 + 128);
        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(() -> WorkspacePath.absolute("é".repeat(128), "/w"))
                .withMessageContaining("255 bytes");
    }
}
