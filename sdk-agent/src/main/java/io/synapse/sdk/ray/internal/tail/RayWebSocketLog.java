package io.synapse.sdk.ray.internal.tail;

import io.synapse.sdk.Endpoint;
import io.synapse.sdk.internal.http.HttpTransport;
import io.synapse.sdk.internal.tail.LogConnection;
import io.synapse.sdk.internal.tail.LogSink;
import io.synapse.sdk.internal.tail.LogSource;
import io.synapse.sdk.internal.tail.TailContext;
import io.synapse.sdk.internal.tail.WebSocketLog;

/**
 * A job's log over the dashboard's WebSocket: text from the beginning on every connection, in which a carriage return
 * has become a newline. Its end proves nothing: a line above 4 MiB or an invalid byte ends it just as the job's end does
 * (wire/ray.md, section 1).
 *
 * @param job the id of the job
 */
public record RayWebSocketLog(String job) implements LogSource {
    @Override
    public LogConnection connection(HttpTransport transport, TailContext context, Resume from) {
        Endpoint<String> endpoint = Endpoint.get(Endpoint.path("api/jobs/{}/logs/tail", job), String.class);
        return new WebSocketLog(transport.webSocket(endpoint), (bytes, start, length, sink) -> {
            sink.text(bytes, start, length, LogSink.UNKNOWN, LogSink.Form.EXACT);
            return true;
        });
    }
}
