package io.synapse.sdk.agent.internal.tail;

import io.synapse.sdk.Endpoint;
import io.synapse.sdk.internal.http.HttpTransport;
import io.synapse.sdk.internal.tail.LogConnection;
import io.synapse.sdk.internal.tail.LogSink.Form;
import io.synapse.sdk.internal.tail.LogSource;
import io.synapse.sdk.internal.tail.TailContext;
import io.synapse.sdk.internal.tail.WebSocketLog;

/**
 * An agent's log over a WebSocket: one event a message.
 *
 * @param log the path of the log as a whole: {@code jobs/train-7/logs/}
 */
public record AgentWebSocketLog(String log) implements LogSource {
    @Override
    public LogConnection connection(HttpTransport transport, TailContext context, Resume from) {
        Endpoint<String> endpoint = Endpoint.get(log, String.class);
        AgentEvents events = new AgentEvents();
        return new WebSocketLog(
                transport.webSocket(AgentEvents.resumed(endpoint, from)),
                (bytes, start, length, sink) -> events.decode(bytes, start, length, Form.TEXT_OR_LINE, sink));
    }
}
