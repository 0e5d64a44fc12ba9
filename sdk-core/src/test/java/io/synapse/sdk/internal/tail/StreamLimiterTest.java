package io.synapse.sdk.internal.tail;

import static io.synapse.sdk.TailProtocol.HTTP;
import static io.synapse.sdk.TailProtocol.WEBSOCKET;
import static org.assertj.core.api.Assertions.assertThat;

import io.synapse.sdk.StreamLimitExceededException;
import io.synapse.sdk.StreamLimits;
import io.synapse.sdk.TailProtocol;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Everything up to a limit is delivered; only what is beyond ends the stream. */
class StreamLimiterTest {
    private static final LogFeed.Subject JOB = LogFeed.Subject.job("j");

    @Test
    void exactlyTheLimitIsFine() {
        StreamLimiter lines = new StreamLimiter(StreamLimits.NONE.maxLines(2));
        assertThat(admit(lines, "a\nb\n", HTTP)).isEqualTo("a\nb\n");
        assertThat(lines.isExceeded()).isFalse();
        assertThat(admit(lines, "c", HTTP)).isEmpty();
        assertThat(lines.isExceeded()).isTrue();
    }

    @Test
    void linesBeyondTheLimitAreCutOff() {
        StreamLimiter limiter = new StreamLimiter(StreamLimits.NONE.maxLines(2));
        assertThat(admit(limiter, "a\nb\nc\n", HTTP)).isEqualTo("a\nb\n");
        StreamLimitExceededException failure = limiter.failure(JOB, new TailCounters(HTTP).snapshot());
        assertThat(failure).hasMessageContaining("job j").hasMessageContaining("2 lines (maxLines)");
        assertThat(failure.statusCode()).isEqualTo(429);
    }

    @Test
    void linesAreCountedOverHttpAndMessagesOverAWebSocket() {
        StreamLimiter limiter = new StreamLimiter(StreamLimits.NONE.maxLines(1).maxMessages(2));
        assertThat(admit(limiter, "a\nb\nc\n", WEBSOCKET)).hasSize(6);
        assertThat(admit(limiter, "d\n", WEBSOCKET)).hasSize(2);
        assertThat(limiter.isExceeded()).isFalse();
        assertThat(admit(limiter, "e\n", WEBSOCKET)).isEmpty();
        assertThat(limiter.failure(JOB, new TailCounters(HTTP).snapshot()))
                .hasMessageContaining("2 messages (maxMessages)");
    }

    @Test
    void bytesAreThoseOfUtf8AndNoCharacterIsSplit() {
        StreamLimiter limiter = new StreamLimiter(StreamLimits.NONE.maxBytes(8));
        assertThat(admit(limiter, "a\u00e9", HTTP)).isEqualTo("a\u00e9");
        assertThat(admit(limiter, "\u20ac\uD83D\uDE00", HTTP)).isEqualTo("\u20ac");
        assertThat(limiter.failure(JOB, new TailCounters(HTTP).snapshot())).hasMessageContaining("8 bytes (maxBytes)");
    }

    @Test
    void withoutLimitsNothingIsCounted() {
        StreamLimiter limiter = new StreamLimiter(StreamLimits.NONE);
        for (int i = 0; i < 100_000; i++) {
            assertThat(admit(limiter, "a\n", i % 2 == 0 ? HTTP : WEBSOCKET)).hasSize(2);
        }
        assertThat(limiter.isExceeded()).isFalse();
    }

    private static String admit(StreamLimiter limiter, String text, TailProtocol protocol) {
        byte[] bytes = ("xx" + text).getBytes(StandardCharsets.UTF_8);
        return new String(bytes, 2, limiter.admit(bytes, 2, bytes.length - 2, protocol), StandardCharsets.UTF_8);
    }
}
