package io.synapse.sdk.agent.internal.tail;

import io.synapse.sdk.Endpoint;
import io.synapse.sdk.internal.http.HttpLines;
import io.synapse.sdk.internal.http.HttpTransport;
import io.synapse.sdk.internal.tail.LogConnection;
import io.synapse.sdk.internal.tail.LogSource;

/**
 * An agent's log over HTTP: one event a line.
 *
 * @param log the path of the log as a whole: {@code jobs/train-7/logs/}
 */
public record AgentHttpLog(String log) implements LogSource {
    @Override
    public LogConnection connection(HttpTransport transport, Resume from) {
        // Compressed, events would wait in the compressor until there are enough of them.
        Endpoint<String> endpoint = Endpoint.get(log + "stream/", String.class).header("Accept-Encoding", "identity");
        Endpoint<String> resumed = Resumption.of(endpoint, from);
        return new AgentHttpEvents(
                new HttpLines(transport.stream(resumed, transport.settings().readTimeout())));
    }
}
