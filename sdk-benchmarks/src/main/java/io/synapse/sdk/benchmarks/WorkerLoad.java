package io.synapse.sdk.benchmarks;

import io.synapse.sdk.benchmarks.contender.experiments.LoadWorkers;
import io.synapse.sdk.benchmarks.server.ExperimentsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/**
 * E3: 500 workers that report every 3 s and wait for jobs, and 50 readers of events (wire/experiments.md, section 14), for so
 * long as live logs last. The load comes from another process on the same machine.
 */
final class WorkerLoad implements Benchmark {
    private static final int WORKERS = 500;
    private static final int READERS = 50;
    private static final double MOST_MILLIS = 50;
    private static final double MOST_PROCESSORS = 1;
    private static final double MOST_BYTES_MORE = 5e6;

    @Override
    public String id() {
        return "E3";
    }

    @Override
    public List<Row> run(Workbench workbench) throws IOException, InterruptedException {
        Workbench.Options options = workbench.options();
        int seconds = options.seconds();
        workbench.progress("E3: " + seconds + " s");
        try (ServerProcess server = new ServerProcess(workbench.java(ExperimentsServer.class))) {
            ProcessorTime spent = new ProcessorTime(server);
            Heap heap = new Heap(server);
            Program.Output output = new Program(workbench.java(
                            LoadWorkers.class,
                            server.url(),
                            Integer.toString(WORKERS),
                            Integer.toString(READERS),
                            Integer.toString(options.jmhWarmUp()),
                            Integer.toString(seconds)))
                    .run(name -> {
                        spent.note(name);
                        heap.note(name);
                    });
            return List.of(row(output, seconds, spent.micros() / 1e6 / seconds, heap));
        }
    }

    /** What the server's heap holds before and after; while the workers go on, but not while their times count. */
    private static final class Heap {
        private final ServerProcess server;
        private long before;
        private long after;

        Heap(ServerProcess server) {
            this.server = server;
        }

        void note(String name) {
            if (name.equals("practised")) {
                before = live();
            } else if (name.equals("measured")) {
                after = live();
            }
        }

        private long live() {
            try {
                return server.liveHeapBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        double bytesMore() {
            return after - before;
        }

        double bytes() {
            return after;
        }
    }

    private Row row(Program.Output output, int seconds, double processors, Heap heap) {
        double lost = output.value("failed_beats") + output.value("unknown_beats");
        double cut = output.value("cut_streams");
        double p99 = output.value("p99.beat");
        String found = String.format(
                Locale.ROOT,
                "%,.0f heartbeats, %.0f lost; p50 %.1f ms, p99 %.1f ms, the longest %.0f ms; %.0f streams cut, each with"
                        + " %,.0f to %,.0f events; heap %+.1f MB, to %.0f MB; %.2f processors",
                output.value("beats"),
                lost,
                output.value("p50.beat"),
                p99,
                output.value("max.beat"),
                cut,
                output.value("fewest_events"),
                output.value("most_events"),
                heap.bytesMore() / 1e6,
                heap.bytes() / 1e6,
                processors);
        return new Finding(
                id(),
                String.format(
                        Locale.ROOT,
                        "%d workers with a heartbeat each 3 s and a long poll, %d streams of events, %d s",
                        WORKERS,
                        READERS,
                        seconds),
                "experiment server",
                found,
                "p99 < 50 ms; none lost; none cut; heap flat; < 1 processor",
                p99 < MOST_MILLIS
                        && lost == 0
                        && cut == 0
                        && output.value("failed_polls") == 0
                        && heap.bytesMore() <= MOST_BYTES_MORE
                        && processors < MOST_PROCESSORS);
    }
}
