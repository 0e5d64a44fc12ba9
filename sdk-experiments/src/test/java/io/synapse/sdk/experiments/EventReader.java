package io.synapse.sdk.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.synapse.sdk.experiments.internal.Json;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** Reads a stream of events, as a client does. */
final class EventReader implements AutoCloseable {
    private final InputStream body;
    private final BufferedReader lines;

    /** An event; the id and the name are null where there is none. */
    record Event(String id, String name, JsonNode data) {
        String type() {
            return data.path("type").asText();
        }
    }

    EventReader(Caller caller, String path, String after) throws IOException, InterruptedException {
        var request = caller.request(path).header("Accept", "text/event-stream");
        if (after != null) {
            request.header("Last-Event-ID", after);
        }
        HttpResponse<InputStream> response = caller.open(request.build());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream; charset=utf-8");
        body = response.body();
        lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }

    Event next() throws IOException {
        String id = null;
        String name = null;
        String data = null;
        while (true) {
            String line = lines.readLine();
            if (line == null) {
                throw new EOFException("the stream has ended");
            } else if (line.isEmpty()) {
                if (data != null) {
                    return new Event(id, name, Json.tree(data));
                }
            } else if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("event: ")) {
                name = line.substring(7);
            } else if (line.startsWith("data: ")) {
                data = line.substring(6);
            }
        }
    }

    /** The next of that type. */
    Event next(String type) throws IOException {
        Event event = next();
        while (!event.type().equals(type)) {
            event = next();
        }
        return event;
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
