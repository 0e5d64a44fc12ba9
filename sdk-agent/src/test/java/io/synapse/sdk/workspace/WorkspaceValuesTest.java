package io.synapse.sdk.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.synapse.sdk.BadRequestException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Bad arguments are refused where the value is made, before anything is sent. */
class WorkspaceValuesTest {
    @Test
    void commandsThatCannotBeExecutedAreRefused() {
        refused(() -> Command.of(" "), "empty");
        refused(() -> Command.of("a\0b"), "NUL");
        refused(() -> Command.of("x".repeat(Command.MAX_BYTES + 1)), "131072 bytes");
        refused(() -> Command.of("a").timeout(Duration.ofSeconds(-1)), "negative");
        refused(() -> Command.of("a").environment(Map.of("A=B", "c")), "A=B");
        refused(() -> Command.of("a").environment(Map.of("A", "x\0")), "NUL");
        refused(() -> Command.of("a").environment(Map.of("A", "x".repeat(1 << 17))), "longer");
        refused(() -> Command.of("a").outputLimit(-1), "-1");
        refused(() -> Command.of("a").outputFile("../x"), "..");
    }

    @Test
    void aCommandHasItsDefaults() {
        Command command = Command.of("make");

        assertThat(command.timeout()).isNull();
        assertThat(command.environment()).isEmpty();
        assertThat(command.outputLimit()).isEqualTo(100_000);
        assertThat(command.outputFile()).isNull();
        assertThat(command.timeout(Duration.ZERO).timeout()).isZero();
    }

    @Test
    void theSecretsOfACommandAreMasked() {
        assertThat(Command.of("make").environment(Map.of("HF_TOKEN", "hf_secret")))
                .asString()
                .doesNotContain("hf_secret");
    }

    @Test
    void searchesThatCannotBeMadeAreRefused() {
        refused(() -> GrepQuery.of(""), "empty");
        refused(() -> GrepQuery.of("a\nb"), "line end");
        refused(() -> GrepQuery.of("a").maxCount(0), "0");
        refused(() -> GrepQuery.of("a").path("a/../b"), "..");
        assertThat(GrepQuery.of("   ").text()).isEqualTo("   ");
    }

    @Test
    void anEditMustChangeSomething() {
        refused(() -> Edit.replace("a", "a"), "the same");
    }

    @Test
    void aVersionIsAHash() {
        refused(() -> WriteCondition.ifVersion("latest"), "latest");
        assertThat(WriteCondition.ifVersion("0".repeat(64)).version()).isEqualTo("0".repeat(64));
    }

    @Test
    void aFileThatIsNotThereIsNotUploaded() {
        refused(() -> FileUpload.of("x", Path.of("does-not-exist")), "does-not-exist");
    }

    private static void refused(ThrowingCallable call, String because) {
        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(call)
                .withMessageContaining(because)
                .satisfies(refusal -> assertThat(refusal.attempts()).isZero());
    }
}
