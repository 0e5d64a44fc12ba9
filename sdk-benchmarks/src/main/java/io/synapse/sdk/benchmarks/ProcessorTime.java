package io.synapse.sdk.benchmarks;

import java.time.Duration;

/** What a server spends while a program measures: that prints {@code measuring} and {@code measured}. Not thread-safe. */
final class ProcessorTime {
    private final ServerProcess server;
    private Duration before = Duration.ZERO;
    private Duration spent = Duration.ZERO;

    ProcessorTime(ServerProcess server) {
        this.server = server;
    }

    /** The program has printed a figure. */
    void note(String name) {
        if (name.equals("measuring")) {
            before = server.processorTime();
        } else if (name.equals("measured")) {
            spent = server.processorTime().minus(before);
        }
    }

    double micros() {
        return spent.toNanos() / 1e3;
    }
}
