package io.synapse.sdk.gateway.grpc.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.synapse.sdk.Models;
import io.synapse.sdk.gateway.AgentHealth;
import io.synapse.sdk.gateway.Analysis;
import io.synapse.sdk.gateway.CodeReview;
import io.synapse.sdk.gateway.Plan;
import io.synapse.sdk.gateway.ProcessResult;
import io.synapse.sdk.gateway.TestCounts;
import io.synapse.sdk.gateway.TestResult;
import io.synapse.sdk.gateway.grpc.internal.proto.AiAgent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A message gives the model that the same fields give when they come as JSON. */
final class MessageReaderTest {
    @Test
    void messagesInMessagesAndTheirOtherFieldsAreRead() {
        AiAgent.PlanResponse message = AiAgent.PlanResponse.newBuilder()
                .setTask("sort")
                .addSteps(AiAgent.PlanResponse.PlanStep.newBuilder()
                        .setOrder(1)
                        .setPhase("design")
                        .putParams("depth", "2"))
                .addSteps(AiAgent.PlanResponse.PlanStep.newBuilder().setOrder(2).setAgent("codex"))
                .setTotalSteps(2)
                .addEstimatedAgents("claude")
                .setCreatedAt("2026-02-05T10:11:12.5")
                .setSource("rules")
                .build();
        Map<String, Object> first = step(1, "design", "");
        first.put("params", Map.of("depth", "2"));
        assertSame(
                message,
                Plan.class,
                Map.of(
                        "task",
                        "sort",
                        "steps",
                        List.of(first, step(2, "", "codex")),
                        "total_steps",
                        2,
                        "estimated_agents",
                        List.of("claude"),
                        "created_at",
                        "2026-02-05T10:11:12.5",
                        "source",
                        "rules"));
    }

    private static Map<String, Object> step(int order, String phase, String agent) {
        return new LinkedHashMap<>(
                Map.of("order", order, "phase", phase, "action", "", "agent", agent, "description", ""));
    }

    @Test
    void defaultValuesAreThereAndAnEmptyTimeIsNone() {
        assertSame(
                AiAgent.AnalyzeResponse.getDefaultInstance(),
                Analysis.class,
                Map.of(
                        "analysis_type",
                        "",
                        "content_length",
                        0L,
                        "token_estimate",
                        0L,
                        "findings",
                        List.of(),
                        "summary",
                        "",
                        "analyzed_at",
                        ""));
    }

    @Test
    void aMessageThatIsNotSetIsAbsent() {
        TestResult result = read(AiAgent.TestResponse.getDefaultInstance(), TestResult.class);
        assertThat(result.testResults()).isNull();
        assertThat(read(
                                AiAgent.TestResponse.newBuilder()
                                        .setTestResults(AiAgent.TestResponse.TestResults.newBuilder()
                                                .setPassed(3))
                                        .build(),
                                TestResult.class)
                        .testResults())
                .isEqualTo(Models.of(
                        TestCounts.class, Map.of("passed", 3, "failed", 0, "skipped", 0, "coverage_percent", 0.0)));
    }

    @Test
    void constantsAreReadByTheirName() {
        AgentHealth health =
                read(AiAgent.HealthCheckResponse.newBuilder().setStatusValue(1).build(), AgentHealth.class);
        assertThat(health.status()).hasToString("SERVING");
        assertThat(health.additionalProperties()).containsEntry("active_connections", 0);
    }

    @Test
    void valuesOfAnotherTypeAreKeptBesideTheOthers() {
        CodeReview review = read(
                AiAgent.ReviewCodeResponse.newBuilder()
                        .setLanguage("java")
                        .setOverallScore(Double.NaN)
                        .setReviewedAt("yesterday")
                        .build(),
                CodeReview.class);
        assertThat(review.language()).isEqualTo("java");
        assertThat(review.overallScore()).isNull();
        assertThat(review.reviewedAt()).isNull();
        assertThat(review.additionalProperties())
                .containsEntry("overall_score", Double.NaN)
                .containsEntry("reviewed_at", "yesterday");
        ProcessResult result = read(
                AiAgent.AgentResponse.newBuilder()
                        .setResult(ByteString.copyFrom(new byte[] {0, -1}))
                        .build(),
                ProcessResult.class);
        assertThat(result.result()).isNull();
        assertThat(result.additionalProperties()).containsEntry("result", Map.of("base64", "AP8="));
    }

    @Test
    void aModelWithAComponentThatTheMessageLacksIsRefused() {
        assertThatThrownBy(() -> MessageReader.of(Unlike.class, AiAgent.PlanResponse.getDefaultInstance()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ai_agent.PlanResponse")
                .hasMessageContaining("color");
    }

    /** No answer has it. */
    public record Unlike(String color, Map<String, Object> additionalProperties) {}

    private static <T> void assertSame(Message message, Class<T> model, Map<String, ?> fields) {
        assertThat(read(message, model)).isEqualTo(Models.of(model, fields));
    }

    private static <T> T read(Message message, Class<T> model) {
        return MessageReader.of(model, message).read(message);
    }
}
