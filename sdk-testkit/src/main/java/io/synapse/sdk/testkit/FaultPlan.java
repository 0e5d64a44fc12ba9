package io.synapse.sdk.testkit;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** The faults still to come, in the order in which they were asked for. Thread-safe. */
final class FaultPlan {
    private static final Effect NONE = new Effect.None();

    private final List<Pending> next = new ArrayList<>();
    private final List<Fault> every = new ArrayList<>();

    synchronized void next(int times, Fault fault) {
        next.add(new Pending(fault, times));
    }

    synchronized void every(Fault fault) {
        every.add(fault);
    }

    synchronized void clear() {
        next.clear();
        every.clear();
    }

    /** What befalls this request; a fault for a number of times has then one time less. */
    synchronized Effect effectOn(ProxiedRequest request) {
        for (Iterator<Pending> pending = next.iterator(); pending.hasNext(); ) {
            Pending candidate = pending.next();
            if (candidate.fault.befalls(request)) {
                candidate.times--;
                if (candidate.times == 0) {
                    pending.remove();
                }
                return candidate.fault.effect();
            }
        }
        return every.stream()
                .filter(fault -> fault.befalls(request))
                .findFirst()
                .map(Fault::effect)
                .orElse(NONE);
    }

    private static final class Pending {
        private final Fault fault;
        private int times;

        private Pending(Fault fault, int times) {
            this.fault = fault;
            this.times = times;
        }
    }
}
