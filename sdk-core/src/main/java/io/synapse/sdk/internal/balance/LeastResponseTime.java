package io.synapse.sdk.internal.balance;

import java.util.List;
import java.util.function.DoubleSupplier;

/** Least response time, by the rule of {@link io.synapse.sdk.LoadBalancing#LEAST_RESPONSE_TIME}. */
final class LeastResponseTime implements Picker {
    /** A server with so many times the response time of the best is slow. */
    private static final double SLOW = 3;

    /** How often a slow server is asked all the same. */
    private static final double SLOW_SHARE = 0.005;

    private final DoubleSupplier random;

    LeastResponseTime(DoubleSupplier random) {
        this.random = random;
    }

    @Override
    public Server pick(List<Server> candidates) {
        double best = candidates.stream()
                .filter(Server::isResponseTimeKnown)
                .mapToDouble(Server::averageNanos)
                .min()
                .orElse(0);
        List<Server> fast = candidates.stream()
                .filter(each -> each.averageNanos() <= best * SLOW)
                .toList();
        if (fast.size() < candidates.size() && random.getAsDouble() < SLOW_SHARE) {
            List<Server> slow =
                    candidates.stream().filter(each -> !fast.contains(each)).toList();
            return Picker.oneOf(slow, random.getAsDouble());
        }
        return fasterOfTwo(fast.isEmpty() ? candidates : fast, best);
    }

    private Server fasterOfTwo(List<Server> candidates, double best) {
        Server one = Picker.oneOf(candidates, random.getAsDouble());
        if (candidates.size() == 1) {
            return one;
        }
        List<Server> others = candidates.stream().filter(each -> each != one).toList();
        Server other = Picker.oneOf(others, random.getAsDouble());
        return cost(one, best) <= cost(other, best) ? one : other;
    }

    /** A server that has not answered yet is taken to be as fast as the best. */
    private static double cost(Server server, double best) {
        double time = server.isResponseTimeKnown() ? server.averageNanos() : best;
        return Math.max(time, 1) * (server.inFlight() + 1);
    }
}
