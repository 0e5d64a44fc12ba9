package io.synapse.sdk.testkit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A request that reached a {@link FaultProxy}. Immutable.
 *
 * @param method for example {@code GET}
 * @param target path and query, as the client sent them
 * @param headers every value of every header, in the order sent; names in any case
 */
public record ProxiedRequest(String method, String target, Map<String, List<String>> headers) {

    /** Copies the headers. */
    public ProxiedRequest {
        Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, values) ->
                copy.computeIfAbsent(name, any -> new ArrayList<>()).addAll(values));
        copy.replaceAll((name, values) -> List.copyOf(values));
        headers = Collections.unmodifiableMap(copy);
    }

    /** The target without its query, percent-encoding as sent. */
    public String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /** The first value of a header, whatever the case of its name. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    /**
     * Whether the request has this method and path.
     *
     * @param method in upper case, or {@code *} for all
     * @param path the whole {@link #path()}; a {@code *} in it stands for any text without a slash
     */
    public boolean is(String method, String path) {
        return (method.equals("*") || method.equals(this.method))
                && glob(path).matcher(path()).matches();
    }

    /** Whether the request asks to turn the connection into a WebSocket. */
    public boolean isWebSocketHandshake() {
        return header("Upgrade").filter("websocket"::equalsIgnoreCase).isPresent();
    }

    /** Whether the reply may turn the connection into something that is not HTTP. */
    boolean asksToUpgrade() {
        return header("Upgrade").isPresent();
    }

    /** Method and target only: headers hold credentials, which have no business in a test report. */
    @Override
    public String toString() {
        return method + " " + target;
    }

    private static Pattern glob(String path) {
        return Pattern.compile(Pattern.quote(path).replace("*", "\\E[^/]*\\Q"));
    }
}
