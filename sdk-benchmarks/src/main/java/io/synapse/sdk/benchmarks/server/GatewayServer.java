package io.synapse.sdk.benchmarks.server;

import io.synapse.sdk.benchmarks.contender.Token;
import io.synapse.sdk.gateway.Analysis;
import io.synapse.sdk.gateway.AnalysisRequest;
import io.synapse.sdk.gateway.CodeRequest;
import io.synapse.sdk.gateway.CodeReview;
import io.synapse.sdk.gateway.GeneratedCode;
import io.synapse.sdk.gateway.Plan;
import io.synapse.sdk.gateway.PlanRequest;
import io.synapse.sdk.gateway.ReviewRequest;
import io.synapse.sdk.gateway.grpc.GatewayService;
import io.synapse.sdk.gateway.server.EmbeddedGateway;
import io.synapse.sdk.gateway.server.GatewayAgent;
import io.synapse.sdk.gateway.server.RuleAgent;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * The embedded gateway in a process of its own. It prints the address of its HTTP and that of its service Claude, with a
 * blank between them, and ends with its standard input.
 */
public final class GatewayServer {
    private GatewayServer() {}

    /**
     * Runs it.
     *
     * @param args how many calls each service does at a time, how many wait, and how many milliseconds a plan takes; none
     *     for the gateway's defaults and no time
     */
    public static void main(String[] args) throws IOException {
        EmbeddedGateway.Builder builder = EmbeddedGateway.builder().token(Token.VALUE);
        if (args.length > 0) {
            builder.maxInFlight(Integer.parseInt(args[0]))
                    .maxQueued(Integer.parseInt(args[1]))
                    .agent(new SlowAgent(Integer.parseInt(args[2]), new RuleAgent()));
        }
        try (EmbeddedGateway gateway = builder.start()) {
            System.out.println(gateway.baseUrl() + " " + gateway.grpcAddress(GatewayService.CLAUDE));
            while (System.in.read() >= 0) {
                // until whoever started it is gone
            }
        }
        System.exit(0);
    }

    /**
     * Answers as another agent does, plans after some time.
     *
     * @param millis how long a plan takes
     * @param rules the other agent
     */
    private record SlowAgent(int millis, GatewayAgent rules) implements GatewayAgent {
        @Override
        public String source() {
            return rules.source();
        }

        @Override
        public Plan plan(PlanRequest request, Consumer<String> pieces) throws InterruptedException {
            Thread.sleep(millis);
            return rules.plan(request, pieces);
        }

        @Override
        public GeneratedCode generateCode(CodeRequest request, Consumer<String> pieces) throws InterruptedException {
            return rules.generateCode(request, pieces);
        }

        @Override
        public Analysis analyze(AnalysisRequest request, Consumer<String> pieces) throws InterruptedException {
            return rules.analyze(request, pieces);
        }

        @Override
        public CodeReview review(ReviewRequest request, Consumer<String> pieces) throws InterruptedException {
            return rules.review(request, pieces);
        }
    }
}
