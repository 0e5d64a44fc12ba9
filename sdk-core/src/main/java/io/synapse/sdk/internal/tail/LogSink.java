package io.synapse.sdk.internal.tail;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Takes what comes through a {@link LogConnection}. Bytes are only lent, until the method returns. */
public interface LogSink {
    /** An offset or length that the server does not give. */
    long UNKNOWN = -1;

    /** What a piece of text is. */
    enum Form {
        /** Exactly these bytes of the log. */
        EXACT,
        /** A line without its end. */
        LINE,
        /** Either of the two: the engine finds out (wire/agent.md, section 5). */
        TEXT_OR_LINE
    }

    /**
     * What this connection gives out; comes before its text, if at all.
     *
     * @param log the identity of the log: another one for another log under the same name; null when there is none
     * @param offset where in the log the connection begins, in bytes, or {@link #UNKNOWN}
     * @param atLastLines whether that is where the last lines begin that were asked for
     * @throws IOException when that is not what can be gone on with
     */
    void start(@Nullable String log, long offset, boolean atLastLines) throws IOException;

    /**
     * Text of the log, cut anywhere.
     *
     * @param bytes holds it, in UTF-8
     * @param end bytes of the log up to the end of this text, as the server counts them, or {@link #UNKNOWN}
     * @throws IOException when it does not fit to what came before
     */
    void text(byte[] bytes, int from, int length, long end, Form form) throws IOException;

    /** Nothing new, but the server is alive. */
    void heartbeat();

    /**
     * The server says that the log is complete.
     *
     * @param length bytes of the whole log, or {@link #UNKNOWN}
     */
    void complete(long length);

    /** The server has closed the connection in an orderly way, which proves nothing about the log. */
    void end();

    /** The job is over, which the server would not say; another connection brings the rest. */
    void jobIsOver();

    /**
     * The server gives up.
     *
     * @param message why
     */
    void error(String message);

    /**
     * What is left of the log does not exist any more.
     *
     * @param why how that is known
     */
    void lost(String why);
}
