package io.synapse.sdk.internal.tail;

import static io.synapse.sdk.TailProtocol.HTTP;
import static io.synapse.sdk.TailProtocol.WEBSOCKET;
import static org.assertj.core.api.Assertions.assertThat;

import io.synapse.sdk.StreamLimitExceededException;
import io.synapse.sdk.StreamLimits;
import org.junit.jupiter.api.Test;

/** Everything up to a limit is delivered; only what is beyond ends the stream. */
class AllowanceTest {
    private final TailCounters counters = new TailCounters(HTTP);

    @Test
    void exactlyTheLimitIsFine() {
        Allowance lines = new Allowance(StreamLimits.DEFAULT.maxLines(2), counters);
        assertThat(lines.admit("a\nb\n", HTTP)).isEqualTo("a\nb\n");
        assertThat(lines.isExceeded()).isFalse();
        assertThat(lines.admit("c", HTTP)).isEmpty();
        assertThat(lines.isExceeded()).isTrue();
    }

    @Test
    void linesBeyondTheLimitAreCutOff() {
        Allowance allowance = new Allowance(StreamLimits.DEFAULT.maxLines(2), counters);
        assertThat(allowance.admit("a\nb\nc\n", HTTP)).isEqualTo("a\nb\n");
        StreamLimitExceededException failure = allowance.failure(LogFeed.Subject.job("j"));
        assertThat(failure).hasMessageContaining("job j").hasMessageContaining("2 lines (maxLines)");
        assertThat(failure.statusCode()).isEqualTo(429);
        assertThat(failure.delivered().bytes()).isEqualTo(4);
    }

    @Test
    void linesAreCountedOverHttpAndMessagesOverAWebSocket() {
        Allowance allowance = new Allowance(StreamLimits.DEFAULT.maxLines(1).maxMessages(2), counters);
        assertThat(allowance.admit("a\nb\nc\n", WEBSOCKET)).hasSize(6);
        assertThat(allowance.admit("d\n", WEBSOCKET)).hasSize(2);
        assertThat(allowance.admit("e\n", WEBSOCKET)).isEmpty();
        assertThat(allowance.failure(LogFeed.Subject.job("j"))).hasMessageContaining("2 messages (maxMessages)");
    }

    @Test
    void bytesAreThoseOfUtf8AndNoCharacterIsSplit() {
        Allowance allowance = new Allowance(StreamLimits.DEFAULT.maxBytes(8), counters);
        assertThat(allowance.admit("aé", HTTP)).isEqualTo("aé");
        assertThat(allowance.admit("€\uD83D\uDE00", HTTP)).isEqualTo("€");
        assertThat(allowance.failure(LogFeed.Subject.job("j"))).hasMessageContaining("8 bytes (maxBytes)");
        assertThat(counters.snapshot().bytes()).isEqualTo(6);
    }
}
