package io.synapse.sdk.benchmarks.server;

import java.util.Locale;

/**
 * The head of a request.
 *
 * @param path its path, without the slashes around it
 * @param query its query, as it is
 * @param webSocketKey the key of a WebSocket handshake; empty for any other request
 */
record RequestHead(String path, String query, String webSocketKey) {
    private static final String KEY_HEADER = "sec-websocket-key:";
    private static final String LENGTH_HEADER = "\r\ncontent-length:";

    static RequestHead parse(String head) {
        String target = head.substring(head.indexOf(' ') + 1, head.indexOf(' ', head.indexOf(' ') + 1));
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        return new RequestHead(
                path.replaceAll("^/|/$", ""),
                question < 0 ? "" : target.substring(question + 1),
                value(head, KEY_HEADER));
    }

    /** How many bytes of body follow the head of a POST; 0 for any other request. */
    static int contentLength(String head) {
        String length = head.startsWith("POST ") ? value(head, LENGTH_HEADER) : "";
        return length.isEmpty() ? 0 : Integer.parseInt(length);
    }

    private static String value(String head, String header) {
        int at = head.toLowerCase(Locale.ROOT).indexOf(header);
        if (at < 0) {
            return "";
        }
        int from = at + header.length();
        return head.substring(from, head.indexOf('\r', from)).strip();
    }
}
