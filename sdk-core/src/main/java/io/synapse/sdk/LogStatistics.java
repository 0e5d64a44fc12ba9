package io.synapse.sdk;

import java.io.Serializable;

/**
 * What a log stream has done so far. Immutable.
 *
 * @param lines lines delivered; for {@link LogStream#transferTo} the line ends that passed
 * @param bytes bytes of text delivered or left out of shortened lines, in UTF-8
 * @param messages messages that brought new text
 * @param shortenedLines lines that were longer than {@link StreamLimits#maxMessageSize()} and were shortened
 * @param omittedBytes bytes of text (UTF-8) left out of shortened lines
 * @param repeatedBytes bytes of text (UTF-8) that a server sent again after a reconnect and that were skipped
 * @param skippedBytes bytes of text left out because the stream was to begin behind them ({@link TailOptions#lastLines})
 * @param reconnects how often the connection was made anew
 * @param protocol the protocol in use: {@link TailProtocol#WEBSOCKET} or {@link TailProtocol#HTTP}
 */
public record LogStatistics(
        long lines,
        long bytes,
        long messages,
        long shortenedLines,
        long omittedBytes,
        long repeatedBytes,
        long skippedBytes,
        long reconnects,
        TailProtocol protocol)
        implements Serializable {}
