package io.synapse.sdk;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A request whose response is a stream of server-sent events, as a value: the request, what its events are, and which
 * of them is the last. Nothing is sent until the stream is read. Immutable.
 *
 * <pre>{@code
 * EventEndpoint<String> news = EventEndpoint.of(
 *         Endpoint.get("news/", ResponseType.text()), ServerSentEvent::data, "goodbye"::equals);
 * try (EventStream<String> stream = client.follow(news)) {
 *     for (String each : stream) System.out.println(each);
 * }
 * }</pre>
 *
 * @param <T> the type of the events
 */
public final class EventEndpoint<T> {
    private final Endpoint<?> request;
    private final Function<? super ServerSentEvent, ? extends @Nullable T> decoder;
    private final Predicate<? super T> last;
    private final boolean resumable;
    private final @Nullable CheckpointStore checkpoints;
    private final String checkpointName;
    private final @Nullable Gap<T> gap;

    /**
     * What an endless stream has in place of events that were missed.
     *
     * @param event makes an event that says so
     * @param test whether an event of the server says so
     */
    private record Gap<T>(Supplier<? extends T> event, Predicate<? super T> test) {}

    private EventEndpoint(
            Endpoint<?> request,
            Function<? super ServerSentEvent, ? extends @Nullable T> decoder,
            Predicate<? super T> last,
            boolean resumable,
            @Nullable CheckpointStore checkpoints,
            String checkpointName,
            @Nullable Gap<T> gap) {
        this.request = Objects.requireNonNull(request, "request");
        this.decoder = Objects.requireNonNull(decoder, "decoder");
        this.last = Objects.requireNonNull(last, "last");
        this.resumable = resumable;
        this.checkpoints = checkpoints;
        this.checkpointName = checkpointName;
        this.gap = gap;
    }

    /**
     * A stream of events.
     *
     * @param request the request; its response type has no effect. Its read timeout, or else the client's, limits the
     *     wait for the head of the response and each silence in it; comments of the server end a silence
     * @param decoder converts an event; returns null for one that the reader is not to get; what it throws ends the
     *     stream
     * @param last whether an event is the last one: a stream that ends without it was cut
     */
    public static <T> EventEndpoint<T> of(
            Endpoint<?> request,
            Function<? super ServerSentEvent, ? extends @Nullable T> decoder,
            Predicate<? super T> last) {
        return new EventEndpoint<>(request, decoder, last, false, null, "", null);
    }

    /**
     * A stream without a last event, of what changes at a server. After a cut it goes on by itself, until 60 s have
     * passed without a byte from the server. Events may have ids, which are numbers that grow: a new connection asks for
     * those after the last one with {@code Last-Event-ID}, and one that comes again is not delivered again. Where no event
     * had an id, those of the meantime are missed, and an event says so.
     *
     * @param request as in {@link #of}
     * @param decoder as in {@link #of}
     * @param gap makes the event that is delivered where events were missed
     * @param isGap whether an event of the server says that; numbers go on from its id then
     */
    public static <T> EventEndpoint<T> endless(
            Endpoint<?> request,
            Function<? super ServerSentEvent, ? extends @Nullable T> decoder,
            Supplier<? extends T> gap,
            Predicate<? super T> isGap) {
        Gap<T> missed = new Gap<>(Objects.requireNonNull(gap, "gap"), Objects.requireNonNull(isGap, "isGap"));
        return new EventEndpoint<>(request, decoder, event -> false, false, null, "", missed);
    }

    /**
     * The same stream, continued after a cut if its events have ids of the form {@code stream:number}, numbered from 1
     * without gaps: the server must answer the same request with the event's id in {@code Last-Event-ID} by the events
     * after it, and by nothing that it has done already. Has no effect on an {@link #endless} stream.
     */
    public EventEndpoint<T> resumable() {
        return new EventEndpoint<>(request, decoder, last, gap == null, checkpoints, checkpointName, gap);
    }

    /**
     * The same stream, resumable, continued also by another run of the program. How far it was read is saved when the
     * reader asks for the event after, or closes the stream; a close by another thread saves nothing. A program that is killed while it handles an event gets that
     * event again, all others once. The checkpoint is removed when the stream is complete.
     *
     * <p>An {@link #endless} stream has no checkpoints. Reading fails with a {@link BadRequestException} when the checkpoint belongs to another request, and with a
     * {@link StreamCutException} when the server does not have the stream any more; after {@link CheckpointStore#remove}
     * a new one begins.
     *
     * @param store where checkpoints are kept
     * @param name the name of this stream's
     * @throws BadRequestException when the stream is {@linkplain #endless endless}
     */
    public EventEndpoint<T> checkpoints(CheckpointStore store, String name) {
        if (gap != null) {
            throw BadRequestException.refused("a stream without a last event has no checkpoints");
        }
        return new EventEndpoint<>(
                request,
                decoder,
                last,
                true,
                Objects.requireNonNull(store, "checkpoint store"),
                Objects.requireNonNull(name, "checkpoint name"),
                null);
    }

    /** The request. */
    public Endpoint<?> request() {
        return request;
    }

    /** The event that a server-sent event stands for; null for one that the reader is not to get. */
    public @Nullable T decode(ServerSentEvent event) {
        return decoder.apply(event);
    }

    /** Whether an event is the last one. */
    public boolean isLast(T event) {
        return last.test(event);
    }

    /** Whether it is continued after a cut. */
    public boolean isResumable() {
        return resumable;
    }

    /** Whether it has no last event, and goes on after a cut. */
    public boolean isEndless() {
        return gap != null;
    }

    /** The event that an endless stream delivers where events were missed. */
    public Optional<T> gap() {
        return Optional.ofNullable(gap).map(known -> known.event().get());
    }

    /** Whether an event of an endless stream says that events were missed. */
    public boolean isGap(T event) {
        return gap != null && gap.test().test(event);
    }

    /** Where how far it was read is kept; empty for nowhere. */
    public Optional<CheckpointStore> checkpointStore() {
        return Optional.ofNullable(checkpoints);
    }

    /** The name of its checkpoint; empty without a store. */
    public String checkpointName() {
        return checkpointName;
    }

    @Override
    public String toString() {
        return request.toString();
    }
}
