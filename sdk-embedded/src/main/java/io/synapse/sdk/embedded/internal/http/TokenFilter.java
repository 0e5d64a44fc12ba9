package io.synapse.sdk.embedded.internal.http;

import io.synapse.sdk.embedded.internal.Sha256;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.MessageDigest;

/**
 * Lets in who knows the token. It stands before all routing, so that a stranger does not even learn which paths exist,
 * for requests and WebSocket handshakes alike. Digests are compared, which takes the same time whatever is sent.
 */
final class TokenFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    private final byte[] expected;

    TokenFilter(String token) {
        expected = Sha256.of(token);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse answer, FilterChain chain)
            throws IOException, ServletException {
        String given = request.getHeader("Authorization");
        if (given != null && MessageDigest.isEqual(expected, Sha256.of(given))) {
            chain.doFilter(request, answer);
            return;
        }
        String sentence = given == null
                ? "the Authorization header is missing; it must hold the agent's token"
                : "the token in the Authorization header is not the agent's";
        // A body that was not read is the end of its connection, which a caller must know before he reuses it.
        answer.setHeader("Connection", "close");
        Answers.json(answer, HttpServletResponse.SC_UNAUTHORIZED, Answers.detail(sentence));
    }
}
