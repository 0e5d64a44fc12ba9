package io.synapse.sdk.internal.event;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.Checkpoint;
import io.synapse.sdk.CheckpointStore;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The checkpoint of one stream, whatever its protocol. Thread-safe. */
public final class StreamCheckpoint {
    /** Of a stream of which nothing is kept. */
    public static final StreamCheckpoint NONE = new StreamCheckpoint(null, "", "");

    private final @Nullable CheckpointStore store;
    private final String name;
    private final String request;
    private @Nullable Checkpoint unsaved;
    private boolean removed;

    /**
     * A checkpoint in a store.
     *
     * @param store null for none
     * @param request a hash of the request
     */
    public StreamCheckpoint(@Nullable CheckpointStore store, String name, String request) {
        this.store = store;
        this.name = name;
        this.request = request;
    }

    /**
     * How far an earlier reader came; empty when there was none.
     *
     * @throws BadRequestException when it read another stream
     */
    public Optional<Checkpoint> load() {
        Optional<Checkpoint> known = store == null ? Optional.empty() : store.load(name);
        if (known.isPresent() && !known.get().request().equals(request)) {
            throw BadRequestException.refused("the checkpoint \"" + name + "\" belongs to another request");
        }
        return known;
    }

    /**
     * An event was handed to the reader.
     *
     * @param server the base URL of the server that has the stream
     */
    public synchronized void delivered(String server, String stream, long number) {
        unsaved = new Checkpoint(server, stream, number, request);
    }

    /** The reader has done what it does with the event. */
    public synchronized void save() {
        Checkpoint done = unsaved;
        if (store != null && done != null) {
            unsaved = null;
            store.save(name, done);
        }
    }

    /** The stream is complete. Only the first call removes: later the name may be another stream's. */
    public synchronized void remove() {
        unsaved = null;
        if (store != null && !removed) {
            store.remove(name);
            removed = true;
        }
    }
}
