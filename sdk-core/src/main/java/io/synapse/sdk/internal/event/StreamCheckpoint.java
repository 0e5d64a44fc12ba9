package io.synapse.sdk.internal.event;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.Checkpoint;
import io.synapse.sdk.CheckpointStore;
import io.synapse.sdk.EventEndpoint;
import io.synapse.sdk.internal.operation.RequestHash;
import org.jspecify.annotations.Nullable;

/** The checkpoint of one stream. Thread-safe, since a stream is closed by any thread. */
final class StreamCheckpoint {
    private final @Nullable CheckpointStore store;
    private final String name;
    private final String request;
    private @Nullable EventPosition unsaved;

    StreamCheckpoint(EventEndpoint<?> endpoint) {
        this.store = endpoint.checkpointStore().orElse(null);
        this.name = endpoint.checkpointName();
        this.request = store == null ? "" : RequestHash.of(endpoint.request());
    }

    /**
     * How far an earlier reader came; null when there was none.
     *
     * @throws BadRequestException when it read another stream
     */
    @Nullable
    EventPosition load() {
        Checkpoint known = store == null ? null : store.load(name).orElse(null);
        if (known == null) {
            return null;
        }
        if (!known.request().equals(request)) {
            throw BadRequestException.refused("the checkpoint \"" + name + "\" belongs to another request");
        }
        return new EventPosition(known.stream(), known.number());
    }

    /** An event was handed to the reader. */
    synchronized void delivered(@Nullable EventPosition position) {
        unsaved = position;
    }

    /** The reader has done what it does with the event. */
    synchronized void save() {
        EventPosition done = unsaved;
        if (store != null && done != null) {
            unsaved = null;
            store.save(name, new Checkpoint(done.stream(), done.number(), request));
        }
    }

    /** The stream is complete. */
    synchronized void remove() {
        unsaved = null;
        if (store != null) {
            store.remove(name);
        }
    }
}
