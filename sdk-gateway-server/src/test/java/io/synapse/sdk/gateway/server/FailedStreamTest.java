package io.synapse.sdk.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.synapse.sdk.ClientException;
import io.synapse.sdk.EventStream;
import io.synapse.sdk.RateLimitException;
import io.synapse.sdk.gateway.Analysis;
import io.synapse.sdk.gateway.AnalysisRequest;
import io.synapse.sdk.gateway.CodeRequest;
import io.synapse.sdk.gateway.CodeReview;
import io.synapse.sdk.gateway.GeneratedCode;
import io.synapse.sdk.gateway.Plan;
import io.synapse.sdk.gateway.PlanRequest;
import io.synapse.sdk.gateway.ReviewRequest;
import io.synapse.sdk.gateway.grpc.GrpcGatewayClient;
import io.synapse.sdk.gateway.grpc.StreamMessage;
import io.synapse.sdk.gateway.server.AgentException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A stream over gRPC whose agent fails for good is told at once, and not asked for again. */
@Timeout(30)
class FailedStreamTest {
    /** Gives some pieces of a plan, and then fails. */
    private record Failing(AgentException failure, int pieces, AtomicInteger plans) implements GatewayAgent {
        @Override
        public String source() {
            return "test";
        }

        @Override
        public Plan plan(PlanRequest request, Consumer<String> into) {
            plans.incrementAndGet();
            for (int piece = 1; piece <= pieces; piece++) {
                into.accept("piece " + piece);
            }
            throw failure;
        }

        @Override
        public GeneratedCode generateCode(CodeRequest request, Consumer<String> into) {
            throw failure;
        }

        @Override
        public Analysis analyze(AnalysisRequest request, Consumer<String> into) {
            throw failure;
        }

        @Override
        public CodeReview review(ReviewRequest request, Consumer<String> into) {
            throw failure;
        }
    }

    private static ClientException failureOf(EventStream<StreamMessage> stream, List<String> texts) {
        return catchThrowableOfType(ClientException.class, () -> {
            try (stream) {
                stream.forEach(each -> texts.add(each.content()));
            }
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"UNAVAILABLE", "DEADLINE", "OVERLOADED"})
    void afterAMessageTheFailureIsNotAskedForAgain(Kind kind) {
        AgentException failure = new AgentException(kind, "the model is gone", null).retryAfter(Duration.ofSeconds(7));
        Failing agent = new Failing(failure, 2, new AtomicInteger());
        List<String> texts = new ArrayList<>();
        try (EmbeddedGateway gateway = EmbeddedGateway.builder().agent(agent).start();
                GrpcGatewayClient client = Clients.grpc(gateway)) {
            ClientException told = failureOf(client.streamPlan(PlanRequest.of("t")), texts);

            assertThat(texts).containsExactly("piece 1", "piece 2");
            assertThat(told).hasMessageContaining("the model is gone");
            assertThat(told.attempts()).isEqualTo(1);
            if (told instanceof RateLimitException limit) {
                assertThat(limit.retryAfter()).contains(Duration.ofSeconds(7));
            }
        }
        assertThat(agent.plans()).hasValue(1);
    }

    @Test
    void beforeTheFirstMessageTheStreamIsBegunAnew() {
        AgentException failure = new AgentException(Kind.UNAVAILABLE, "the model is gone", null);
        Failing agent = new Failing(failure, 0, new AtomicInteger());
        try (EmbeddedGateway gateway = EmbeddedGateway.builder().agent(agent).start();
                GrpcGatewayClient client = Clients.grpc(gateway)) {
            ClientException told = failureOf(client.streamPlan(PlanRequest.of("t")), new ArrayList<>());

            assertThat(told).hasMessageContaining("the model is gone");
            assertThat(agent.plans().get()).isGreaterThan(1).isEqualTo(told.attempts());
        }
    }
}
