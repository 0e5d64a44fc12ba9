package io.synapse.sdk.agent.internal.tail;

import static org.assertj.core.api.Assertions.assertThat;

import io.synapse.sdk.JobStatus;
import io.synapse.sdk.LogStream;
import io.synapse.sdk.RetryPolicy;
import io.synapse.sdk.TailOptions;
import io.synapse.sdk.TailProtocol;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Agents that do not count and start over on every connection: the same lines as in the log, whatever they take for a
 * message, wherever connections are cut and however they end.
 */
class AgentWithoutOffsetsTest {
    private static final String LOG = log();
    private static final List<String> LINES = List.of(LOG.split("\n"));
    private static final int ROUNDS = 40;

    /** What an agent takes for a message. */
    enum Framing {
        /** One line, without its end. */
        LINES {
            @Override
            List<String> messages(String text, boolean json, Random random) {
                return List.of(text.split("\n"));
            }
        },
        /** Any piece of the text, cut anew each time. */
        PIECES {
            @Override
            List<String> messages(String text, boolean json, Random random) {
                List<String> pieces = new ArrayList<>();
                for (int from = 0; from < text.length(); ) {
                    int to = Math.min(text.length(), from + 1 + random.nextInt(30));
                    to += !json && Character.isHighSurrogate(text.charAt(to - 1)) ? 1 : 0;
                    pieces.add(text.substring(from, to));
                    from = to;
                }
                return pieces;
            }
        };

        /** JSON may be cut between the halves of a character, bare text may not. */
        abstract List<String> messages(String text, boolean json, Random random);
    }

    static Stream<Arguments> agents() {
        return Stream.of(TailProtocol.values())
                .flatMap(protocol -> Stream.of(
                        Arguments.of(protocol, Framing.LINES, true),
                        Arguments.of(protocol, Framing.PIECES, true),
                        Arguments.of(protocol, Framing.LINES, false),
                        Arguments.of(protocol, Framing.PIECES, false)));
    }

    @ParameterizedTest(name = "{0}, {1}, JSON: {2}")
    @MethodSource("agents")
    void theSameLinesAcrossConnections(TailProtocol protocol, Framing framing, boolean json) throws IOException {
        for (int round = 0; round < ROUNDS; round++) {
            CuttingAgent script = new CuttingAgent(framing, json, new Random(round));
            try (ScriptedAgent agent = new ScriptedAgent(script);
                    TailClient client = impatient(agent)) {
                script.agent = agent;
                try (LogStream log = client.tail("j", options(protocol))) {
                    assertThat(log.stream()).as("round %d", round).containsExactlyElementsOf(LINES);
                    assertThat(log.finalStatus()).contains(JobStatus.SUCCEEDED);
                    assertThat(log.statistics().shortenedLines()).isZero();
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}, {1}, JSON: {2}")
    @MethodSource("agents")
    void theSameTextAcrossConnections(TailProtocol protocol, Framing framing, boolean json) throws IOException {
        for (int round = 100; round < 100 + ROUNDS / 4; round++) {
            CuttingAgent script = new CuttingAgent(framing, json, new Random(round));
            try (ScriptedAgent agent = new ScriptedAgent(script);
                    TailClient client = impatient(agent)) {
                script.agent = agent;
                ByteArrayOutputStream text = new ByteArrayOutputStream();
                try (LogStream log = client.tail("j", options(protocol))) {
                    assertThat(log.transferTo(text)).isEqualTo(text.size());
                }
                assertThat(text.toString(StandardCharsets.UTF_8))
                        .as("round %d", round)
                        .isIn(LOG, LOG + "\n");
            }
        }
    }

    private static TailClient impatient(ScriptedAgent agent) {
        return TailClient.builder(agent.url())
                .retryPolicy(RetryPolicy.DEFAULT
                        .maxAttempts(4)
                        .initialDelay(Duration.ofMillis(1))
                        .maxDelay(Duration.ofMillis(1))
                        .maxRetryAfter(Duration.ZERO))
                .build();
    }

    private static TailOptions options(TailProtocol protocol) {
        return TailOptions.DEFAULT.protocol(protocol).reconnectTimeout(Duration.ofSeconds(20));
    }

    private static String log() {
        Random random = new Random(42);
        StringBuilder log = new StringBuilder("first line\n\n");
        for (int line = 0; line < 120; line++) {
            log.append("line ").append(line).append(' ').append("αβγ😀x".repeat(random.nextInt(4)));
            log.append(random.nextInt(10) == 0 ? "\n\n" : "\n");
        }
        return log.append("50%\r70%\r100%\nlast").toString();
    }

    /** Repeats the log on each connection, each time a little further, and ends each in another way. */
    private static final class CuttingAgent implements ScriptedAgent.Script {
        private final Framing framing;
        private final boolean json;
        private final Random random;
        private int reach;
        ScriptedAgent agent;

        CuttingAgent(Framing framing, boolean json, Random random) {
            this.framing = framing;
            this.json = json;
            this.random = random;
        }

        @Override
        public synchronized void play(int number, ScriptedAgent.LogReply reply) throws IOException {
            List<String> messages = messages(reply.isWebSocket());
            reach += 1 + random.nextInt(messages.size());
            boolean whole = reach >= messages.size();
            if (whole) {
                agent.status = "SUCCEEDED";
            }
            reply.accept();
            for (String message : messages.subList(0, Math.min(reach, messages.size()))) {
                reply.send(event(message));
            }
            if (whole && json) {
                reply.send("{\"type\": \"complete\"}");
            }
            if (whole) {
                reply.end();
            } else {
                stopHalfway(reply, messages.get(reach));
            }
        }

        private void stopHalfway(ScriptedAgent.LogReply reply, String next) throws IOException {
            switch (random.nextInt(4)) {
                case 0 -> reply.end(); // a lie
                case 1 -> reply.cutWithin(event(next));
                case 2 -> reply.reset();
                default -> reply.socket.close();
            }
        }

        /** Bare text over HTTP comes in lines, whatever the agent takes for a message. */
        private List<String> messages(boolean webSocket) {
            return !json && !webSocket
                    ? Framing.LINES.messages(LOG, json, random)
                    : framing.messages(LOG, json, random);
        }

        private String event(String message) {
            return json ? "{\"type\": \"log\", \"message\": " + quoted(message) + "}" : message;
        }

        private static String quoted(String text) {
            StringBuilder json = new StringBuilder("\"");
            for (char c : text.toCharArray()) {
                json.append(
                        c >= ' ' && c < 0x7F && c != '"' && c != '\\'
                                ? String.valueOf(c)
                                : String.format("\\u%04x", (int) c));
            }
            return json.append('"').toString();
        }
    }
}
