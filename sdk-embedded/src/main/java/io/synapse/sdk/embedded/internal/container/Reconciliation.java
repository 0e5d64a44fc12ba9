package io.synapse.sdk.embedded.internal.container;

import io.synapse.sdk.docker.internal.EngineContainer;
import io.synapse.sdk.docker.internal.EngineException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the records say what the engine really has, whatever happened to containers, engine or agent meanwhile; and
 * removes containers of this agent that no record knows. Safe for use by several threads.
 */
final class Reconciliation {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);

    private final ContainerStore store;
    private final AgentContainers docker;
    private final Clock clock;

    Reconciliation(ContainerStore store, AgentContainers docker, Clock clock) {
        this.store = store;
        this.docker = docker;
        this.clock = clock;
    }

    /** Clears up the records after an agent that was killed while it made containers. */
    void recover() {
        for (ContainerRecord record : store.all()) {
            if (record.status() == ContainerStatus.BUILDING) {
                store.save(record.gone(
                        ContainerStatus.FAILED, "the agent ended while it was being made", clock.instant()));
            } else if (record.status() == ContainerStatus.RESTARTING) {
                // If it runs nevertheless, the next look will see that.
                store.save(record.standing(
                        ContainerStatus.EXITED, "the agent ended while it was being restarted", clock.instant()));
            }
        }
    }

    /** Does it. What is being made is left alone. */
    void run() {
        // First what the engine has: a container made after this look is not missed, and one removed is gone for good.
        Map<String, EngineContainer> ours =
                docker.ours().stream().collect(Collectors.toMap(EngineContainer::id, container -> container));
        for (ContainerRecord record : store.all()) {
            String id = record.containerId();
            if (!record.status().isUnderWay() && id != null) {
                ContainerRecord now = asFound(record, id, Optional.ofNullable(ours.get(id)));
                if (now != record) {
                    store.replace(record, now);
                }
            }
        }
        ours.values().forEach(this::removeIfOrphaned);
    }

    private ContainerRecord asFound(ContainerRecord record, String id, Optional<EngineContainer> found) {
        if (found.isEmpty()) {
            // Perhaps it was made a moment after the look: asked for itself, it is there.
            return docker.engine().inspect(id).isPresent()
                    ? record
                    : record.gone(ContainerStatus.REMOVED, "it was removed outside of this agent", clock.instant());
        }
        if (found.get().isAlive()) {
            return record.status() == ContainerStatus.RUNNING
                    ? record
                    : record.standing(ContainerStatus.RUNNING, null, clock.instant());
        }
        return record.status() == ContainerStatus.RUNNING
                ? record.standing(ContainerStatus.EXITED, docker.obituary(id), clock.instant())
                : record;
    }

    private void removeIfOrphaned(EngineContainer container) {
        String id = container.id();
        long number = Long.parseLong(container.labels().getOrDefault(AgentContainers.RECORD_LABEL, "0"));
        if (number == 0) {
            return;
        }
        Optional<ContainerRecord> record = store.find(number);
        boolean known = record.isPresent()
                && (record.get().status().isUnderWay() || id.equals(record.get().containerId()));
        if (!known) {
            LOG.info("removing container {}, which is of this agent and which no record knows", id);
            remove(id);
        }
    }

    /** One that cannot be removed must not keep us from all the others. */
    private void remove(String orphan) {
        try {
            docker.engine().remove(orphan);
        } catch (EngineException e) {
            LOG.warn("container {} cannot be removed: {}", orphan, e.getMessage());
        }
    }
}
