package io.synapse.sdk.internal.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import okhttp3.Headers;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.enums.HandshakeState;
import org.java_websocket.enums.Role;
import org.java_websocket.exceptions.InvalidHandshakeException;
import org.java_websocket.handshake.HandshakeImpl1Client;
import org.java_websocket.handshake.HandshakeImpl1Server;

/** The headers that turn an HTTP connection into a WebSocket (RFC 6455, section 4), and the check of the reply. */
final class WebSocketHandshake {
    /** The longest message: more memory than this is not given to one. */
    static final int MAX_MESSAGE_BYTES = 16 << 20;

    private final Draft_6455 draft;
    private final HandshakeImpl1Client request = new HandshakeImpl1Client();

    WebSocketHandshake() {
        draft = new Draft_6455(List.of(), MAX_MESSAGE_BYTES);
        draft.setParseMode(Role.CLIENT);
        draft.postProcessHandshakeRequestAsClient(request);
    }

    /** What the request says on top of its other headers; no extensions are offered. */
    Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        request.iterateHttpFields().forEachRemaining(name -> headers.put(name, request.getFieldValue(name)));
        return headers;
    }

    /** Whether the reply fits the request. */
    boolean isAcceptedBy(Headers reply) {
        HandshakeImpl1Server response = new HandshakeImpl1Server();
        reply.names().forEach(name -> response.put(name, reply.get(name)));
        try {
            return draft.acceptHandshakeAsClient(request, response) == HandshakeState.MATCHED;
        } catch (InvalidHandshakeException e) {
            return false;
        }
    }

    /** The frames of this connection. */
    Draft_6455 frames() {
        return draft;
    }
}
