package io.synapse.sdk.gateway.server.internal.http;

import io.synapse.sdk.gateway.server.internal.GatewayFailure;
import io.synapse.sdk.gateway.server.internal.Json;
import io.synapse.sdk.gateway.server.internal.StreamEntry;
import io.synapse.sdk.gateway.server.internal.StreamReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes a stream as server-sent events whose id is {@code <stream>:<number>} (wire/gateway.md, section 7). A comment now
 * and then shows whether the reader is still there.
 *
 * @param reader where the messages come from
 * @param output where they go
 * @param heartbeat the silence after which a comment is sent
 * @param isContinuedLater whether a stream that the gateway's end cuts goes on with the next gateway
 */
record EventResponse(StreamReader reader, OutputStream output, Duration heartbeat, BooleanSupplier isContinuedLater) {
    private static final char LAST_ASCII = '~';

    /** Writes all to the end. */
    void write() throws IOException, InterruptedException {
        try {
            while (!reader.isOver()) {
                StreamEntry entry = reader.next(heartbeat);
                if (entry != null) {
                    send("id: " + reader.stream() + ":" + entry.number() + "\n" + data(entry.json()));
                } else if (!reader.isOver()) {
                    send(":\n\n");
                }
            }
        } catch (GatewayFailure failure) {
            if (!isContinuedLater.getAsBoolean()) { // else the cut tells the reader to ask again
                send(data(failed(failure)));
            }
        }
    }

    /** The work was ended before it could say so itself. */
    private static String failed(GatewayFailure failure) {
        Map<String, @Nullable Object> event = new LinkedHashMap<>();
        event.put("event", "failed");
        event.put("error", failure.message());
        event.putAll(failure.fields());
        return Json.text(event);
    }

    private static String data(String json) {
        return "data: " + ascii(json) + "\n\n";
    }

    /** The same JSON in ASCII, as the original writes it: what is beyond is in texts only. */
    private static String ascii(String json) {
        StringBuilder ascii = new StringBuilder(json.length());
        for (int index = 0; index < json.length(); index++) {
            char next = json.charAt(index);
            if (next <= LAST_ASCII) {
                ascii.append(next);
            } else {
                ascii.append("\\u%04x".formatted((int) next));
            }
        }
        return ascii.toString();
    }

    private void send(String text) throws IOException {
        output.write(text.getBytes(StandardCharsets.US_ASCII));
        output.flush();
    }
}
