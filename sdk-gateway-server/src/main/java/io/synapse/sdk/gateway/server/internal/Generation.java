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
class Generation implements ProgressConsumer {
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

    final Map<String, @Nullable Object> message(String type, String content, double percent) {
        Map<String, @Nullable Object> message = new LinkedHashMap<>();
        message.put("type", type);
        message.put("content", content);
        message.put("progress_percent", percent);
        message.put(TIMESTAMP, clock.millis());
        return message;
    }

    final void add(Map<String, @Nullable Object> message) {
        if (made < already.size()) {
            if (isSame(already.get(made).fields(), message)) {
                made++;
                return;
            }
            List<StreamEntry> again = already.subList(0, made);
            made = already.size();
            differs(again);
        }
        append(message);
    }

    /**
     * What is made now is not what was sent.
     *
     * @param again what was sent and made again until here
     * @throws GatewayFailure when the stream cannot go on
     */
    void differs(List<StreamEntry> again) {
        throw new GatewayFailure(
                        Kind.GONE,
                        "the stream is lost: the gateway was restarted, and what it makes now is not what was sent")
                .mayHaveRun(true);
    }

    /** Adds a message after all that was sent. */
    final void append(Map<String, @Nullable Object> message) {
        try {
            stream.append(message);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GatewayFailure(Kind.CANCELLED, "it was cancelled");
        }
    }

    private static boolean isSame(Map<String, @Nullable Object> sent, Map<String, @Nullable Object> made) {
        Map<String, @Nullable Object> again = new LinkedHashMap<>(made);
        again.put(TIMESTAMP, sent.get(TIMESTAMP));
        return again.equals(sent);
    }
}
