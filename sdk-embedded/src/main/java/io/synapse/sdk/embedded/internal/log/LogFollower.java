package io.synapse.sdk.embedded.internal.log;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Follows one log for one reader, on the thread that calls {@link #run}: events for what is there, then for what comes,
 * heartbeats in between, and an end when the job is over. A slow reader blocks this thread and nothing else; memory is
 * one buffer.
 */
public final class LogFollower {
    /** The longest event unless the reader asks for more: what the published client accepts. */
    public static final int DEFAULT_MAX_EVENT = 10_240;

    /** The shortest event that a reader may ask for. */
    public static final int SMALLEST_MAX_EVENT = 1_024;

    /** The longest event that a reader may ask for. */
    public static final int LARGEST_MAX_EVENT = 1 << 20;

    private static final String LOST =
            "{\"type\":\"error\",\"code\":\"log_lost\",\"message\":\"its file was cut or replaced while it was followed\"}";

    private static final String HEARTBEAT = "{\"type\":\"heartbeat\"}";
    private static final int READ_AHEAD = 64 * 1024;
    private static final long SHORTEST_PAUSE_NANOS = 5_000_000;
    private static final long LONGEST_PAUSE_NANOS = 100_000_000;
    private static final long LOOK_NANOS = 1_000_000_000;

    private final Log log;
    private final EventCutter cutter;
    private final int maxEvent;
    private final Duration heartbeat;
    private final Sink sink;
    private final ByteBuffer buffer;
    private final OptionalInt lastLines;
    private @Nullable FileChannel file;
    private @Nullable Object fileKey;
    private long lastLook = System.nanoTime();

    /** Whether the file was seen to go as far as what was sent. */
    private boolean reached;

    private long offset;
    private long lastSent;
    private long pause = SHORTEST_PAUSE_NANOS;
    private volatile boolean stopped;

    /** Takes the events, one after another. */
    @FunctionalInterface
    public interface Sink {
        /** Hands one event to the reader; blocks while the reader is not ready for it. */
        void send(String event) throws IOException;
    }

    /**
     * A follower.
     *
     * @param offset where to begin, in bytes
     * @param lastLines that so many of the last lines begin there, if they were asked for
     * @param maxEvent the longest event in bytes
     * @param heartbeat the silence after which a heartbeat goes out
     */
    public LogFollower(Log log, long offset, OptionalInt lastLines, int maxEvent, Duration heartbeat, Sink sink) {
        this.log = log;
        this.offset = offset;
        this.lastLines = lastLines;
        this.maxEvent = maxEvent;
        this.cutter = new EventCutter(maxEvent);
        this.heartbeat = heartbeat;
        this.sink = sink;
        this.buffer = ByteBuffer.allocate(Math.max(READ_AHEAD, 2 * maxEvent));
    }

    /** Ends the following, from any thread. */
    public void stop() {
        stopped = true;
    }

    /**
     * Follows until the job is over and everything was sent, the reader has gone, or {@link #stop} was called.
     *
     * @throws IOException when the reader has gone, or the log cannot be read
     */
    public void run() throws IOException {
        lastSent = System.nanoTime();
        sink.send(firstEvent());
        try (Log.Followed followed = log.follow()) {
            run(followed);
        } finally {
            if (file != null) {
                file.close();
            }
        }
    }

    private void run(Log.Followed followed) throws IOException {
        while (!stopped) {
            // Asked before reading: what was written before the end was known is in the file.
            LogState state = followed.state();
            boolean over = !(state instanceof LogState.Growing);
            boolean sent = !(state instanceof LogState.Deleted) && sendWhatIsThere(followed.file(), over);
            boolean isDeleted = state instanceof LogState.Deleted;
            if (isCut(over && !isDeleted) || !isDeleted && isReplaced(followed.file())) {
                sink.send(LOST);
                return;
            }
            if (over) {
                sink.send(lastEvent(state));
                return;
            }
            waitAfter(sent);
        }
    }

    private String firstEvent() {
        String tail = lastLines.isPresent() ? ",\"tail\":" + lastLines.getAsInt() : "";
        return "{\"type\":\"connected\",\"log\":\"" + EventCutter.quoted(log.identity()) + "\",\"offset\":" + offset
                + tail + "}";
    }

    /** Whether another file, or none, is in the place of the one that is read; asked now and then. */
    private boolean isReplaced(Path path) throws IOException {
        long now = System.nanoTime();
        if (file == null || now - lastLook < LOOK_NANOS) {
            return false;
        }
        lastLook = now;
        return !Objects.equals(key(path), fileKey);
    }

    private static @Nullable Object key(Path path) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .fileKey();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** Whether the file is shorter than what was sent of it. One that is a copy may first have to be made. */
    private boolean isCut(boolean mustBeThere) throws IOException {
        long size = file == null ? 0 : file.size();
        reached |= size >= offset;
        return size < offset && (reached || mustBeThere);
    }

    private String lastEvent(LogState state) {
        if (state instanceof LogState.Complete complete) {
            return "{\"type\":\"complete\",\"status\":\"" + complete.status() + "\",\"offset\":" + offset + "}";
        }
        String why = state instanceof LogState.Broken broken
                ? broken.why()
                : "the job was deleted while its log was followed";
        return "{\"type\":\"error\",\"message\":\"" + EventCutter.quoted(why) + "\"}";
    }

    private boolean sendWhatIsThere(Path path, boolean over) throws IOException {
        if (file == null && Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            fileKey = key(path);
            file = FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)
                    .position(offset);
        }
        return file != null && sendWhatIsThere(file, over);
    }

    /** Sends up to the end that the file has now. The buffer keeps what is not yet a whole character. */
    private boolean sendWhatIsThere(FileChannel file, boolean over) throws IOException {
        // A process that outlives its job may write for ever: what is over ends where the file ends now.
        long end = file.size();
        boolean sent = false;
        boolean more = true;
        while (more && !stopped) {
            more = file.position() < end && file.read(buffer) > 0;
            sent |= sendBuffered(more, over && !more);
        }
        return sent;
    }

    /**
     * Sends what the buffer holds, except for the beginning of an event that more bytes may fill up.
     *
     * @param more whether the file goes on behind the buffer
     * @param last whether nothing will ever come behind it
     */
    private boolean sendBuffered(boolean more, boolean last) throws IOException {
        byte[] bytes = buffer.array();
        int from = 0;
        int to = buffer.position();
        while (from < to && !stopped && !(more && to - from < maxEvent)) {
            int end = cutter.endOfEvent(bytes, from, to, last);
            if (end == from) {
                break;
            }
            offset += end - from;
            sink.send(EventCutter.event(bytes, from, end, offset));
            from = end;
        }
        buffer.limit(to).position(from);
        buffer.compact();
        if (from > 0) {
            lastSent = System.nanoTime();
        }
        return from > 0;
    }

    private void waitAfter(boolean sent) throws IOException {
        if (System.nanoTime() - lastSent >= heartbeat.toNanos()) {
            sink.send(HEARTBEAT);
            lastSent = System.nanoTime();
        }
        pause = sent ? SHORTEST_PAUSE_NANOS : Math.min(2 * pause, LONGEST_PAUSE_NANOS);
        LockSupport.parkNanos(Math.min(pause, heartbeat.toNanos()));
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("the agent is closing");
        }
    }
}
