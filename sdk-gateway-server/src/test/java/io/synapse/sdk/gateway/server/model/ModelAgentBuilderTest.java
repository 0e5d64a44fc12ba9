package io.synapse.sdk.gateway.server.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.gateway.WorkflowRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused before anything is sent, and how that is told. */
class ModelAgentBuilderTest {
    private static final String KEY = "sk-4711-secret\n";

    @Test
    void aRoleWithoutAModelIsNamed() {
        refused(() -> ModelAgent.builder().build(), "planner", "SYNAPSE_AGENT_MODEL");
        refused(
                () -> ModelAgent.builder()
                        .openAiKey("k")
                        .model(WorkflowRole.PLANNER, "openai/x")
                        .build(),
                "coder");
        refused(() -> ModelAgent.builder().model(WorkflowRole.EXECUTOR, "openai/x"), "executor");
    }

    @Test
    void aNameThatIsNoneIsRefused() {
        refused(() -> ModelAgent.builder().model("gpt").build(), "provider/model", "'gpt'");
        refused(() -> ModelAgent.builder().model("openai/").build(), "provider/model");
        refused(
                () -> ModelAgent.builder().model("mistral/large").build(),
                "mistral",
                "anthropic, gemini, openai, local");
    }

    @Test
    void aMissingKeyIsToldByItsVariable() {
        refused(() -> ModelAgent.builder().model("anthropic/x").build(), "ANTHROPIC_API_KEY");
        refused(() -> ModelAgent.builder().model("openai/x").build(), "OPENAI_API_KEY");
        refused(
                () -> ModelAgent.builder()
                        .variables(Map.of("SYNAPSE_AGENT_MODEL", "gemini/x", "GEMINI_API_KEY", " "))
                        .build(),
                "GEMINI_API_KEY");
        refused(() -> ModelAgent.builder().openAiKey(" "), "blank");
    }

    @Test
    void valuesOutOfRangeAreRefused() {
        refused(() -> ModelAgent.builder().readTimeout(Duration.ZERO), "read timeout");
        refused(() -> ModelAgent.builder().maxAttempts(0), "attempt");
        refused(() -> ModelAgent.builder().maxRetryAfter(Duration.ofSeconds(-1)), "wait");
        refused(() -> ModelAgent.builder().maxOutputTokens(0), "tokens");
        refused(
                () -> ModelAgent.builder()
                        .openAiKey(KEY)
                        .openAiBaseUrl("ftp://" + KEY.strip() + "@host")
                        .model("openai/x")
                        .build(),
                "base URL");
    }

    @Test
    void aModelOfOneProviderNeedsNoKeyOfTheOthers() {
        try (ModelAgent agent = ModelAgent.builder()
                .variables(Map.of("ANTHROPIC_API_KEY", KEY, "SYNAPSE_AGENT_MODEL", "anthropic/a, anthropic/b"))
                .build()) {
            assertThat(agent).hasToString("ModelAgent[anthropic/a, anthropic/b]");
            assertThat(agent.source()).isEqualTo("model:anthropic/a");
        }
    }

    @Test
    void aFileThatIsNoModelIsRefused(@TempDir Path folder) throws Exception {
        Path text = Files.writeString(folder.resolve("text"), "no model");
        refused(() -> ModelAgent.local(text), "no GGUF file");
        refused(() -> ModelAgent.local(folder.resolve("none")), "cannot be read");
        refused(() -> ModelAgent.builder().model("local/" + text).build(), "no GGUF file", text.toString());
        refused(() -> ModelAgent.builder().model("local/\0").build(), "no path");
    }

    private static void refused(ThrowingCallable call, String... words) {
        assertThatThrownBy(call)
                .isInstanceOf(BadRequestException.class)
                .hasMessageContainingAll(words)
                .hasMessageNotContaining(KEY.strip());
    }
}
