package io.synapse.sdk.benchmarks.server;

import java.util.Locale;

/**
 * The head of a request; none of those that come here has a body.
 *
 * @param path its path, without the slashes around it
 * @param query its query, as it is
 * @param webSocketKey the key of a WebSocket handshake; empty for any other request
 */
record RequestHead(String path, String query, String webSocketKey) {
    private static final String KEY_HEADER = "sec-websocket-key:";

    static RequestHead parse(String head) {
        String target = head.substring(head.indexOf(' ') + 1, head.indexOf(' ', head.indexOf(' ') + 1));
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        return new RequestHead(
                path.replaceAll("^/|/$", ""), question < 0 ? "" : target.substring(question + 1), webSocketKey(head));
    }

    private static String webSocketKey(String head) {
        int at = head.toLowerCase(Locale.ROOT).indexOf(KEY_HEADER);
        if (at < 0) {
            return "";
        }
        int from = at + KEY_HEADER.length();
        return head.substring(from, head.indexOf('\r', from)).strip();
    }
}
