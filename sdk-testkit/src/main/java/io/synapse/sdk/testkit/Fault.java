package io.synapse.sdk.testkit;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * One thing that goes wrong with one request, to be given to {@link FaultProxy#next(Fault)} or
 * {@link FaultProxy#every(Fault)}.
 *
 * <pre>{@code
 * proxy.next(2, Fault.status(503));
 * proxy.next(Fault.loseReply().on("POST", "/jobs/"));
 * proxy.every(Fault.cutAfter(64_000).on("GET", "/jobs/train-1/logs/stream/"));
 * }</pre>
 *
 * <p>Unless it is narrowed down, a fault befalls whatever request comes first (the WebSocket faults: whatever WebSocket
 * handshake comes first). Immutable.
 */
public final class Fault {
    private final Effect effect;
    private final Predicate<ProxiedRequest> condition;

    private Fault(Effect effect, Predicate<ProxiedRequest> condition) {
        this.effect = effect;
        this.condition = condition;
    }

    private static Fault of(Effect effect) {
        return new Fault(effect, request -> true);
    }

    /**
     * The proxy answers by itself, with an empty body; the server never sees the request. The connection stays usable.
     *
     * @param status 200 to 599
     */
    public static Fault status(int status) {
        return status(status, Map.of(), "");
    }

    /**
     * The proxy answers by itself; the server never sees the request. The connection stays usable.
     *
     * @param status 200 to 599
     * @param headers sent as they are, for example {@code Retry-After}; Content-Length is added
     * @param body sent as UTF-8; left out where HTTP allows none (a reply to HEAD, status 204 and 304)
     */
    public static Fault status(int status, Map<String, String> headers, String body) {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("status must be 200 to 599, not " + status);
        }
        return of(new Effect.Answer(status, headers, body));
    }

    /** The request is never answered and the connection stays open; the server never sees the request. */
    public static Fault hang() {
        return of(new Effect.Swallow());
    }

    /** The connection ends with a FIN instead of an answer; the server never sees the request. */
    public static Fault disconnect() {
        return disconnect(Ending.FIN);
    }

    /** The connection ends as given instead of an answer; the server never sees the request. */
    public static Fault disconnect(Ending ending) {
        return of(new Effect.Disconnect(Objects.requireNonNull(ending)));
    }

    /**
     * The lost reply: the server gets the request, executes it and answers in full, and only then the client's
     * connection ends with a FIN, without one byte of that answer.
     */
    public static Fault loseReply() {
        return of(new Effect.LoseReply());
    }

    /** As {@link #cutAfter(long, Ending)}, with a FIN. */
    public static Fault cutAfter(long bytes) {
        return cutAfter(bytes, Ending.FIN);
    }

    /**
     * The connection ends as soon as it has brought the client so many bytes from the server, counted from the reply to
     * this request on: status line and headers count, and so do later replies on the same connection.
     *
     * @param bytes 0 or more; with 0 the client sees the end instead of the reply's first byte
     */
    public static Fault cutAfter(long bytes, Ending ending) {
        return of(new Effect.CutAfter(notNegative(bytes), Objects.requireNonNull(ending)));
    }

    /**
     * A lie at the end of a WebSocket: after so many bytes of frames, at the next end of a frame, the client gets a
     * proper Close frame with this code, then a FIN. The server sees the connection end.
     *
     * @param code the close code, 1000 ("normal") to 4999
     * @param afterBytes 0 or more; with 0 the Close frame follows the handshake
     */
    public static Fault webSocketClose(int code, long afterBytes) {
        if (code < 1000 || code > 4999) {
            throw new IllegalArgumentException("a close code is 1000 to 4999, not " + code);
        }
        return of(new Effect.CloseFrame(notNegative(afterBytes), code)).onWebSocket();
    }

    /** As {@link #halfFrame(long, Ending)}, with a FIN. */
    public static Fault halfFrame(long afterBytes) {
        return halfFrame(afterBytes, Ending.FIN);
    }

    /**
     * After so many bytes of WebSocket frames, the next frame is delivered by half (at least its first byte, never its
     * last), and the connection ends.
     *
     * @param afterBytes 0 or more; with 0 it is the first frame that is cut
     */
    public static Fault halfFrame(long afterBytes, Ending ending) {
        return of(new Effect.HalfFrame(notNegative(afterBytes), Objects.requireNonNull(ending)))
                .onWebSocket();
    }

    /**
     * Narrows the fault down to requests with this method and path.
     *
     * @param method in any case, or {@code *} for all
     * @param path as {@link ProxiedRequest#is(String, String)} takes it
     */
    public Fault on(String method, String path) {
        Objects.requireNonNull(path);
        String upperCase = method.toUpperCase(Locale.ROOT);
        return when(request -> request.is(upperCase, path));
    }

    /** Narrows the fault down to WebSocket handshakes. */
    public Fault onWebSocket() {
        return when(ProxiedRequest::isWebSocketHandshake);
    }

    /**
     * Narrows the fault down to requests for which the condition holds as well.
     *
     * @param condition called on the proxy's threads, one call at a time
     */
    public Fault when(Predicate<? super ProxiedRequest> condition) {
        return new Fault(effect, this.condition.and(condition));
    }

    boolean befalls(ProxiedRequest request) {
        return condition.test(request);
    }

    Effect effect() {
        return effect;
    }

    @Override
    public String toString() {
        return "Fault[" + effect + "]";
    }

    private static long notNegative(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("a number of bytes cannot be negative: " + bytes);
        }
        return bytes;
    }
}
