package io.synapse.sdk.gateway.server;

import io.synapse.sdk.gateway.Analysis;
import io.synapse.sdk.gateway.AnalysisRequest;
import io.synapse.sdk.gateway.CodeRequest;
import io.synapse.sdk.gateway.CodeReview;
import io.synapse.sdk.gateway.GeneratedCode;
import io.synapse.sdk.gateway.Plan;
import io.synapse.sdk.gateway.PlanRequest;
import io.synapse.sdk.gateway.ReviewRequest;
import io.synapse.sdk.gateway.grpc.GatewayService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/**
 * A gateway as a process whose agents are as slow as a model: each call takes a while, and notes in a file that it was
 * made. Code that is {@code unreviewable} is reviewed once there is a file {@code reviewer} beside that. Arguments: port of HTTP, first port of gRPC, token, milliseconds of a piece, file of notes, data directory or
 * nothing.
 */
final class PacedGateway implements GatewayAgent {
    private final RuleAgent rules = new RuleAgent();
    private final long millis;
    private final Path notes;

    private PacedGateway(long millis, Path notes) {
        this.millis = millis;
        this.notes = notes;
    }

    public static void main(String[] arguments) throws InterruptedException {
        int grpcPort = Integer.parseInt(arguments[1]);
        EmbeddedGateway.Builder builder = EmbeddedGateway.builder()
                .port(Integer.parseInt(arguments[0]))
                .token(arguments[2])
                .allowCommands(true)
                .agent(new PacedGateway(Long.parseLong(arguments[3]), Path.of(arguments[4])));
        for (GatewayService service : GatewayService.values()) {
            builder.grpcPort(service, grpcPort + service.ordinal());
        }
        if (arguments.length > 5) {
            builder.dataDirectory(Path.of(arguments[5]));
        }
        EmbeddedGateway gateway = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(gateway::close));
        System.out.println("ready at " + gateway.baseUrl());
        new CountDownLatch(1).await();
    }

    private void note(String what) throws InterruptedException {
        try {
            Files.writeString(
                    notes,
                    what + "\n",
                    java.nio.file.StandardOpenOption.CREATE,
                    java.nio.file.StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        Thread.sleep(millis); // this is the work
    }

    /** Waits after each piece. */
    private Consumer<String> paced(Consumer<String> pieces) {
        return piece -> {
            pieces.accept(piece);
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        };
    }

    @Override
    public String source() {
        return "paced";
    }

    @Override
    public Plan plan(PlanRequest request, Consumer<String> pieces) throws InterruptedException {
        note("plan");
        return rules.plan(request, paced(pieces));
    }

    @Override
    public GeneratedCode generateCode(CodeRequest request, Consumer<String> pieces) throws InterruptedException {
        note("code");
        return rules.generateCode(request, pieces);
    }

    @Override
    public Analysis analyze(AnalysisRequest request, Consumer<String> pieces) throws InterruptedException {
        note("analyze");
        return rules.analyze(request, pieces);
    }

    @Override
    public CodeReview review(ReviewRequest request, Consumer<String> pieces) throws InterruptedException {
        note("review");
        if (request.code().contains("unreviewable") && !Files.exists(notes.resolveSibling("reviewer"))) {
            throw new AgentException(AgentException.Kind.UNAVAILABLE, "the reviewer is not there", null);
        }
        return rules.review(request, pieces);
    }
}
