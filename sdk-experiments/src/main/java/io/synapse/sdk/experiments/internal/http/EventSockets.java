package io.synapse.sdk.experiments.internal.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.config.RoutesConfig;
import io.javalin.websocket.WsConnectContext;
import io.javalin.websocket.WsMessageContext;
import io.synapse.sdk.embedded.internal.DaemonThreads;
import io.synapse.sdk.experiments.internal.Json;
import io.synapse.sdk.experiments.internal.event.EventStreams;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * {@code /api/ws}: events over a WebSocket, of the channels that a client wants; all of them at first
 * (wire/experiments.md, section 4). They have no ids there, so a client that must miss nothing reads a stream instead.
 */
public final class EventSockets {
    private static final Set<String> CHANNELS = Set.of(EventSocket.ALL, "queue", "devices", "runs", "nodes");

    private final EventStreams streams;
    private final ExecutorService writers =
            Executors.newCachedThreadPool(new DaemonThreads("experiments-event-socket"));
    private final Map<String, EventSocket> sockets = new ConcurrentHashMap<>();

    /** Sockets with these events. */
    public EventSockets(EventStreams streams) {
        this.streams = streams;
    }

    /** Adds the route. */
    public void register(RoutesConfig routes) {
        routes.ws("/api/ws", socket -> {
            socket.onConnect(this::open);
            socket.onMessage(this::answer);
            socket.onClose(context -> close(context.sessionId()));
            socket.onError(context -> close(context.sessionId()));
        });
    }

    private void open(WsConnectContext context) {
        EventSocket socket = new EventSocket(context.session, streams);
        sockets.put(context.sessionId(), socket);
        writers.execute(socket);
    }

    private void close(String session) {
        EventSocket socket = sockets.remove(session);
        if (socket != null) {
            socket.close();
        }
    }

    private void answer(WsMessageContext context) {
        EventSocket socket = sockets.get(context.sessionId());
        if (socket != null) {
            socket.answer(answer(socket, context.message()));
        }
    }

    private Map<String, Object> answer(EventSocket socket, String message) {
        JsonNode request;
        try {
            request = Json.MAPPER.readTree(message);
        } catch (JsonProcessingException e) {
            return Map.of("type", "error", "message", "Invalid JSON format");
        }
        String type = request.path("type").asText();
        return switch (type) {
            case "ping" -> document("pong", "timestamp", Instant.now().toString());
            case "subscribe", "unsubscribe" ->
                subscribe(socket, type, request.path("channel").asText());
            case "status" -> document("status", "data", status());
            default -> Map.of("type", "error", "message", "Unknown message type: " + type);
        };
    }

    private static Map<String, Object> subscribe(EventSocket socket, String type, String channel) {
        if (!CHANNELS.contains(channel)) {
            return Map.of("type", "error", "message", "Unknown channel: " + channel);
        }
        boolean isWanted = type.equals("subscribe");
        socket.want(channel, isWanted);
        return document(isWanted ? "subscribed" : "unsubscribed", "channel", channel);
    }

    private Map<String, Object> status() {
        List<Map<String, Object>> connections = sockets.values().stream()
                .map(socket -> Map.<String, Object>of("channels", socket.channels()))
                .toList();
        return Map.of("total_connections", connections.size(), "connections", connections);
    }

    private static Map<String, Object> document(String type, String name, Object value) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("type", type);
        document.put(name, value);
        return document;
    }
}
