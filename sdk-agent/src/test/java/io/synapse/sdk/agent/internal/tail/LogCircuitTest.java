package io.synapse.sdk.agent.internal.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.synapse.sdk.CircuitOpenException;
import io.synapse.sdk.LogStream;
import io.synapse.sdk.Resilience;
import io.synapse.sdk.RetryPolicy;
import io.synapse.sdk.TailOptions;
import io.synapse.sdk.TailProtocol;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The connections of a log and the circuit breaker of its server, over real sockets. */
@Timeout(30)
class LogCircuitTest {
    private final CountingBreaker breaker = new CountingBreaker();
    private ScriptedAgent agent;
    private TailClient client;

    @AfterEach
    void close() throws IOException {
        client.close();
        agent.close();
    }

    private void start(ScriptedAgent.Script script) throws IOException {
        agent = new ScriptedAgent(script);
        client = TailClient.builder(agent.url())
                .retryPolicy(
                        RetryPolicy.DEFAULT.initialDelay(Duration.ofMillis(1)).maxDelay(Duration.ofMillis(1)))
                .build();
    }

    private LogStream tail(TailProtocol protocol) {
        return client.with(Resilience.NONE.circuitBreaker(url -> breaker))
                .tail("j", TailOptions.DEFAULT.protocol(protocol));
    }

    private void sendWhole(ScriptedAgent.LogReply reply) throws IOException {
        agent.status = "SUCCEEDED";
        reply.accept();
        reply.send("{\"type\": \"log\", \"message\": \"one\\n\", \"offset\": 4}");
        reply.send("{\"type\": \"complete\"}");
        reply.end();
    }

    @ParameterizedTest
    @EnumSource(TailProtocol.class)
    void aLogIsNotAskedForWhileTheCircuitIsOpen(TailProtocol protocol) throws IOException {
        start((number, reply) -> sendWhole(reply));
        breaker.refusals.set(100);

        try (LogStream log = tail(protocol)) {
            assertThat(catchThrowable(() -> log.iterator().hasNext()))
                    .isInstanceOfSatisfying(CircuitOpenException.class, open -> {
                        assertThat(open.attempts()).isZero();
                        assertThat(open).hasMessageContaining("/jobs/j/logs/");
                    });
        }
        assertThat(breaker.asked).hasValue(1);
        assertThat(agent.requests).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = TailProtocol.class,
            names = {"WEBSOCKET", "HTTP"})
    void eachConnectionCountsWithItsOutcome(TailProtocol protocol) throws IOException {
        start((number, reply) -> {
            if (number == 0) {
                reply.refuse(503, "");
            } else {
                sendWhole(reply);
            }
        });

        try (LogStream log = tail(protocol)) {
            assertThat(log.stream()).containsExactly("one");
        }
        assertThat(breaker.failures).hasValue(1);
        assertThat(breaker.successes).hasValue(breaker.asked.get() - 1).hasPositiveValue();
    }

    /** The way over WebSocket is as good as before: an open circuit says nothing about it. */
    @Test
    void aLogThatIsCutWaitsForTheCircuitInTheSameWay() throws IOException {
        start((number, reply) -> {
            if (number == 0) {
                reply.accept();
                reply.send("{\"type\": \"log\", \"message\": \"one\\n\", \"offset\": 4}");
                breaker.refusals.set(4); // the question for the job's status is the first
                reply.reset();
            } else {
                agent.status = "SUCCEEDED";
                reply.accept();
                reply.send("{\"type\": \"log\", \"message\": \"two\\n\", \"offset\": 8}");
                reply.send("{\"type\": \"complete\"}");
                reply.end();
            }
        });

        try (LogStream log = tail(TailProtocol.AUTO)) {
            assertThat(log.stream()).containsExactly("one", "two");
            assertThat(log.statistics().protocol()).isEqualTo(TailProtocol.WEBSOCKET);
        }
        assertThat(breaker.refusals).hasValue(0);
        assertThat(breaker.failures).hasValue(0);
    }

    @Test
    void aProxyThatKnowsNoWebSocketsIsNoFailureOfTheServer() throws IOException {
        start((number, reply) -> {
            if (reply.isWebSocket()) {
                reply.refuse(200, "welcome");
            } else {
                sendWhole(reply);
            }
        });

        try (LogStream log = tail(TailProtocol.AUTO)) {
            assertThat(log.stream()).containsExactly("one");
        }
        assertThat(breaker.releases).hasValue(1);
        assertThat(breaker.failures).hasValue(0);
    }
}
