package io.synapse.sdk.internal.event;

import io.synapse.sdk.Checkpoint;
import io.synapse.sdk.CheckpointStore;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Checkpoints that last as long as the program. */
public final class MemoryCheckpoints implements CheckpointStore {
    private final Map<String, Checkpoint> checkpoints = new ConcurrentHashMap<>();

    @Override
    public Optional<Checkpoint> load(String name) {
        return Optional.ofNullable(checkpoints.get(name));
    }

    @Override
    public void save(String name, Checkpoint checkpoint) {
        checkpoints.put(name, checkpoint);
    }

    @Override
    public void remove(String name) {
        checkpoints.remove(name);
    }
}
