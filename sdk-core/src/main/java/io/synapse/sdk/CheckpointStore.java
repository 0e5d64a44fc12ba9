package io.synapse.sdk;

import io.synapse.sdk.internal.event.FolderCheckpoints;
import io.synapse.sdk.internal.event.MemoryCheckpoints;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Keeps how far streams were read, so that a program that was restarted goes on where it was: see
 * {@link EventEndpoint#checkpoints}. {@code sdk-resilience} has a store in a database. Implementations are thread-safe; what
 * they throw ends the stream.
 */
public interface CheckpointStore {
    /** The checkpoint of this name; empty if there is none. */
    Optional<Checkpoint> load(String name);

    /** Keeps a checkpoint, in place of the last one of this name. */
    void save(String name, Checkpoint checkpoint);

    /** Forgets the checkpoint of this name, if there is one. */
    void remove(String name);

    /** A store that lasts as long as the program: for streams that another part of the program goes on with. */
    static CheckpointStore inMemory() {
        return new MemoryCheckpoints();
    }

    /**
     * A store with one small file for each name, readable only by its owner. A file is replaced as a whole, so that the
     * end of the program at any moment leaves the old or the new one. For one program at a time.
     *
     * @param folder is created if there is none
     * @throws BadRequestException when it cannot be created
     */
    static CheckpointStore inFolder(Path folder) {
        return new FolderCheckpoints(folder);
    }
}
