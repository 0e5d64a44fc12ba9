package io.synapse.sdk.embedded.internal.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Lets in who knows the token. It stands before every route and before every WebSocket handshake, known or not, so that
 * a stranger learns nothing. Digests are compared, which takes the same time whatever the caller sends.
 */
final class TokenCheck implements Handler {
    private final byte[] expected;

    TokenCheck(String token) {
        expected = digest(token);
    }

    @Override
    public void handle(Context request) {
        String given = request.header("Authorization");
        if (given == null) {
            throw new RefusedException(401, "the Authorization header is missing; it must hold the agent's token");
        }
        if (!MessageDigest.isEqual(expected, digest(given))) {
            throw new RefusedException(401, "the token in the Authorization header is not the agent's");
        }
    }

    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
