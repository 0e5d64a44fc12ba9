package io.synapse.sdk.internal.event;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.Checkpoint;
import io.synapse.sdk.CheckpointStore;
import io.synapse.sdk.EventEndpoint;
import io.synapse.sdk.internal.http.BaseUrl;
import io.synapse.sdk.internal.http.StreamServers;
import io.synapse.sdk.internal.operation.RequestHash;
import org.jspecify.annotations.Nullable;

/** The checkpoint of one stream. Thread-safe, since a stream is closed by any thread. */
final class StreamCheckpoint {
    private final @Nullable CheckpointStore store;
    private final String name;
    private final String request;
    private @Nullable EventPosition unsaved;
    private String server = "";

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
        server = known.server();
        return new EventPosition(known.stream(), known.number());
    }

    /** The server that has the stream, if it is one of the client's: what is secret goes to no other. */
    @Nullable
    BaseUrl server(StreamServers servers) {
        BaseUrl known = server.isEmpty() ? null : BaseUrl.parse(server);
        return known != null && servers.includes(known) ? known : null;
    }

    /** An event was handed to the reader. */
    synchronized void delivered(@Nullable EventPosition position, @Nullable BaseUrl at) {
        unsaved = position;
        server = at == null ? "" : at.toString();
    }

    /** The reader has done what it does with the event. */
    synchronized void save() {
        EventPosition done = unsaved;
        if (store != null && done != null) {
            unsaved = null;
            store.save(name, new Checkpoint(server, done.stream(), done.number(), request));
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
