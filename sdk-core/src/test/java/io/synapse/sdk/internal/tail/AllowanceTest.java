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
        assertThat(lines.admit("a\nb\n", 1, HTTP)).isEqualTo("a\nb\n");
        assertThat(lines.isExceeded()).isFalse();
        assertThat(lines.admit("c", 1, HTTP)).isEmpty();
        assertThat(lines.isExceeded()).isTrue();
    }

    @Test
    void linesBeyondTheLimitAreCutOff() {
        Allowance allowance = new Allowance(StreamLimits.DEFAULT.maxLines(2), counters);
        assertThat(allowance.admit("a\nb\nc\n", 1, HTTP)).isEqualTo("a\nb\n");
        StreamLimitExceededException failure = allowance.failure(LogFeed.Subject.job("j"));
        assertThat(failure).hasMessageContaining("job j").hasMessageContaining("2 lines (maxLines)");
        assertThat(failure.statusCode()).isEqualTo(429);
        assertThat(failure.delivered().bytes()).isEqualTo(4);
    }

    @Test
    void linesAreCountedOverHttpAndMessagesOverAWebSocket() {
        Allowance allowance = new Allowance(StreamLimits.DEFAULT.maxLines(1).maxMessages(2), counters);
        assertThat(allowance.admit("a\nb\nc\n", 1, WEBSOCKET)).hasSize(6);
        assertThat(allowance.admit("d\n", 1, WEBSOCKET)).hasSize(2);
        assertThat(allowance.admit("e\n", 1, WEBSOCKET)).isEmpty();
        assertThat(allowance.failure(LogFeed.Subject.job("j"))).hasMessageContaining("2 messages (maxMessages)");
    }

    @Test
    void noMoreMessagesComeTogetherThanAreLeft() {
        Allowance allowance = new Allowance(StreamLimits.DEFAULT.maxMessages(5), counters);
        assertThat(allowance.messagesAtOnce(WEBSOCKET)).isEqualTo(5);
        assertThat(allowance.messagesAtOnce(HTTP)).isEqualTo(Integer.MAX_VALUE);
        assertThat(allowance.admit("a\nb\nc\n", 3, WEBSOCKET)).hasSize(6);
        assertThat(counters.snapshot().messages()).isEqualTo(3);
        assertThat(allowance.messagesAtOnce(WEBSOCKET)).isEqualTo(2);
        assertThat(allowance.admit("d\ne\n", 2, WEBSOCKET)).hasSize(4);
        assertThat(allowance.isExceeded()).isFalse();
        assertThat(allowance.messagesAtOnce(WEBSOCKET))
                .as("so that it is noticed")
                .isOne();
        assertThat(allowance.admit("f\n", 1, WEBSOCKET)).isEmpty();
        assertThat(allowance.isExceeded()).isTrue();
    }

    @Test
    void bytesAreThoseOfUtf8AndNoCharacterIsSplit() {
        Allowance allowance = new Allowance(StreamLimits.DEFAULT.maxBytes(8), counters);
        assertThat(allowance.admit("aé", 1, HTTP)).isEqualTo("aé");
        assertThat(allowance.admit("€\uD83D\uDE00", 1, HTTP)).isEqualTo("€");
        assertThat(allowance.failure(LogFeed.Subject.job("j"))).hasMessageContaining("8 bytes (maxBytes)");
        assertThat(counters.snapshot().bytes()).isEqualTo(6);
    }
}
