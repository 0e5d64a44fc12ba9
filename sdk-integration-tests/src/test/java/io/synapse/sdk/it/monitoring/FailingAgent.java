package io.synapse.sdk.it.monitoring;

import io.synapse.sdk.gateway.Analysis;
import io.synapse.sdk.gateway.AnalysisRequest;
import io.synapse.sdk.gateway.CodeRequest;
import io.synapse.sdk.gateway.CodeReview;
import io.synapse.sdk.gateway.GeneratedCode;
import io.synapse.sdk.gateway.Plan;
import io.synapse.sdk.gateway.PlanRequest;
import io.synapse.sdk.gateway.ReviewRequest;
import io.synapse.sdk.gateway.server.AgentException;
import io.synapse.sdk.gateway.server.GatewayAgent;
import io.synapse.sdk.gateway.server.RuleAgent;
import java.util.function.Consumer;

/** An agent that, when it is told to, fails at analyses and takes six seconds for code. */
final class FailingAgent implements GatewayAgent {
    private static final long SLOW_MILLIS = 6_000; // the alert is for more than five

    private final RuleAgent rules = new RuleAgent();
    private volatile boolean fails;

    void fail() {
        fails = true;
    }

    @Override
    public String source() {
        return "test";
    }

    @Override
    public Plan plan(PlanRequest request, Consumer<String> pieces) throws InterruptedException {
        return rules.plan(request, pieces);
    }

    @Override
    public GeneratedCode generateCode(CodeRequest request, Consumer<String> pieces) throws InterruptedException {
        if (fails) {
            Thread.sleep(SLOW_MILLIS); // this is the work
        }
        return rules.generateCode(request, pieces);
    }

    @Override
    public Analysis analyze(AnalysisRequest request, Consumer<String> pieces) throws InterruptedException {
        if (fails) {
            throw new AgentException(AgentException.Kind.UNAVAILABLE, "the model is away", null);
        }
        return rules.analyze(request, pieces);
    }

    @Override
    public CodeReview review(ReviewRequest request, Consumer<String> pieces) throws InterruptedException {
        return rules.review(request, pieces);
    }
}
