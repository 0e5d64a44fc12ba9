package io.synapse.sdk.internal.tail;

import io.synapse.sdk.LogStatistics;
import io.synapse.sdk.TailProtocol;
import java.util.concurrent.atomic.AtomicLong;

/** What a stream has done so far: written by its reader, read by any thread, at the price of a plain addition. */
final class TailCounters {
    private final AtomicLong lines = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong messages = new AtomicLong();
    private final AtomicLong shortenedLines = new AtomicLong();
    private final AtomicLong omittedBytes = new AtomicLong();
    private final AtomicLong repeatedBytes = new AtomicLong();
    private final AtomicLong skippedBytes = new AtomicLong();
    private final AtomicLong reconnects = new AtomicLong();
    private volatile TailProtocol protocol;

    TailCounters(TailProtocol protocol) {
        this.protocol = protocol;
    }

    void linesDelivered(long number) {
        add(lines, number);
    }

    void textDelivered(long number) {
        add(bytes, number);
    }

    void messagesDelivered(long number) {
        add(messages, number);
    }

    void lineShortened(long omitted) {
        add(shortenedLines, 1);
        add(omittedBytes, omitted);
    }

    void textRepeated(long number) {
        add(repeatedBytes, number);
    }

    void textSkipped(long number) {
        add(skippedBytes, number);
    }

    void reconnected() {
        add(reconnects, 1);
    }

    void protocol(TailProtocol used) {
        protocol = used;
    }

    long bytes() {
        return bytes.get();
    }

    LogStatistics snapshot() {
        return new LogStatistics(
                lines.get(),
                bytes.get(),
                messages.get(),
                shortenedLines.get(),
                omittedBytes.get(),
                repeatedBytes.get(),
                skippedBytes.get(),
                reconnects.get(),
                protocol);
    }

    /** Only the reader writes, so there is nothing to lose between reading and writing. */
    private static void add(AtomicLong counter, long number) {
        counter.setOpaque(counter.getPlain() + number);
    }
}
