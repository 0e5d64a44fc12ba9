package io.synapse.sdk.gateway.server.model.internal;

import io.synapse.sdk.Models;
import io.synapse.sdk.gateway.Analysis;
import io.synapse.sdk.gateway.AnalysisRequest;
import io.synapse.sdk.gateway.AnalysisType;
import io.synapse.sdk.gateway.CodeRequest;
import io.synapse.sdk.gateway.CodeReview;
import io.synapse.sdk.gateway.GeneratedCode;
import io.synapse.sdk.gateway.Plan;
import io.synapse.sdk.gateway.PlanRequest;
import io.synapse.sdk.gateway.ReviewRequest;
import io.synapse.sdk.gateway.WorkflowRole;
import io.synapse.sdk.gateway.server.model.ModelPrompt;
import io.synapse.sdk.gateway.server.model.internal.Answers.AnalysisAnswer;
import io.synapse.sdk.gateway.server.model.internal.Answers.CodeAnswer;
import io.synapse.sdk.gateway.server.model.internal.Answers.FindingAnswer;
import io.synapse.sdk.gateway.server.model.internal.Answers.IssueAnswer;
import io.synapse.sdk.gateway.server.model.internal.Answers.PlanAnswer;
import io.synapse.sdk.gateway.server.model.internal.Answers.ReviewAnswer;
import io.synapse.sdk.gateway.server.model.internal.Answers.StepAnswer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * A request to an agent: which model it is for, what that is asked, and what its answer becomes.
 *
 * @param <A> the answer of the model
 * @param <R> the answer of the agent
 */
public final class AgentTask<A, R> {
    private static final String DEFAULT_LANGUAGE = "python";

    /** As the original estimates (wire/gateway.md, section 2). */
    private static final int CHARACTERS_A_TOKEN = 4;

    private final WorkflowRole role;
    private final ModelPrompt prompt;
    private final Class<A> form;
    private final Class<R> result;
    private final Function<A, Map<String, Object>> fields;

    private AgentTask(
            WorkflowRole role,
            ModelPrompt prompt,
            Class<A> form,
            Class<R> result,
            Function<A, Map<String, Object>> fields) {
        this.role = role;
        this.prompt = prompt;
        this.form = form;
        this.result = result;
        this.fields = fields;
    }

    /** Planning a task. */
    public static AgentTask<?, Plan> plan(PlanRequest request) {
        String constraints = request.constraints().isEmpty()
                ? ""
                : "\n\nThe plan must observe:\n- " + String.join("\n- ", request.constraints());
        ModelPrompt prompt = prompt(
                "You plan tasks of software development. Divide the task into steps, in the order in which they are done."
                        + " The agent of a step is claude for plans and code, gemini for analyses and reviews, codex for"
                        + " commands.",
                "The task:\n" + request.task() + constraints,
                Answers.PLAN_SCHEMA);
        return new AgentTask<>(
                WorkflowRole.PLANNER,
                prompt,
                PlanAnswer.class,
                Plan.class,
                answer -> Map.of(
                        "task", request.task(),
                        "steps", steps(answer),
                        "total_steps", answer.steps().size(),
                        "estimated_agents",
                                answer.steps().stream()
                                        .map(StepAnswer::agent)
                                        .distinct()
                                        .toList()));
    }

    /** Writing code. */
    public static AgentTask<?, GeneratedCode> code(CodeRequest request) {
        String language = Objects.requireNonNullElse(request.language(), DEFAULT_LANGUAGE);
        ModelPrompt prompt = prompt(
                "You write complete, working code in the language that is asked for, without explanations around it.",
                "The language: " + language + "\nWhat the code is to do:\n" + request.description(),
                Answers.CODE_SCHEMA);
        return new AgentTask<>(
                WorkflowRole.CODER,
                prompt,
                CodeAnswer.class,
                GeneratedCode.class,
                answer -> Map.of("language", language, "code", answer.code(), "description", request.description()));
    }

    /** Analyzing a text. */
    public static AgentTask<?, Analysis> analysis(AnalysisRequest request) {
        AnalysisType type = Objects.requireNonNullElse(request.analysisType(), AnalysisType.GENERAL);
        int length = request.content().codePointCount(0, request.content().length());
        ModelPrompt prompt = prompt(
                "You analyze a text. Report what is to be known of it as findings, and summarize it in one sentence.",
                "The kind of analysis: " + type + "\nThe text:\n" + request.content(),
                Answers.ANALYSIS_SCHEMA);
        return new AgentTask<>(
                WorkflowRole.ANALYST,
                prompt,
                AnalysisAnswer.class,
                Analysis.class,
                answer -> Map.of(
                        "analysis_type",
                        type.value(),
                        "content_length",
                        length,
                        "token_estimate",
                        length / CHARACTERS_A_TOKEN,
                        "findings",
                        answer.findings().stream().map(AgentTask::finding).toList(),
                        "summary",
                        answer.summary()));
    }

    /** Reviewing code. */
    public static AgentTask<?, CodeReview> review(ReviewRequest request) {
        String language = Objects.requireNonNullElse(request.language(), DEFAULT_LANGUAGE);
        ModelPrompt prompt = prompt(
                "You review code. Report what is to be improved as issues, with the number of the line, 1 for the first."
                        + " The overall score is from 0, unusable, to 100, nothing to improve.",
                "The language: " + language + "\nThe code:\n" + request.code(),
                Answers.REVIEW_SCHEMA);
        return new AgentTask<>(
                WorkflowRole.REVIEWER,
                prompt,
                ReviewAnswer.class,
                CodeReview.class,
                answer -> Map.of(
                        "language", language,
                        "review_type", "comprehensive",
                        "code_length",
                                request.code().codePointCount(0, request.code().length()),
                        "issues", answer.issues().stream().map(AgentTask::issue).toList(),
                        "overall_score", answer.overallScore()));
    }

    /** Which model it is for. */
    public WorkflowRole role() {
        return role;
    }

    ModelPrompt prompt() {
        return prompt;
    }

    /**
     * What the text of a model becomes.
     *
     * @param more fields that do not depend on the text
     */
    R result(String text, Map<String, Object> more) throws InvalidAnswerException {
        Map<String, Object> all = new LinkedHashMap<>(fields.apply(AnswerReader.read(text, form)));
        all.putAll(more);
        return Models.of(result, all);
    }

    /** The name of the time in the answer. */
    String timeField() {
        return switch (role.value()) {
            case "planner" -> "created_at";
            case "coder" -> "generated_at";
            case "analyst" -> "analyzed_at";
            default -> "reviewed_at";
        };
    }

    /** The schema stands in the instructions too, for models that cannot be forced to it. */
    private static ModelPrompt prompt(String instructions, String request, String schema) {
        String form = " Answer with one JSON object of this schema and nothing else:\n" + schema.strip();
        return new ModelPrompt(instructions + form, List.of(request), schema.strip());
    }

    private static List<Map<String, Object>> steps(PlanAnswer answer) {
        List<Map<String, Object>> steps = new ArrayList<>();
        for (StepAnswer each : answer.steps()) {
            steps.add(Map.of(
                    "order", steps.size() + 1,
                    "phase", each.phase(),
                    "action", each.action(),
                    "agent", each.agent(),
                    "description", each.description()));
        }
        return steps;
    }

    private static Map<String, Object> finding(FindingAnswer finding) {
        return Map.of(
                "category", finding.category(),
                "severity", finding.severity().value(),
                "description", finding.description());
    }

    private static Map<String, Object> issue(IssueAnswer issue) {
        return Map.of(
                "type", issue.type(),
                "severity", issue.severity().value(),
                "line", issue.line(),
                "message", issue.message());
    }
}
