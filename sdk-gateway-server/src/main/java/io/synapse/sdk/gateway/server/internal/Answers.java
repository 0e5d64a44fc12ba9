package io.synapse.sdk.gateway.server.internal;

import io.synapse.sdk.gateway.Analysis;
import io.synapse.sdk.gateway.CodeReview;
import io.synapse.sdk.gateway.Finding;
import io.synapse.sdk.gateway.GeneratedCode;
import io.synapse.sdk.gateway.Plan;
import io.synapse.sdk.gateway.PlanStep;
import io.synapse.sdk.gateway.ReviewIssue;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers of agents as fields by the names that HTTP and gRPC have for them (wire/gateway.md, sections 2 and 4).
 *
 * @param clock when an answer was made, where its agent does not say so
 */
record Answers(Clock clock) {
    /** As the original writes times: without an offset. It is UTC here, since clients read it so. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

    Map<String, @Nullable Object> of(Plan plan, String source) {
        List<Map<String, @Nullable Object>> steps = each(plan.steps(), Answers::of);
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("task", text(plan.task()));
        fields.put("steps", steps);
        fields.put("total_steps", Objects.requireNonNullElse(plan.totalSteps(), steps.size()));
        fields.put("estimated_agents", plan.estimatedAgents());
        fields.put("created_at", time(plan.createdAt()));
        return with(fields, plan.additionalProperties(), source);
    }

    private static Map<String, @Nullable Object> of(PlanStep step) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("order", Objects.requireNonNullElse(step.order(), 0));
        fields.put("phase", text(step.phase()));
        fields.put("action", text(step.action()));
        fields.put("agent", text(step.agent()));
        fields.put("description", text(step.description()));
        fields.putAll(step.additionalProperties());
        return fields;
    }

    Map<String, @Nullable Object> of(GeneratedCode code, String source) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("language", text(code.language()));
        fields.put("code", text(code.code()));
        fields.put("description", text(code.description()));
        fields.put("generated_at", time(code.generatedAt()));
        return with(fields, code.additionalProperties(), source);
    }

    Map<String, @Nullable Object> of(Analysis analysis, String source) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put(
                "analysis_type",
                analysis.analysisType() == null ? "" : analysis.analysisType().value());
        fields.put("content_length", Objects.requireNonNullElse(analysis.contentLength(), 0L));
        fields.put("token_estimate", Objects.requireNonNullElse(analysis.tokenEstimate(), 0L));
        fields.put("findings", each(analysis.findings(), Answers::of));
        fields.put("summary", text(analysis.summary()));
        fields.put("analyzed_at", time(analysis.analyzedAt()));
        return with(fields, analysis.additionalProperties(), source);
    }

    private static Map<String, @Nullable Object> of(Finding finding) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("category", text(finding.category()));
        fields.put(
                "severity", finding.severity() == null ? "" : finding.severity().value());
        fields.put("description", text(finding.description()));
        fields.putAll(finding.additionalProperties());
        return fields;
    }

    Map<String, @Nullable Object> of(CodeReview review, String source) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("language", text(review.language()));
        fields.put("review_type", text(review.reviewType()));
        fields.put("code_length", Objects.requireNonNullElse(review.codeLength(), 0L));
        fields.put("issues", each(review.issues(), Answers::of));
        fields.put("overall_score", Objects.requireNonNullElse(review.overallScore(), 0.0));
        fields.put("reviewed_at", time(review.reviewedAt()));
        return with(fields, review.additionalProperties(), source);
    }

    private static Map<String, @Nullable Object> of(ReviewIssue issue) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("type", text(issue.type()));
        fields.put("severity", issue.severity() == null ? "" : issue.severity().value());
        fields.put("line", Objects.requireNonNullElse(issue.line(), 0));
        fields.put("message", text(issue.message()));
        fields.putAll(issue.additionalProperties());
        return fields;
    }

    /** A time as text; that of now when there is none. */
    String time(@Nullable Instant time) {
        return TIME.format(time == null ? clock.instant() : time);
    }

    private static Map<String, @Nullable Object> with(
            Map<String, @Nullable Object> fields, Map<String, @Nullable Object> more, String source) {
        more.forEach(fields::putIfAbsent);
        fields.putIfAbsent("source", source); // an agent of several models says which of them answered
        return fields;
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static <T> List<Map<String, @Nullable Object>> each(
            List<T> values, Function<T, Map<String, @Nullable Object>> fields) {
        return values.stream().map(fields).toList();
    }
}
