package io.synapse.sdk.gateway.server.internal;

import io.synapse.sdk.gateway.server.internal.GatewayFailure.Kind;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts what is made into a stream of messages (wire/gateway.md, section 4). After a restart of the gateway it is made
 * again; then the first messages must be those that were sent already, else the stream is lost.
 */
final class Generation implements ProgressConsumer {
    private static final String TIMESTAMP = "timestamp";
    private static final double COMPLETE = 100;

    private final ResumableStream stream;
    private final List<StreamEntry> already;
    private final Clock clock;
    private int made;

    Generation(ResumableStream stream, List<StreamEntry> already, Clock clock) {
        this.stream = stream;
        this.already = already;
        this.clock = clock;
    }

    @Override
    public void accept(String piece) {
        add(message("log", piece, 0));
    }

    @Override
    public void accept(String piece, double percent) {
        add(message("progress", piece, percent));
    }

    /** The last message. */
    void result(String content, @Nullable Integer exitCode) {
        Map<String, @Nullable Object> message = message("result", content, COMPLETE);
        if (exitCode != null) {
            message.put("exit_code", exitCode);
        }
        message.put("final", true);
        add(message);
    }

    private Map<String, @Nullable Object> message(String type, String content, double percent) {
        Map<String, @Nullable Object> message = new LinkedHashMap<>();
        message.put("type", type);
        message.put("content", content);
        message.put("progress_percent", percent);
        message.put(TIMESTAMP, clock.millis());
        return message;
    }

    private void add(Map<String, @Nullable Object> message) {
        if (made < already.size()) {
            requireSame(already.get(made++).fields(), message);
            return;
        }
        try {
            stream.append(message);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GatewayFailure(Kind.CANCELLED, "it was cancelled");
        }
    }

    private static void requireSame(Map<String, @Nullable Object> sent, Map<String, @Nullable Object> made) {
        Map<String, @Nullable Object> again = new LinkedHashMap<>(made);
        again.put(TIMESTAMP, sent.get(TIMESTAMP));
        if (!again.equals(sent)) {
            throw new GatewayFailure(
                            Kind.GONE,
                            "the stream is lost: the gateway was restarted, and what it makes now is not what was sent")
                    .mayHaveRun(true);
        }
    }
}
