package io.synapse.sdk;

import java.util.Locale;

/** The protocol that a log is followed with. */
public enum TailProtocol {
    /**
     * Whatever works best: on an agent WebSocket first, HTTP when that cannot be opened or keeps failing; on Ray the
     * other way round, since only HTTP brings the log byte for byte.
     */
    AUTO,
    /**
     * WebSocket only; but on Ray, whose WebSocket ends in the same way whether the log is complete or not, the end is
     * read over HTTP.
     */
    WEBSOCKET,
    /** HTTP only. */
    HTTP;

    /**
     * The protocol of that name: {@code auto}, {@code websocket} or {@code http}, in any case.
     *
     * @throws BadRequestException for any other name
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
