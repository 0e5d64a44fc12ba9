package io.synapse.sdk.gateway.server.internal;

import io.synapse.sdk.embedded.internal.DurableFile;
import io.synapse.sdk.embedded.internal.OwnerOnly;
import io.synapse.sdk.gateway.server.internal.GatewayFailure.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The streams of a gateway: those whose work goes on and, for some time after their end, the others. With a directory, a
 * stream that a gateway before this one had not ended goes on when its caller asks for it again. Thread-safe.
 */
public final class Streams {
    private static final Logger LOG = LoggerFactory.getLogger(Streams.class);

    /** What all streams that are over may take of the memory. */
    private static final int SHARE_OF_MEMORY = 16;

    private static final String SUFFIX = ".jsonl";

    private final StreamLimits limits;
    private final ScheduledExecutorService timer;
    private final @Nullable Path directory;
    private final StreamIds ids;
    private final long maxEndedBytes = Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY;
    private final Map<String, ResumableStream> running = new HashMap<>();
    private final Map<String, ResumableStream> ended = new LinkedHashMap<>();
    private boolean closing;
    private long opened;
    private long resumed;
    private long lost;

    /** What makes the messages of a stream. */
    @FunctionalInterface
    interface Producer {
        /**
         * Makes them.
         *
         * @param stream where they go
         * @param already those that an earlier run of the gateway made; empty for none
         */
        void produce(ResumableStream stream, List<StreamEntry> already) throws Exception;
    }

    /**
     * What is to be done for a stream.
     *
     * @param kind how its id begins
     * @param requestHash tells its request apart from others
     * @param request the request in a form of the caller's, who can have it back: see {@link Streams#request}
     * @param queue whose work it is
     * @param limit how long the work may take
     * @param producer the work
     */
    record Order(String kind, byte[] requestHash, String request, WorkQueue queue, Duration limit, Producer producer) {}

    /**
     * What there is of streams.
     *
     * @param running those whose work goes on
     * @param kept those that are over and can still be read
     * @param opened how many were begun
     * @param resumed how often a reader went on with one
     * @param lost how often a reader came back for messages that are gone
     */
    public record Counts(int running, int kept, long opened, long resumed, long lost) {}

    /** @param directory where streams are kept; null for nowhere */
    Streams(StreamLimits limits, ScheduledExecutorService timer, @Nullable Path directory) throws IOException {
        this.limits = limits;
        this.timer = timer;
        this.directory = directory == null ? null : OwnerOnly.folder(directory);
        this.ids = new StreamIds(key(directory));
        if (directory != null) {
            long pause = limits.afterEnd().toMillis();
            timer.scheduleWithFixedDelay(() -> deleteExpired(directory), 0, pause, TimeUnit.MILLISECONDS);
        }
    }

    /**
     * Begins a stream.
     *
     * @throws GatewayFailure when its work is refused
     */
    StreamReader open(Order order) {
        String id = ids.next(order.kind(), order.requestHash());
        StreamFile file = directory == null ? null : create(directory.resolve(id + SUFFIX), order.request());
        StreamReader reader =
                begin(new ResumableStream(id, order.requestHash(), order.request(), limits, file), order, 0, List.of());
        synchronized (this) {
            opened++;
        }
        return reader;
    }

    /** What there is of streams now. */
    synchronized Counts counts() {
        return new Counts(running.size(), ended.size(), opened, resumed, lost);
    }

    /**
     * Goes on with a stream.
     *
     * @throws GatewayFailure when it is not of this request, or not kept any more
     */
    synchronized StreamReader resume(StreamPosition from, Order order) {
        try {
            StreamReader reader = find(from, order);
            resumed++;
            return reader;
        } catch (GatewayFailure failure) {
            throw counted(failure);
        }
    }

    private synchronized GatewayFailure counted(GatewayFailure failure) {
        lost += failure.kind() == Kind.GONE ? 1 : 0;
        return failure;
    }

    /**
     * The request of a stream, for a caller who has the id only.
     *
     * @throws GatewayFailure when the stream is not known, or not kept any more
     */
    synchronized String request(String id) {
        ResumableStream known = running.getOrDefault(id, ended.get(id));
        if (known != null) {
            return known.request();
        }
        StreamIds.Origin origin = ids.origin(id);
        Path path = directory == null ? null : directory.resolve(id + SUFFIX);
        if (origin != StreamIds.Origin.EARLIER_RUN || path == null || !Files.exists(path)) {
            throw counted(notKept(origin));
        }
        try {
            return StreamFile.read(path).request();
        } catch (IOException e) {
            throw counted(unreadable(id, e));
        }
    }

    private StreamReader find(StreamPosition from, Order order) {
        StreamIds.Origin origin = ids.origin(from.stream(), order.requestHash());
        ResumableStream known = running.getOrDefault(from.stream(), ended.get(from.stream()));
        if (known != null && known.isOf(order.requestHash())) {
            return known.read(from.after());
        }
        if (origin == StreamIds.Origin.EARLIER_RUN) {
            return restore(from, order);
        }
        throw notKept(origin);
    }

    private static GatewayFailure notKept(StreamIds.Origin origin) {
        return switch (origin) {
            case FOREIGN -> new GatewayFailure(Kind.NOT_FOUND, "there is no such stream of this request");
            case OTHER_RUN ->
                new GatewayFailure(
                        Kind.GONE, "the stream is lost: the gateway that had it has ended and kept nothing on disk");
            case THIS_RUN, EARLIER_RUN -> new GatewayFailure(Kind.GONE, "the stream is over and not kept any more");
        };
    }

    private static GatewayFailure unreadable(String id, IOException cause) {
        LOG.warn("the stream {} cannot be read from disk", id, cause);
        return new GatewayFailure(Kind.GONE, "the stream is lost: what is on disk of it cannot be read");
    }

    private StreamReader restore(StreamPosition from, Order order) {
        Path path = directory == null ? null : directory.resolve(from.stream() + SUFFIX);
        if (path == null || !Files.exists(path)) {
            throw notKept(StreamIds.Origin.EARLIER_RUN);
        }
        try {
            StreamFile.Content content = StreamFile.read(path);
            StreamFile file = content.over() ? null : StreamFile.continued(path, content.length());
            ResumableStream stream =
                    new ResumableStream(from.stream(), order.requestHash(), content.request(), limits, file);
            stream.restore(content.entries());
            if (content.over()) {
                stream.end(content.failure(), false);
                forgetLater(stream);
                return stream.read(from.after());
            }
            return begin(stream, order, from.after(), content.entries());
        } catch (IOException e) {
            throw unreadable(from.stream(), e);
        }
    }

    private synchronized StreamReader begin(
            ResumableStream stream, Order order, long after, List<StreamEntry> already) {
        try {
            StreamReader reader = stream.read(after);
            running.put(stream.id(), stream);
            Work<?> work = order.queue().submit(order.limit(), () -> {
                order.producer().produce(stream, already);
                return stream.id();
            });
            stream.whenUnread(() -> endLater(stream, work));
            work.result().whenComplete((done, failure) -> ended(stream, (GatewayFailure) failure));
            return reader;
        } catch (GatewayFailure refused) {
            running.remove(stream.id());
            stream.end(refused, already.isEmpty());
            if (already.isEmpty()) {
                delete(stream.id());
            }
            throw refused;
        }
    }

    private void endLater(ResumableStream stream, Work<?> work) {
        Duration time = limits.withoutReader();
        long readers = stream.readersUntilNow();
        String why = "nobody read it for " + time.toSeconds() + " s";
        timer.schedule(
                () -> {
                    if (stream.isUnreadSince(readers)) {
                        work.cancel(new GatewayFailure(Kind.CANCELLED, why));
                    }
                },
                time.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void ended(ResumableStream stream, @Nullable GatewayFailure failure) {
        boolean isInterrupted;
        synchronized (this) {
            isInterrupted = closing && failure != null;
            running.remove(stream.id());
        }
        stream.end(failure, !isInterrupted);
        if (!isInterrupted) {
            forgetLater(stream);
        }
    }

    /** Keeps a stream that is over for some time, and fewer than all when they take too much memory. */
    private synchronized void forgetLater(ResumableStream stream) {
        ended.put(stream.id(), stream);
        timer.schedule(() -> forget(stream), limits.afterEnd().toMillis(), TimeUnit.MILLISECONDS);
        long bytes = ended.values().stream().mapToLong(ResumableStream::size).sum();
        for (Iterator<ResumableStream> oldest = ended.values().iterator();
                bytes > maxEndedBytes && oldest.hasNext(); ) {
            ResumableStream forgotten = oldest.next();
            bytes -= forgotten.size();
            oldest.remove();
            delete(forgotten.id());
        }
    }

    private synchronized void forget(ResumableStream stream) {
        if (ended.remove(stream.id()) != null) {
            delete(stream.id());
        }
    }

    /** From now on, what ends with a failure is to go on in a later run. */
    synchronized void closing() {
        closing = true;
    }

    private static StreamFile create(Path path, String request) {
        try {
            return StreamFile.create(path, request);
        } catch (IOException e) {
            throw new UncheckedIOException("a stream cannot be kept on disk", e);
        }
    }

    private void delete(String id) {
        if (directory != null) {
            delete(directory.resolve(id + SUFFIX));
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("{} cannot be deleted", file, e);
        }
    }

    /** What an earlier run has kept, and nobody has asked for in time. */
    private void deleteExpired(Path folder) {
        Instant oldest = Instant.now().minus(limits.afterEnd());
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (Path file : files) {
                boolean isOld = Files.getLastModifiedTime(file).toInstant().isBefore(oldest);
                if (isOld && !isRunning(file)) {
                    delete(file);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.warn("streams that are not needed any more are still on disk", e);
        }
    }

    private synchronized boolean isRunning(Path file) {
        String name = String.valueOf(file.getFileName());
        return running.containsKey(name.substring(0, name.length() - SUFFIX.length()));
    }

    /** The key of ids, which on disk serves later runs too. */
    private static byte[] key(@Nullable Path directory) throws IOException {
        byte[] key = new byte[StreamIds.KEY_LENGTH];
        new SecureRandom().nextBytes(key);
        if (directory == null) {
            return key;
        }
        Path file = directory.resolve("key");
        if (Files.exists(file)) {
            return Files.readAllBytes(file);
        }
        DurableFile.replace(file, key);
        return key;
    }
}
