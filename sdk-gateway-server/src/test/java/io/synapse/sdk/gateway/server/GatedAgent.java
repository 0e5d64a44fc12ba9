package io.synapse.sdk.gateway.server;

import io.synapse.sdk.gateway.Analysis;
import io.synapse.sdk.gateway.AnalysisRequest;
import io.synapse.sdk.gateway.CodeRequest;
import io.synapse.sdk.gateway.CodeReview;
import io.synapse.sdk.gateway.GeneratedCode;
import io.synapse.sdk.gateway.Plan;
import io.synapse.sdk.gateway.PlanRequest;
import io.synapse.sdk.gateway.ReviewRequest;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** An agent that answers as the rules do, when it is let, and fails when it is told to. */
final class GatedAgent implements GatewayAgent {
    final Semaphore gate = new Semaphore(0);
    final AtomicInteger begun = new AtomicInteger();
    final AtomicInteger running = new AtomicInteger();
    final AtomicInteger interrupted = new AtomicInteger();
    final AtomicInteger plans = new AtomicInteger();
    final AtomicInteger reviews = new AtomicInteger();
    final AtomicReference<RuntimeException> failureOfReviews = new AtomicReference<>();
    private final RuleAgent rules = new RuleAgent();

    /** One that is open. */
    static GatedAgent open() {
        GatedAgent agent = new GatedAgent();
        agent.gate.release(1_000_000);
        return agent;
    }

    private void pass() throws InterruptedException {
        begun.incrementAndGet();
        running.incrementAndGet();
        try {
            gate.acquire();
        } catch (InterruptedException e) {
            interrupted.incrementAndGet();
            throw e;
        } finally {
            running.decrementAndGet();
        }
    }

    @Override
    public String source() {
        return "test";
    }

    @Override
    public Plan plan(PlanRequest request, Consumer<String> pieces) throws InterruptedException {
        plans.incrementAndGet();
        pass();
        return rules.plan(request, pieces);
    }

    @Override
    public GeneratedCode generateCode(CodeRequest request, Consumer<String> pieces) throws InterruptedException {
        pass();
        return rules.generateCode(request, pieces);
    }

    @Override
    public Analysis analyze(AnalysisRequest request, Consumer<String> pieces) throws InterruptedException {
        pass();
        return rules.analyze(request, pieces);
    }

    @Override
    public CodeReview review(ReviewRequest request, Consumer<String> pieces) throws InterruptedException {
        reviews.incrementAndGet();
        pass();
        RuntimeException failure = failureOfReviews.get();
        if (failure != null) {
            throw failure;
        }
        return rules.review(request, pieces);
    }
}
