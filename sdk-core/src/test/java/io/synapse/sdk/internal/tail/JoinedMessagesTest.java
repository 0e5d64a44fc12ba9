package io.synapse.sdk.internal.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synapse.sdk.ClientException;
import io.synapse.sdk.ConnectionException;
import io.synapse.sdk.Failure;
import io.synapse.sdk.internal.tail.LogEvent.Form;
import io.synapse.sdk.internal.tail.LogEvent.Text;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Messages that are here already come as one; nothing else changes, and nothing waits. */
class JoinedMessagesTest {
    private static final Duration ANY = Duration.ofSeconds(1);

    private int most = Integer.MAX_VALUE;

    @Test
    void whatIsHereComesTogetherAndWhatIsNotDoesNotHoldItUp() throws IOException {
        LogConnection joined = joined(List.of(List.of(counted("a\n", 2), counted("b", 3)), List.of(counted("c", 4))));

        assertThat(joined.next(ANY)).isEqualTo(new Text("a\nb", 3, Form.EXACT, 2));
        assertThat(joined.next(ANY)).isEqualTo(counted("c", 4));
        assertThatThrownBy(() -> joined.next(ANY)).isInstanceOf(EOFException.class);
    }

    @Test
    void whatEndsALogComesAfterItsText() throws IOException {
        LogConnection joined = joined(counted("a", 1), counted("b", 2), new LogEvent.Complete(), counted("c", 3));

        assertThat(joined.next(ANY)).isEqualTo(new Text("ab", 2, Form.EXACT, 2));
        assertThat(joined.next(ANY)).isEqualTo(new LogEvent.Complete());
        assertThat(joined.next(ANY)).isEqualTo(counted("c", 3));
    }

    @Test
    void whatMayBeALineIsLeftAloneUntilANewlineSaysThatItIsNone() throws IOException {
        LogConnection joined =
                joined(uncounted("a"), uncounted("b"), uncounted("c\n"), uncounted("d"), uncounted("\ne"));

        assertThat(joined.next(ANY)).isEqualTo(uncounted("a"));
        assertThat(joined.next(ANY)).isEqualTo(uncounted("b"));
        assertThat(joined.next(ANY)).isEqualTo(new Text("c\nd\ne", Text.UNKNOWN, Form.TEXT_OR_LINE, 3));
    }

    @Test
    void linesAndWhatIsCountedInAnotherWayStayApart() throws IOException {
        Text line = new Text("line", Text.UNKNOWN, Form.LINE);
        Text exact = new Text("exact", Text.UNKNOWN, Form.EXACT);
        LogConnection joined = joined(line, line, exact, counted("c\n", 9), uncounted("d\n"), line);

        for (LogEvent expected : List.of(line, line, exact, counted("c\n", 9), uncounted("d\n"), line)) {
            assertThat(joined.next(ANY)).isEqualTo(expected);
        }
    }

    @Test
    void noMoreMessagesComeTogetherThanAreWanted() throws IOException {
        most = 2;
        LogConnection joined = joined(counted("a", 1), counted("b", 2), counted("c", 3));

        assertThat(joined.next(ANY)).isEqualTo(new Text("ab", 2, Form.EXACT, 2));
        assertThat(joined.next(ANY)).isEqualTo(counted("c", 3));
    }

    @Test
    void noMoreThanEnoughIsHeld() throws IOException {
        String much = "x".repeat(40 << 10);
        LogConnection joined = joined(counted(much, 1), counted(much, 2), counted(much, 3));

        assertThat(((Text) joined.next(ANY)).text()).hasSize(80 << 10);
        assertThat(((Text) joined.next(ANY)).text()).hasSize(40 << 10);
    }

    @Test
    void aFailureComesAfterTheTextBeforeIt() throws IOException {
        LogConnection joined = joined(counted("a", 1), counted("b", 2), new LogEvent.Error("poll fails here"));

        assertThat(joined.next(ANY)).isEqualTo(new Text("ab", 2, Form.EXACT, 2));
        assertThatThrownBy(() -> joined.next(ANY)).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> joined.next(ANY)).isInstanceOf(ProtocolException.class);
    }

    private static Text counted(String text, long offset) {
        return new Text(text, offset, Form.EXACT);
    }

    private static Text uncounted(String text) {
        return new Text(text, Text.UNKNOWN, Form.TEXT_OR_LINE);
    }

    private LogConnection joined(LogEvent... together) {
        return joined(List.of(List.of(together)));
    }

    private LogConnection joined(List<List<LogEvent>> arrivals) {
        return new JoinedMessages(new Scripted(arrivals), () -> most);
    }

    /** Events that arrive in groups; it breaks after the last. */
    private static final class Scripted implements LogConnection {
        private final Queue<List<LogEvent>> arrivals;
        private final Queue<LogEvent> here = new ArrayDeque<>();

        Scripted(List<List<LogEvent>> arrivals) {
            this.arrivals = new ArrayDeque<>(arrivals);
        }

        @Override
        public boolean open() {
            return true;
        }

        @Override
        public LogEvent next(Duration timeout) throws IOException {
            if (here.isEmpty()) {
                List<LogEvent> arrived = arrivals.poll();
                if (arrived == null) {
                    throw new EOFException();
                }
                here.addAll(arrived);
            }
            return here.remove();
        }

        @Override
        public @Nullable LogEvent poll() throws IOException {
            if (here.peek() instanceof LogEvent.Error) {
                throw new ProtocolException("not a proper WebSocket");
            }
            return here.poll();
        }

        @Override
        public ClientException explain(IOException failure) {
            return new ConnectionException(Failure.of(503, "broken"), failure);
        }

        @Override
        public void abort() {}

        @Override
        public void close() {}
    }
}
