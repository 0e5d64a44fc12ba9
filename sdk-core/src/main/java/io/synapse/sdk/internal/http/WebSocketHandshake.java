package io.synapse.sdk.internal.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/** Asks for a WebSocket and checks the answer (RFC 6455, section 4). No extensions are offered. */
final class WebSocketHandshake {
    /** RFC 6455, section 1.3. */
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private static final int KEY_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String key;

    WebSocketHandshake() {
        byte[] random = new byte[KEY_BYTES];
        RANDOM.nextBytes(random);
        key = Base64.getEncoder().encodeToString(random);
    }

    Map<String, String> headers() {
        return Map.of(
                "Upgrade", "websocket",
                "Connection", "Upgrade",
                "Sec-WebSocket-Key", key,
                "Sec-WebSocket-Version", "13");
    }

    /** Why an answer is no WebSocket; null when it is one. */
    @Nullable
    String refusal(ClassicHttpResponse answer) {
        boolean isAccepted = answer.getCode() == HttpStatus.SC_SWITCHING_PROTOCOLS
                && "websocket".equalsIgnoreCase(value(answer, "Upgrade"))
                && expectedAccept().equals(value(answer, "Sec-WebSocket-Accept"));
        return isAccepted ? null : "that is not a WebSocket";
    }

    private static @Nullable String value(ClassicHttpResponse answer, String name) {
        Header header = answer.getFirstHeader(name);
        return header == null ? null : header.getValue().strip();
    }

    private String expectedAccept() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-1", e);
        }
    }
}
