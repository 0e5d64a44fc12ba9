package io.synapse.sdk.embedded.internal.http;

import io.synapse.sdk.internal.value.Sha256;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Lets in who knows the token, and no web page of another origin. It stands before all else, so that a stranger does not
 * even learn which paths exist, for requests and WebSocket handshakes alike. Digests are compared, which takes the same
 * time whatever is sent.
 */
final class CallerHandler extends Handler.Wrapper {
    private static final String OVERRIDE = "X-HTTP-Method-Override";
    private static final Pattern LOOPBACK =
            Pattern.compile("(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d{1,5})?", Pattern.CASE_INSENSITIVE);

    private final byte[] expected;
    private final String owner;
    private final ErrorForm errors;
    private final boolean isLoopback;
    private final NewConnections connections;

    CallerHandler(GuardedServer.Settings settings, NewConnections connections) {
        String host = settings.host();
        this.expected = Sha256.bytesOf(settings.authorization());
        this.owner = settings.owner();
        this.errors = settings.errors();
        this.isLoopback =
                LOOPBACK.matcher(host.contains(":") ? "[" + host + "]" : host).matches();
        this.connections = connections;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        HttpFields headers = request.getHeaders();
        Optional<Refusal> refusal = refusal(headers);
        if (refusal.isPresent()) {
            refusal.get().send(request, response, callback, errors);
            return true;
        }
        connections.accept(request.getConnectionMetaData().getConnection().getEndPoint());
        return super.handle(new PlainMethod(request), response, callback);
    }

    private Optional<Refusal> refusal(HttpFields headers) {
        String given = headers.get(HttpHeader.AUTHORIZATION);
        String host = String.valueOf(headers.get(HttpHeader.HOST));
        String origin = headers.get(HttpHeader.ORIGIN);
        if (given == null) {
            return Refusal.of(401, "the Authorization header is missing; it must hold the " + owner + "'s token");
        }
        if (!MessageDigest.isEqual(expected, Sha256.bytesOf(given))) {
            return Refusal.of(401, "the token in the Authorization header is not the " + owner + "'s");
        }
        if (isLoopback && !LOOPBACK.matcher(host).matches()) {
            // a name that a web page has made to mean this machine
            return Refusal.of(403, "this " + owner + " listens on loopback only, and is not called " + host);
        }
        if (origin != null && !origin.equalsIgnoreCase("http://" + host)) {
            return Refusal.of(403, "this " + owner + " takes no calls of web pages of " + origin);
        }
        return Optional.empty();
    }

    /** A request whose method is the one that it was sent with, whatever Javalin thinks of a header. */
    private static final class PlainMethod extends Request.Wrapper {
        private final HttpFields headers;

        PlainMethod(Request request) {
            super(request);
            HttpFields given = request.getHeaders();
            headers = given.contains(OVERRIDE)
                    ? HttpFields.build(given).remove(OVERRIDE).asImmutable()
                    : given;
        }

        @Override
        public HttpFields getHeaders() {
            return headers;
        }
    }
}
