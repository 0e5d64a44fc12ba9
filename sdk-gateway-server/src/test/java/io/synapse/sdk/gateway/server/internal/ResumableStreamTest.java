package io.synapse.sdk.gateway.server.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.synapse.sdk.gateway.server.Background;
import io.synapse.sdk.gateway.server.internal.GatewayFailure.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The messages of a stream have no gap: each is there, or the reader is told that it is not. */
class ResumableStreamTest {
    private static final StreamLimits THREE =
            new StreamLimits(3, 1 << 20, Duration.ofMinutes(10), Duration.ofSeconds(60));

    private static ResumableStream stream(StreamLimits limits) {
        return new ResumableStream("s", new byte[] {1}, "", limits, null);
    }

    private static void append(ResumableStream stream, int count) throws InterruptedException {
        for (int number = 1; number <= count; number++) {
            stream.append(Map.of("value", number));
        }
    }

    private static List<Long> read(StreamReader reader) throws InterruptedException {
        List<Long> numbers = new ArrayList<>();
        while (!reader.isOver()) {
            StreamEntry entry = reader.next(Duration.ofSeconds(10));
            if (entry != null) {
                numbers.add(entry.number());
            }
        }
        return numbers;
    }

    @Test
    void aReaderGoesOnAfterTheLastMessageThatItHas() throws Exception {
        ResumableStream stream = stream(StreamLimits.DEFAULT);
        append(stream, 5);
        stream.end(null, true);
        assertThat(read(stream.read(0))).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(read(stream.read(3))).containsExactly(4L, 5L);
        assertThat(read(stream.read(5))).isEmpty();
    }

    @Test
    void whatIsNotKeptAnyMoreOrWasNeverSentIsRefused() throws Exception {
        ResumableStream stream = stream(THREE);
        append(stream, 5); // 1 and 2 are thrown away, since nobody reads
        assertThatThrownBy(() -> stream.read(1)).matches(e -> ((GatewayFailure) e).kind() == Kind.GONE);
        assertThatThrownBy(() -> stream.read(6)).matches(e -> ((GatewayFailure) e).kind() == Kind.GONE);
        stream.end(null, true);
        assertThat(read(stream.read(2))).containsExactly(3L, 4L, 5L);
    }

    @Test
    void theWorkWaitsForASlowReaderInsteadOfLeavingItBehind() throws Exception {
        ResumableStream stream = stream(THREE);
        StreamReader reader = stream.read(0);
        CompletableFuture<Void> work = Background.run(() -> {
            try {
                append(stream, 100);
                stream.end(null, true);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        await().atMost(Duration.ofSeconds(10)).until(() -> stream.size() > 200);
        assertThat(work).isNotDone();
        assertThat(read(reader)).hasSize(100).doesNotHaveDuplicates().isSorted();
        work.join();
    }

    @Test
    void howItFailedComesAfterAllMessages() throws Exception {
        ResumableStream stream = stream(StreamLimits.DEFAULT);
        append(stream, 1);
        stream.end(new GatewayFailure(Kind.DEADLINE, "too slow"), true);
        StreamReader reader = stream.read(0);
        assertThat(reader.next(Duration.ZERO)).isNotNull();
        assertThatThrownBy(() -> reader.next(Duration.ZERO)).hasMessage("too slow");
    }

    @Test
    void aLineThatAKilledProcessLeftHalfWrittenIsNone(@TempDir Path folder) throws Exception {
        Path path = folder.resolve("s.jsonl");
        StreamFile file = StreamFile.create(path, "a request");
        file.append(new StreamEntry(1, "{\"a\":\"é😀\"}"));
        Files.writeString(path, "{\"n\":2,\"m\":{\"a\"", StandardOpenOption.APPEND);
        StreamFile.Content content = StreamFile.read(path);
        assertThat(content.request()).isEqualTo("a request");
        assertThat(content.entries()).containsExactly(new StreamEntry(1, "{\"a\":\"é😀\"}"));
        assertThat(content.over()).isFalse();

        StreamFile continued = StreamFile.continued(path, content.length());
        continued.append(new StreamEntry(2, "{\"a\":2}"));
        continued.end(new GatewayFailure(Kind.OVERLOADED, "busy").retryAfter(Duration.ofSeconds(2)), true);
        content = StreamFile.read(path);
        assertThat(content.entries()).hasSize(2);
        assertThat(content.over()).isTrue();
        assertThat(content.failure().message()).isEqualTo("busy");
        assertThat(content.failure().retryAfter()).hasValue(Duration.ofSeconds(2));
    }
}
