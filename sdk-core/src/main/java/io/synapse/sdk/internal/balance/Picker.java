package io.synapse.sdk.internal.balance;

import io.synapse.sdk.LoadBalancing;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;

/** Chooses one of several servers that are all fit for a request. Thread-safe. */
@FunctionalInterface
interface Picker {
    /** One of the candidates, of which there is at least one. */
    Server pick(List<Server> candidates);

    /**
     * The picker of a policy.
     *
     * @param random from 0 to 1
     */
    static Picker of(LoadBalancing policy, DoubleSupplier random) {
        return switch (policy) {
            case ROUND_ROBIN -> {
                AtomicInteger turn = new AtomicInteger();
                yield candidates -> candidates.get(Math.floorMod(turn.getAndIncrement(), candidates.size()));
            }
            case WEIGHTED -> candidates -> weighted(candidates, random.getAsDouble());
            case LEAST_CONNECTIONS -> candidates -> leastConnections(candidates, random.getAsDouble());
            case LEAST_RESPONSE_TIME -> new LeastResponseTime(random);
        };
    }

    private static Server weighted(List<Server> candidates, double random) {
        long sum = candidates.stream().mapToLong(Server::weight).sum();
        double left = random * sum;
        for (Server each : candidates) {
            left -= each.weight();
            if (left < 0) {
                return each;
            }
        }
        return candidates.get(candidates.size() - 1);
    }

    private static Server leastConnections(List<Server> candidates, double random) {
        int least = candidates.stream().mapToInt(Server::inFlight).min().orElse(0);
        List<Server> idlest =
                candidates.stream().filter(each -> each.inFlight() <= least).toList();
        return oneOf(idlest.isEmpty() ? candidates : idlest, random);
    }

    /** One of them at random. */
    static Server oneOf(List<Server> candidates, double random) {
        return candidates.get(Math.min((int) (random * candidates.size()), candidates.size() - 1));
    }
}
