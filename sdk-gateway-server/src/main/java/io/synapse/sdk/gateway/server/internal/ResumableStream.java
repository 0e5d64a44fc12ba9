package io.synapse.sdk.gateway.server.internal;

import io.synapse.sdk.gateway.server.internal.GatewayFailure.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The messages of one stream, numbered from 1 without gaps, and its readers. The last ones are kept, so that a reader that
 * was cut off can go on where it was. While there is a reader that has not seen the oldest, the work waits instead of
 * throwing it away. Each message is on disk, where there is a store, before a reader gets it. Thread-safe.
 */
public final class ResumableStream {
    private static final Logger LOG = LoggerFactory.getLogger(ResumableStream.class);

    private final String id;
    private final byte[] requestHash;
    private final String request;
    private final StreamLimits limits;
    private final @Nullable StreamFile file;
    private final NavigableMap<Long, StreamEntry> entries = new TreeMap<>();
    private final Set<StreamReader> readers = new HashSet<>();
    private Runnable whenUnread = () -> {};
    private long readersUntilNow;
    private long last;
    private long bytes;
    private boolean over;
    private @Nullable GatewayFailure failure;

    /**
     * A stream without a reader.
     *
     * @param requestHash tells the request apart from others
     * @param request the request, for those who go on with the stream without it
     * @param file where it is kept on disk; null for nowhere
     */
    ResumableStream(String id, byte[] requestHash, String request, StreamLimits limits, @Nullable StreamFile file) {
        this.id = id;
        this.requestHash = requestHash.clone();
        this.request = request;
        this.limits = limits;
        this.file = file;
    }

    /** Its id. */
    public String id() {
        return id;
    }

    /** Puts messages into it that are on disk already. */
    synchronized void restore(List<StreamEntry> stored) {
        stored.forEach(this::keep);
    }

    /** What is to be done when the last reader has gone before the end. */
    synchronized void whenUnread(Runnable action) {
        whenUnread = action;
    }

    boolean isOf(byte[] hash) {
        return MessageDigest.isEqual(requestHash, hash);
    }

    private boolean isUnread() {
        return readers.isEmpty() && !over;
    }

    /** How many readers it had until now, those that are there too. */
    synchronized long readersUntilNow() {
        return readersUntilNow;
    }

    /** Whether nobody reads it, and nobody did since it had that many readers. */
    synchronized boolean isUnreadSince(long readersThen) {
        return isUnread() && readersUntilNow == readersThen;
    }

    /** The request that it answers, as it was given. */
    String request() {
        return request;
    }

    /** About how many bytes its messages and its request take. */
    synchronized long size() {
        return bytes + request.length();
    }

    /**
     * Adds a message.
     *
     * @param fields for JSON
     * @throws IllegalStateException when it is over
     */
    synchronized void append(Map<String, @Nullable Object> fields) throws InterruptedException {
        String json = Json.text(fields);
        while (!over && isFull(json.length()) && isOldestUnread()) {
            wait();
        }
        if (over) {
            throw new IllegalStateException("the stream " + id + " is over");
        }
        StreamEntry entry = new StreamEntry(last + 1, json);
        if (file != null) {
            write(file, entry);
        }
        keep(entry);
        notifyAll();
    }

    private static void write(StreamFile file, StreamEntry entry) {
        try {
            file.append(entry);
        } catch (IOException e) {
            throw new UncheckedIOException("a message of a stream cannot be kept", e);
        }
    }

    private void keep(StreamEntry entry) {
        last = entry.number();
        entries.put(last, entry);
        bytes += entry.size();
        while (entries.size() > 1 && (entries.size() > limits.messages() || bytes > limits.bytes())) {
            bytes -= entries.pollFirstEntry().getValue().size();
        }
    }

    private boolean isFull(int length) {
        return !entries.isEmpty() && (entries.size() >= limits.messages() || bytes + length > limits.bytes());
    }

    private boolean isOldestUnread() {
        long oldest = entries.firstKey();
        return readers.stream().anyMatch(reader -> reader.after() < oldest);
    }

    /**
     * Ends it.
     *
     * @param why null when all went well
     * @param isKept whether it ends on disk too; else a later gateway may go on with it
     */
    synchronized void end(@Nullable GatewayFailure why, boolean isKept) {
        if (over) {
            return;
        }
        over = true;
        failure = why;
        notifyAll();
        try {
            if (file != null) {
                file.end(why, isKept);
            }
        } catch (IOException e) {
            LOG.warn("the end of the stream {} is not on disk", id, e); // a later gateway takes it for lost
        }
    }

    /**
     * A reader of what comes after a message.
     *
     * @throws GatewayFailure when that is not kept any more, or was never sent
     */
    synchronized StreamReader read(long after) {
        if (after > last) {
            throw new GatewayFailure(Kind.GONE, "the stream has " + last + " messages, fewer than " + after);
        }
        requireKept(after);
        StreamReader reader = new StreamReader(this, after);
        readers.add(reader);
        readersUntilNow++;
        return reader;
    }

    private void requireKept(long after) {
        long oldest = entries.isEmpty() ? last + 1 : entries.firstKey();
        if (after + 1 < oldest) {
            String message = "the messages before " + oldest + " are not kept any more; the last one seen was " + after;
            throw new GatewayFailure(Kind.GONE, message);
        }
    }

    /** The message after this one; null when there is none until then. */
    synchronized @Nullable StreamEntry await(long after, long untilNanos) throws InterruptedException {
        while (last <= after) {
            long left = untilNanos - System.nanoTime();
            if (over && failure != null) {
                throw failure;
            }
            if (over || left <= 0) {
                return null;
            }
            wait(left / 1_000_000 + 1);
        }
        requireKept(after);
        return entries.get(after + 1);
    }

    synchronized boolean isOver(long after) {
        return over && failure == null && after >= last;
    }

    /** A reader has come further. */
    synchronized void advanced() {
        notifyAll();
    }

    void leave(StreamReader reader) {
        boolean isUnread;
        Runnable action;
        synchronized (this) {
            boolean wasThere = readers.remove(reader);
            notifyAll();
            isUnread = wasThere && isUnread();
            action = whenUnread;
        }
        if (isUnread) {
            action.run();
        }
    }
}
