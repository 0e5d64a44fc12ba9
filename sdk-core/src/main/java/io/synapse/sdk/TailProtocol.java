package io.synapse.sdk;

import java.util.Locale;

/** The way a log is followed. */
public enum TailProtocol {
    /** Whatever works best: WebSocket first, HTTP when that cannot be opened or keeps failing. */
    AUTO,
    /** WebSocket only. */
    WEBSOCKET,
    /** HTTP only. */
    HTTP;

    /**
     * The protocol of that name: {@code auto}, {@code websocket} or {@code http}, in any case.
     *
     * @throws BadRequestException for any other word
     */
    public static TailProtocol of(String name) {
        for (TailProtocol protocol : values()) {
            if (protocol.name().equals(name.toUpperCase(Locale.ROOT))) {
                return protocol;
            }
        }
        throw BadRequestException.refused("the tail protocol must be auto, websocket or http, not " + name);
    }
}
