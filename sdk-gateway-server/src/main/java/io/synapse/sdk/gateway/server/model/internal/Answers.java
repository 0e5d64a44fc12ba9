package io.synapse.sdk.gateway.server.model.internal;

import java.util.List;
import java.util.Locale;

/** What models answer: a record for each request, with the JSON schema that it is asked for by. */
public final class Answers {
    /** Limits of lists and texts keep a model that repeats itself from doing so until its limit of tokens. */
    static final String PLAN_SCHEMA = """
            {"type":"object","additionalProperties":false,"required":["steps"],"properties":{
              "steps":{"type":"array","minItems":1,"maxItems":12,"items":{
                "type":"object","additionalProperties":false,"required":["phase","action","agent","description"],
                "properties":{
                  "phase":{"type":"string","maxLength":40},
                  "action":{"type":"string","maxLength":80},
                  "agent":{"type":"string","enum":["claude","gemini","codex"]},
                  "description":{"type":"string","maxLength":400}}}}}}
            """;

    static final String CODE_SCHEMA = """
            {"type":"object","additionalProperties":false,"required":["code"],"properties":{
              "code":{"type":"string"}}}
            """;

    static final String ANALYSIS_SCHEMA = """
            {"type":"object","additionalProperties":false,"required":["summary","findings"],"properties":{
              "summary":{"type":"string","maxLength":400},
              "findings":{"type":"array","maxItems":20,"items":{
                "type":"object","additionalProperties":false,"required":["category","severity","description"],
                "properties":{
                  "category":{"type":"string","maxLength":40},
                  "severity":{"type":"string","enum":["info","warning","error","critical"]},
                  "description":{"type":"string","maxLength":400}}}}}}
            """;

    static final String REVIEW_SCHEMA = """
            {"type":"object","additionalProperties":false,"required":["issues","overall_score"],"properties":{
              "issues":{"type":"array","maxItems":30,"items":{
                "type":"object","additionalProperties":false,"required":["type","severity","line","message"],
                "properties":{
                  "type":{"type":"string","maxLength":40},
                  "severity":{"type":"string","enum":["info","warning","error","critical"]},
                  "line":{"type":"integer","minimum":1,"maximum":1000000},
                  "message":{"type":"string","maxLength":400}}}},
              "overall_score":{"type":"integer","minimum":0,"maximum":100}}}
            """;

    private Answers() {}

    /** How serious a finding or an issue is. */
    enum Severity {
        INFO,
        WARNING,
        ERROR,
        CRITICAL;

        String value() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A plan. */
    record PlanAnswer(List<StepAnswer> steps) {
        PlanAnswer {
            require(!steps.isEmpty(), "a plan has at least one step");
        }
    }

    /** A step of a plan. */
    record StepAnswer(String phase, String action, String agent, String description) {}

    /** Generated code. */
    record CodeAnswer(String code) {}

    /** An analysis. */
    record AnalysisAnswer(String summary, List<FindingAnswer> findings) {}

    /** A finding of an analysis. */
    record FindingAnswer(String category, Severity severity, String description) {}

    /** A review. */
    record ReviewAnswer(List<IssueAnswer> issues, double overallScore) {
        ReviewAnswer {
            require(overallScore >= 0 && overallScore <= 100, "overall_score is from 0 to 100");
        }
    }

    /** An issue of a review. */
    record IssueAnswer(String type, Severity severity, int line, String message) {}

    private static void require(boolean met, String rule) {
        if (!met) {
            throw new IllegalArgumentException(rule);
        }
    }
}
