package io.synapse.sdk.benchmarks.contender.experiments;

import io.synapse.sdk.ClientException;
import io.synapse.sdk.RetryPolicy;
import io.synapse.sdk.benchmarks.contender.Token;
import io.synapse.sdk.experiment.Device;
import io.synapse.sdk.experiment.DeviceReport;
import io.synapse.sdk.experiment.ExperimentClient;
import io.synapse.sdk.experiment.GpuReport;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Workers that report every 3 s and wait for jobs of which there are none, and readers of events. The times of reports are
 * from the moment on at which they were due. Each report has a number, the last of which the server must know in the end.
 */
public final class LoadWorkers {
    private static final Duration BETWEEN_BEATS = Duration.ofSeconds(3);
    private static final Duration POLL = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** How many seconds one has to look at the server's heap, before and after the measured time. */
    private static final int LOOK = 3;

    private static final int SENDERS = 64;
    private static final int GPUS = 8;

    private final URI url;
    private final int workers;
    private final ExperimentClient client;
    private final Times times = new Times();
    private final AtomicLong failedBeats = new AtomicLong();
    private final AtomicLong failedPolls = new AtomicLong();
    private final AtomicLong polls = new AtomicLong();
    private final AtomicInteger cutStreams = new AtomicInteger();
    private final Map<String, Integer> lastBeats = new ConcurrentHashMap<>();
    private final List<Reader> readers;
    private volatile boolean isOver;

    private LoadWorkers(URI url, int workers, int readers) {
        this.url = url;
        this.workers = workers;
        this.client = ExperimentClient.builder()
                .baseUrl(url)
                .experimentsToken(Token.VALUE)
                .retryPolicy(RetryPolicy.NEVER) // a beat that needs a second attempt is a lost one
                .build();
        this.readers = IntStream.range(0, readers).mapToObj(any -> new Reader()).toList();
    }

    /**
     * Runs it.
     *
     * @param args the address, how many workers, how many readers, and how many seconds to practise and to measure
     */
    public static void main(String[] args) throws InterruptedException {
        LoadWorkers load = new LoadWorkers(URI.create(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
        load.run(Integer.parseInt(args[3]), Integer.parseInt(args[4]));
        System.exit(0);
    }

    private void run(int practice, int seconds) throws InterruptedException {
        ExecutorService waiting = Executors.newCachedThreadPool();
        ScheduledExecutorService sending = Executors.newScheduledThreadPool(SENDERS);
        readers.forEach(reader -> waiting.execute(reader::read));
        Random random = new Random(1);
        for (int number = 0; number < workers; number++) {
            String host = "worker-" + number;
            long start = System.nanoTime() + (long) (random.nextDouble() * BETWEEN_BEATS.toNanos());
            schedule(sending, report(host), start, 0);
            waiting.execute(() -> poll(host));
        }
        TimeUnit.SECONDS.sleep(practice);
        System.out.println("practised=1");
        TimeUnit.SECONDS.sleep(LOOK);
        System.out.println("measuring=1");
        times.forget();
        readers.forEach(Reader::forget);
        TimeUnit.SECONDS.sleep(seconds);
        int beats = times.count();
        times.print("beat");
        List<Long> events = readers.stream().map(Reader::events).sorted().toList();
        System.out.println("measured=1");
        TimeUnit.SECONDS.sleep(LOOK);
        isOver = true;
        sending.shutdown();
        if (!sending.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("reports are not answered");
        }
        System.out.println("beats=" + beats);
        System.out.println("failed_beats=" + failedBeats);
        System.out.println("polls=" + polls);
        System.out.println("failed_polls=" + failedPolls);
        System.out.println("cut_streams=" + cutStreams);
        System.out.println("fewest_events=" + events.get(0));
        System.out.println("most_events=" + events.get(events.size() - 1));
        System.out.println("unknown_beats=" + unknownBeats());
    }

    private void schedule(ScheduledExecutorService sending, DeviceReport report, long due, int beat) {
        if (!isOver) {
            sending.schedule(() -> beat(sending, report, due, beat), due - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
    }

    /** The room on the disk is the number of the beat. */
    private void beat(ScheduledExecutorService sending, DeviceReport report, long due, int beat) {
        try {
            client.sendHeartbeat(report.diskFree(beat));
            times.add(System.nanoTime() - due);
            lastBeats.put(report.hostId(), beat);
        } catch (ClientException e) {
            failedBeats.incrementAndGet();
            System.err.println("a report failed: " + e.getMessage());
        }
        schedule(sending, report, due + BETWEEN_BEATS.toNanos(), beat + 1);
    }

    /** As long as that of a real worker with eight GPUs. */
    private static DeviceReport report(String host) {
        double load = 61.30458068847656;
        DeviceReport report = DeviceReport.of(host)
                .cpuUtil(load)
                .memoryTotal(503.5184783935547)
                .memoryUsed(load)
                .gpuCount(GPUS)
                .gpuUtil(load)
                .vramUsed(GPUS * load)
                .vramTotal(GPUS * 79.6474609375)
                .gpuTemperature(61)
                .gpuPowerUsage(GPUS * 312.5)
                .torchVersion("2.9.1+cu128")
                .cudaVersion("12.8")
                .activeJobs(List.of());
        for (int gpu = 0; gpu < GPUS; gpu++) {
            report = report.gpu(GpuReport.of(gpu)
                    .name("NVIDIA H100 80GB HBM3")
                    .util(load)
                    .vramUsed(load)
                    .vramTotal(79.6474609375)
                    .temperature(61)
                    .powerUsage(312.5));
        }
        return report;
    }

    private void poll(String host) {
        while (!isOver) {
            try {
                client.nextJob(host, POLL);
                polls.incrementAndGet();
            } catch (ClientException e) {
                failedPolls.incrementAndGet();
                System.err.println("a poll failed: " + e.getMessage());
            }
        }
    }

    /** How many workers there are whose last report that was answered is not the one that the server shows. */
    private long unknownBeats() {
        Map<String, Integer> shown = new ConcurrentHashMap<>();
        for (Device device : client.listDevices()) {
            Double beat = device.diskFree();
            shown.put(device.hostId(), beat == null ? -1 : beat.intValue());
        }
        return lastBeats.entrySet().stream()
                .filter(last -> !last.getValue().equals(shown.get(last.getKey())))
                .count();
    }

    /**
     * Counts the events of a stream. On a bare socket, so that little of the processor is taken from the server; an event
     * whose first word is cut by the end of a chunk is not counted.
     */
    private final class Reader {
        private static final int BUFFER = 1 << 16;
        private static final byte[] EVENT = "\ndata: ".getBytes(StandardCharsets.US_ASCII);

        private final AtomicLong events = new AtomicLong();

        void read() {
            try (Socket socket = new Socket(url.getHost(), url.getPort())) {
                String head = "GET /api/events/stream HTTP/1.1\r\nHost: " + url.getAuthority()
                        + "\r\nAccept: text/event-stream\r\nAuthorization: Bearer " + Token.VALUE + "\r\n\r\n";
                socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
                count(socket.getInputStream());
            } catch (IOException e) {
                System.err.println("a stream of events was cut: " + e);
            }
            if (!isOver) {
                cutStreams.incrementAndGet();
            }
        }

        private void count(InputStream answer) throws IOException {
            byte[] bytes = new byte[BUFFER];
            int matched = 0;
            for (int length = answer.read(bytes); length >= 0; length = answer.read(bytes)) {
                int found = 0;
                for (int at = 0; at < length; at++) {
                    matched = bytes[at] == EVENT[matched] ? matched + 1 : bytes[at] == EVENT[0] ? 1 : 0;
                    if (matched == EVENT.length) {
                        found++;
                        matched = 0;
                    }
                }
                events.addAndGet(found);
            }
        }

        void forget() {
            events.set(0);
        }

        long events() {
            return events.get();
        }
    }
}
