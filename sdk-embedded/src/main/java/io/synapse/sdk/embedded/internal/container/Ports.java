package io.synapse.sdk.embedded.internal.container;

import io.synapse.sdk.docker.internal.EngineException;
import io.synapse.sdk.docker.internal.PortRange;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;

/** Gives out the ports of this machine, each to one container. Safe for use by several threads. */
final class Ports {
    private final PortRange range;
    private final AgentContainers docker;
    private final ContainerStore store;

    Ports(PortRange range, AgentContainers docker, ContainerStore store) {
        this.range = range;
        this.docker = docker;
        this.store = store;
    }

    /**
     * Makes a container on the first free port and starts it; on the next one, where something else was faster.
     *
     * @param create makes the container for a port, and puts both on record before it returns its Docker id
     * @return the Docker id
     * @throws BuildFailedException when no port is free
     */
    String launch(IntFunction<String> create, BuildLog log) throws BuildFailedException {
        Set<Integer> lost = new TreeSet<>();
        while (true) {
            Candidate candidate = createOnFirstFree(lost, create);
            try {
                docker.engine().start(candidate.container());
                log.say("started container " + docker.name(candidate.container()) + " on port " + candidate.port());
                return candidate.container();
            } catch (EngineException e) {
                docker.engine().remove(candidate.container());
                if (!e.isPortTaken()) {
                    throw e;
                }
                log.say("something else was faster to take port " + candidate.port());
                lost.add(candidate.port());
            }
        }
    }

    /** One at a time: what is on record when this returns, nobody else is given. */
    private synchronized Candidate createOnFirstFree(Set<Integer> lost, IntFunction<String> create)
            throws BuildFailedException {
        Set<Integer> taken = new TreeSet<>(lost);
        taken.addAll(docker.portsInUse());
        for (ContainerRecord container : store.all()) {
            if (container.port() != null) {
                taken.add(container.port());
            }
        }
        int port = range.firstFree(taken::contains)
                .orElseThrow(() -> new BuildFailedException(
                        "no port is free from " + range.first() + " to " + range.last() + ": delete containers"));
        return new Candidate(create.apply(port), port);
    }

    private record Candidate(String container, int port) {}
}
