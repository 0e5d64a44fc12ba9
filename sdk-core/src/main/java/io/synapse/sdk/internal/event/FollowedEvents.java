package io.synapse.sdk.internal.event;

import io.synapse.sdk.EventStream;
import io.synapse.sdk.internal.publish.Pulled;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Events, pulled by the caller's thread. */
final class FollowedEvents<T> implements EventStream<T>, Pulled<T, @Nullable Void> {
    private final EventReader<T> reader;
    private final AtomicBoolean consumed = new AtomicBoolean();

    FollowedEvents(EventReader<T> reader) {
        this.reader = reader;
    }

    @Override
    public Iterator<T> iterator() {
        if (consumed.getAndSet(true)) {
            throw new IllegalStateException("the stream was read already");
        }
        return new Events();
    }

    @Override
    @SuppressWarnings("NullAway") // the one value of Void
    public @Nullable Void result() {
        return null;
    }

    @Override
    public void close() {
        reader.close();
    }

    private final class Events implements Iterator<T> {
        private @Nullable T event;

        @Override
        public boolean hasNext() {
            if (event == null || reader.isClosed()) {
                event = reader.next();
            }
            return event != null;
        }

        @Override
        public T next() {
            T next = hasNext() ? event : null;
            if (next == null) {
                throw new NoSuchElementException("the stream is complete");
            }
            event = null;
            reader.delivered();
            return next;
        }
    }
}
