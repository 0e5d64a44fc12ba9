package io.synapse.sdk.gateway.server;

import io.synapse.sdk.gateway.Analysis;
import io.synapse.sdk.gateway.AnalysisRequest;
import io.synapse.sdk.gateway.AnalysisType;
import io.synapse.sdk.gateway.CodeRequest;
import io.synapse.sdk.gateway.CodeReview;
import io.synapse.sdk.gateway.Finding;
import io.synapse.sdk.gateway.GeneratedCode;
import io.synapse.sdk.gateway.Plan;
import io.synapse.sdk.gateway.PlanRequest;
import io.synapse.sdk.gateway.PlanStep;
import io.synapse.sdk.gateway.ReviewIssue;
import io.synapse.sdk.gateway.ReviewRequest;
import io.synapse.sdk.gateway.Severity;
import io.synapse.sdk.gateway.server.internal.ProgressConsumer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Answers by rules, without a model: the same answer to the same request, in the form of the original's answers
 * (wire/gateway.md, section 2). Made for tests and demonstrations: a plan has always the same five steps, code is a
 * skeleton, and what is found in a text is what a program of a few lines can find. Thread-safe.
 */
public final class RuleAgent implements GatewayAgent {
    private static final String PYTHON = "python";
    private static final int CHARACTERS_OF_TOKEN = 4;
    private static final int LONGEST_LINE = 120;
    private static final double BEST_SCORE = 100;
    private static final double COST_OF_ISSUE = 5;

    private static final List<PlanStep> STEPS = List.of(
            step(1, "Analysis", "Analyze requirements", "gemini", "Gemini analyzes the requirements"),
            step(2, "Design", "Design architecture", "claude", "Claude designs the architecture"),
            step(3, "Implementation", "Generate code", "claude", "Claude generates the code"),
            step(4, "Testing", "Run tests", "codex", "Codex runs the tests"),
            step(5, "Review", "Review and document", "claude", "Claude reviews and documents"));

    /** An agent; all are alike. */
    public RuleAgent() {}

    @Override
    public String source() {
        return "rules";
    }

    @Override
    public Plan plan(PlanRequest request, Consumer<String> pieces) {
        for (int index = 0; index < STEPS.size(); index++) {
            tell(pieces, "Phase " + (index + 1) + ": " + STEPS.get(index).phase(), index + 1, STEPS.size());
        }
        List<String> agents = List.of("claude", "gemini", "codex");
        return new Plan(request.task(), STEPS, STEPS.size(), agents, null, Map.of());
    }

    private static PlanStep step(int order, String phase, String action, String agent, String description) {
        return new PlanStep(order, phase, action, agent, description, Map.of());
    }

    @Override
    public GeneratedCode generateCode(CodeRequest request, Consumer<String> pieces) {
        String language = languageOf(request.language());
        String code = skeleton(language, request.description());
        tell(pieces, code, 1, 1);
        return new GeneratedCode(language, code, request.description(), null, Map.of());
    }

    /** A program that says what it is to do; in a language that is not known here, a comment in Python's style. */
    private static String skeleton(String language, String description) {
        String summary = description.replaceAll("\\s+", " ").strip();
        String text = summary.replace("\\", "\\\\").replace("\"", "\\\"");
        return switch (language.toLowerCase(Locale.ROOT)) {
            case "java" -> """
                // %s
                public final class Main {
                    public static void main(String[] arguments) {
                        System.out.println("%s");
                    }
                }
                """.formatted(summary, text);
            case "javascript", "typescript" -> "// %s%nconsole.log(\"%s\");%n".formatted(summary, text);
            case PYTHON -> """
                # %s


                def main() -> None:
                    print("%s")


                if __name__ == "__main__":
                    main()
                """.formatted(summary, text);
            default -> "# " + summary + "\n";
        };
    }

    @Override
    public Analysis analyze(AnalysisRequest request, Consumer<String> pieces) {
        String content = request.content();
        long length = content.codePointCount(0, content.length());
        long lines = content.lines().count();
        long words = content.isBlank() ? 0 : content.strip().split("\\s+").length;
        List<Finding> findings = List.of(
                finding("structure", "The text has " + lines + " lines and " + words + " words"),
                finding(
                        "patterns",
                        content.lines().anyMatch(line -> line.matches(".*[;{}]\\s*"))
                                ? "Some lines end as those of source code do"
                                : "No line ends as those of source code do"));
        for (int index = 0; index < findings.size(); index++) {
            tell(pieces, String.valueOf(findings.get(index).description()), index + 1, findings.size());
        }
        return new Analysis(
                Objects.requireNonNullElse(request.analysisType(), AnalysisType.GENERAL),
                length,
                length / CHARACTERS_OF_TOKEN,
                findings,
                "Analysis completed for " + length + " chars",
                null,
                Map.of());
    }

    private static Finding finding(String category, String description) {
        return new Finding(category, Severity.INFO, description, Map.of());
    }

    @Override
    public CodeReview review(ReviewRequest request, Consumer<String> pieces) {
        String code = request.code();
        String language = languageOf(request.language());
        List<ReviewIssue> issues = issues(code, language);
        for (int index = 0; index < issues.size(); index++) {
            tell(pieces, String.valueOf(issues.get(index).message()), index + 1, issues.size());
        }
        return new CodeReview(
                language,
                "comprehensive",
                (long) code.codePointCount(0, code.length()),
                issues,
                Math.max(0, BEST_SCORE - COST_OF_ISSUE * issues.size()),
                null,
                Map.of());
    }

    private static List<ReviewIssue> issues(String code, String language) {
        List<ReviewIssue> issues = new ArrayList<>();
        if (language.equals(PYTHON) && !code.stripLeading().startsWith("\"\"\"")) {
            issues.add(issue("style", 1, "The module has no docstring", "Begin it with a docstring"));
        }
        List<String> lines = code.lines().toList();
        for (int index = 0; index < lines.size(); index++) {
            String line = lines.get(index);
            if (line.length() > LONGEST_LINE) {
                issues.add(issue("style", index + 1, "The line is longer than 120 characters", "Break the line"));
            }
            if (line.contains("TODO") || line.contains("FIXME")) {
                issues.add(issue("completeness", index + 1, "Something is left to do", "Do it, or say who does"));
            }
        }
        return issues;
    }

    private static ReviewIssue issue(String type, int line, String message, String suggestion) {
        return new ReviewIssue(type, Severity.LOW, line, message, Map.of("suggestion", suggestion));
    }

    private static String languageOf(@Nullable String language) {
        return language == null ? PYTHON : language;
    }

    /** A piece of text, with how much of the work is done for who wants to know. */
    private static void tell(Consumer<String> pieces, String text, int done, int all) {
        if (pieces instanceof ProgressConsumer progress) {
            progress.accept(text, 100.0 * done / all);
        } else {
            pieces.accept(text);
        }
    }
}
