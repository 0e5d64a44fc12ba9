package io.synapse.sdk.embedded.internal.http;

import io.synapse.sdk.embedded.internal.Sha256;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lets in who knows the token, and no web page of another origin. It stands before all routing, so that a stranger does
 * not even learn which paths exist, for requests and WebSocket handshakes alike. Digests are compared, which takes the
 * same time whatever is sent.
 */
final class CallerFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final String OVERRIDE = "X-HTTP-Method-Override";
    private static final Pattern LOOPBACK =
            Pattern.compile("(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d{1,5})?", Pattern.CASE_INSENSITIVE);

    private final byte[] expected;
    private final boolean isLoopback;

    /**
     * A filter.
     *
     * @param host the address that the agent listens on
     */
    CallerFilter(String token, String host) {
        expected = Sha256.of(token);
        isLoopback =
                LOOPBACK.matcher(host.contains(":") ? "[" + host + "]" : host).matches();
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse answer, FilterChain chain)
            throws IOException, ServletException {
        String given = request.getHeader("Authorization");
        String host = String.valueOf(request.getHeader("Host"));
        String origin = request.getHeader("Origin");
        if (given == null) {
            refuse(answer, 401, "the Authorization header is missing; it must hold the agent's token");
        } else if (!MessageDigest.isEqual(expected, Sha256.of(given))) {
            refuse(answer, 401, "the token in the Authorization header is not the agent's");
        } else if (isLoopback && !LOOPBACK.matcher(host).matches()) {
            // a name that a web page has made to mean this machine
            refuse(answer, 403, "this agent listens on loopback only, and is not called " + host);
        } else if (origin != null && !origin.equalsIgnoreCase("http://" + host)) {
            refuse(answer, 403, "this agent takes no calls of web pages of " + origin);
        } else {
            chain.doFilter(new PlainMethod(request), answer);
        }
    }

    private static void refuse(HttpServletResponse answer, int status, String sentence) throws IOException {
        // A body that was not read is the end of its connection, which a caller must know before he reuses it.
        answer.setHeader("Connection", "close");
        Answers.json(answer, status, Answers.detail(sentence));
    }

    /** A request whose method is the one that it was sent with. */
    private static final class PlainMethod extends HttpServletRequestWrapper {
        PlainMethod(HttpServletRequest request) {
            super(request);
        }

        @Override
        public @Nullable String getHeader(String name) {
            return name.equalsIgnoreCase(OVERRIDE) ? null : super.getHeader(name);
        }
    }
}
