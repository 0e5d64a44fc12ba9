package io.synapse.sdk.gateway.server.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.synapse.sdk.gateway.server.internal.GatewayFailure.Kind;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A text that is made again after a restart of the gateway, as the reader of its stream sees it. */
class RestartableGenerationTest {
    private final ResumableStream stream = new ResumableStream("s", new byte[] {1}, "", StreamLimits.DEFAULT, null);
    private final List<StreamEntry> sent = new ArrayList<>();

    @BeforeEach
    void send() throws InterruptedException {
        ResumableStream before = new ResumableStream("s", new byte[] {1}, "", StreamLimits.DEFAULT, null);
        RestartableGeneration first = new RestartableGeneration(before, List.of(), Clock.systemUTC());
        first.accept("a");
        first.accept("b");
        first.restarted();
        first.accept("a");
        try (StreamReader reader = before.read(0)) {
            for (StreamEntry entry = reader.next(Duration.ZERO); entry != null; entry = reader.next(Duration.ZERO)) {
                sent.add(entry);
            }
        }
        assertThat(sent).hasSize(4);
        stream.restore(sent);
    }

    private List<String> fromNowOn() throws InterruptedException {
        List<String> all = new ArrayList<>();
        try (StreamReader reader = stream.read(4)) {
            for (StreamEntry entry = reader.next(Duration.ZERO); entry != null; entry = reader.next(Duration.ZERO)) {
                String type = String.valueOf(entry.fields().get("type"));
                all.add(type.equals("log") ? String.valueOf(entry.fields().get("content")) : type);
            }
        }
        return all;
    }

    @Test
    void whatIsTheSameGoesOn() throws Exception {
        Generation again = new RestartableGeneration(stream, sent, Clock.systemUTC());
        again.accept("a");
        again.accept("b");
        ((RestartableGeneration) again).restarted();
        again.accept("a");
        again.accept("c");

        assertThat(fromNowOn()).containsExactly("c");
    }

    @Test
    void whatDiffersBeginsAnewWithAllOfIt() throws Exception {
        Generation again = new RestartableGeneration(stream, sent, Clock.systemUTC());
        again.accept("a");
        again.accept("x");
        again.accept("y");
        again.result("axy", null);

        assertThat(fromNowOn()).containsExactly("restarted", "a", "x", "y", "result");
    }

    @Test
    void withoutLeaveWhatDiffersIsLost() {
        Generation again = new Generation(stream, sent, Clock.systemUTC());
        again.accept("a");

        assertThatExceptionOfType(GatewayFailure.class)
                .isThrownBy(() -> again.accept("x"))
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(Kind.GONE));
    }
}
