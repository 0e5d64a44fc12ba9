package io.synapse.sdk.gateway.server;

import io.synapse.sdk.gateway.Analysis;
import io.synapse.sdk.gateway.AnalysisRequest;
import io.synapse.sdk.gateway.CodeRequest;
import io.synapse.sdk.gateway.CodeReview;
import io.synapse.sdk.gateway.GeneratedCode;
import io.synapse.sdk.gateway.Plan;
import io.synapse.sdk.gateway.PlanRequest;
import io.synapse.sdk.gateway.ReviewRequest;
import java.util.function.Consumer;

/**
 * What answers the requests of a gateway: rules, a model, or a program of one's own.
 *
 * <p>An implementation is called by several threads at a time. Each method gives its text to {@code pieces} as it is
 * generated, for those who follow a stream; {@code pieces} may throw, which ends the generation, and what it throws is to
 * be passed on. Where it is a {@link RestartableConsumer}, another text may follow one that broke off. A call is cancelled
 * (its time limit, a caller that has gone, the gateway's end) by an interrupt of its thread: the method then ends its work
 * at once and throws {@link InterruptedException}. A request that fails is an {@link AgentException}; any other exception
 * is an error of the agent, whose text is not told to callers.
 */
public interface GatewayAgent {
    /** Who answers: {@code rules}, {@code model:<name>}, or a name of one's own. Each answer has it as {@code source}. */
    String source();

    /** Plans a task. */
    Plan plan(PlanRequest request, Consumer<String> pieces) throws InterruptedException;

    /** Writes code. */
    GeneratedCode generateCode(CodeRequest request, Consumer<String> pieces) throws InterruptedException;

    /** Analyzes a text. */
    Analysis analyze(AnalysisRequest request, Consumer<String> pieces) throws InterruptedException;

    /** Reviews code. */
    CodeReview review(ReviewRequest request, Consumer<String> pieces) throws InterruptedException;
}
