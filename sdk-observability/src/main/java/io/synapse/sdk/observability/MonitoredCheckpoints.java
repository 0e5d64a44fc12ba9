package io.synapse.sdk.observability;

import io.synapse.sdk.Checkpoint;
import io.synapse.sdk.CheckpointStore;
import java.util.Optional;

/**
 * A store whose use is told.
 *
 * @param resumed runs when a checkpoint was found
 * @param saved runs when one was saved
 */
record MonitoredCheckpoints(CheckpointStore store, Runnable resumed, Runnable saved) implements CheckpointStore {
    @Override
    public Optional<Checkpoint> load(String name) {
        Optional<Checkpoint> checkpoint = store.load(name);
        checkpoint.ifPresent(found -> resumed.run());
        return checkpoint;
    }

    @Override
    public void save(String name, Checkpoint checkpoint) {
        store.save(name, checkpoint);
        saved.run();
    }

    @Override
    public void remove(String name) {
        store.remove(name);
    }
}
