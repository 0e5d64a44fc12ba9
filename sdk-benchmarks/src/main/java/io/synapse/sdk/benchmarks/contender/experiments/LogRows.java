package io.synapse.sdk.benchmarks.contender.experiments;

import io.synapse.sdk.Endpoint;
import io.synapse.sdk.ResponseType;
import io.synapse.sdk.benchmarks.contender.Token;
import io.synapse.sdk.experiment.AssignedJob;
import io.synapse.sdk.experiment.DeviceReport;
import io.synapse.sdk.experiment.ExperimentClient;
import io.synapse.sdk.experiment.ExperimentSubmission;
import io.synapse.sdk.experiment.SyncPart;
import io.synapse.sdk.experiment.SyncReply;
import io.synapse.sdk.experiment.SyncTarget;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/**
 * Logs rows of ten metrics as fast as the server takes them, several runs at a time, each waiting for the answer before it
 * goes on: each call is a commit. At the end it looks whether the server has them all.
 */
public final class LogRows {
    private static final String PROJECT = "live";
    private static final int METRICS = 10;
    private static final long PID = 4_999_999;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration BETWEEN_BEATS = Duration.ofSeconds(3);

    private final ExperimentClient client;
    private final int rowsAtOnce;
    private final Times times = new Times();
    private final AtomicLong rows = new AtomicLong();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean isOver;

    private LogRows(ExperimentClient client, int rowsAtOnce) {
        this.client = client;
        this.rowsAtOnce = rowsAtOnce;
    }

    /**
     * Runs it.
     *
     * @param args the address, {@code sync} for a worker's copy of a CSV file or {@code batch} for {@code log-batch} of
     *     MLflow's REST, how many runs at a time, how many rows a call, and how many seconds to practise and to measure
     */
    public static void main(String[] args) throws InterruptedException {
        try (ExperimentClient client = ExperimentClient.builder()
                .baseUrl(args[0])
                .experimentsToken(Token.VALUE)
                .build()) {
            new LogRows(client, Integer.parseInt(args[3]))
                    .run(
                            args[1].equals("sync"),
                            Integer.parseInt(args[2]),
                            Integer.parseInt(args[4]),
                            Integer.parseInt(args[5]));
        }
        System.exit(0);
    }

    private interface Log {
        /** Sends the next rows, the first of which has this number. */
        void send(long first) throws Exception;

        /** How many rows the server has. */
        long known() throws Exception;
    }

    private void run(boolean isSync, int runs, int practice, int seconds) throws InterruptedException {
        long experiment = isSync ? 0 : experiment();
        List<Thread> threads = new ArrayList<>();
        for (int number = 0; number < runs; number++) {
            Log log = isSync ? new CsvCopy("worker-" + System.nanoTime()) : new Batches(experiment);
            threads.add(new Thread(() -> write(log)));
        }
        threads.forEach(Thread::start);
        TimeUnit.SECONDS.sleep(practice);
        System.out.println("measuring=1");
        times.forget();
        long before = rows.get();
        long start = System.nanoTime();
        TimeUnit.SECONDS.sleep(seconds);
        double came = rows.get() - before;
        double took = (System.nanoTime() - start) / 1e9;
        double calls = times.count();
        System.out.println("measured=1");
        isOver = true;
        for (Thread thread : threads) {
            thread.join();
        }
        if (failure.get() != null) {
            throw new IllegalStateException("a call failed", failure.get());
        }
        System.out.println("rows_per_second=" + came / took);
        System.out.println("calls_per_second=" + calls / took);
        System.out.println("rows=" + came);
        times.print("call");
    }

    private void write(Log log) {
        try {
            long sent = 0;
            while (!isOver && failure.get() == null) {
                long first = sent;
                times.time(() -> {
                    log.send(first);
                    return first;
                });
                sent += rowsAtOnce;
                rows.addAndGet(rowsAtOnce);
            }
            if (log.known() != sent) {
                throw new IllegalStateException(sent + " rows were sent, the server has " + log.known());
            }
        } catch (Exception | Error e) {
            failure.compareAndSet(null, e);
        }
    }

    private static double value(long row, int metric) {
        return (metric + 1) / (1.0 + row % 1000);
    }

    /** The file of metrics of a job, copied part by part as a worker copies it. */
    private final class CsvCopy implements Log {
        private final String host;
        private final String uid;
        private final int attempt;
        private long size;
        private String hash = "";
        private long beaten = System.nanoTime();

        CsvCopy(String host) {
            this.host = host;
            client.sendHeartbeat(DeviceReport.of(host).cpuUtil(1));
            client.submitExperiment(ExperimentSubmission.ofConfig("project: " + PROJECT + "\nepochs: 100000000\n")
                    .device(host));
            AssignedJob job = client.nextJob(host, PATIENCE).orElseThrow();
            uid = job.experimentUid();
            attempt = Objects.requireNonNull(job.attempt());
            client.confirmStarted(uid, PID, attempt);
        }

        @Override
        public void send(long first) {
            StringBuilder text = new StringBuilder();
            if (first == 0) {
                text.append("step");
                IntStream.range(0, METRICS)
                        .forEach(metric -> text.append(",metric").append(metric));
                text.append('\n');
            }
            for (long row = first; row < first + rowsAtOnce; row++) {
                text.append(row);
                for (int metric = 0; metric < METRICS; metric++) {
                    text.append(',').append(value(row, metric));
                }
                text.append('\n');
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
            SyncPart part =
                    SyncPart.of(SyncTarget.RUN, uid, file(), size, bytes).attempt(attempt);
            SyncReply reply = client.syncFile(size == 0 ? part : part.prefixHash(hash));
            size = Objects.requireNonNull(reply.size());
            hash = Objects.requireNonNull(reply.hash());
            beat();
        }

        private String file() {
            return host + ".csv";
        }

        /** So that the job stays this worker's. */
        private void beat() {
            if (System.nanoTime() - beaten > BETWEEN_BEATS.toNanos()) {
                beaten = System.nanoTime();
                client.sendHeartbeat(DeviceReport.of(host).cpuUtil(1).activeJobs(List.of(uid)));
            }
        }

        @Override
        public long known() {
            return Objects.requireNonNull(client.getRun(PROJECT, host).totalSteps());
        }
    }

    private long experiment() {
        Map<?, ?> made = client.perform(Endpoint.post("api/2.0/mlflow/experiments/create", ResponseType.object())
                .json(Map.of("name", "batches-" + System.nanoTime())));
        return Long.parseLong(String.valueOf(made.get("experiment_id")));
    }

    /** A run of MLflow's REST. */
    private final class Batches implements Log {
        private static final String ROOT = "api/2.0/mlflow/runs/";

        private final String id;

        Batches(long experiment) {
            Map<?, ?> made = client.perform(Endpoint.post(ROOT + "create", ResponseType.object())
                    .json(Map.of(
                            "experiment_id", Long.toString(experiment), "start_time", System.currentTimeMillis())));
            id = (String) field(field(made, "run"), "info", "run_id");
        }

        @Override
        public void send(long first) {
            List<Map<String, Object>> metrics = new ArrayList<>();
            for (long row = first; row < first + rowsAtOnce; row++) {
                for (int metric = 0; metric < METRICS; metric++) {
                    metrics.add(Map.of(
                            "key", "metric" + metric, "value", value(row, metric), "timestamp", row, "step", row));
                }
            }
            client.perform(Endpoint.post(ROOT + "log-batch", ResponseType.object())
                    .json(Map.of("run_id", id, "metrics", metrics)));
        }

        @Override
        public long known() {
            Map<?, ?> run = client.perform(
                    Endpoint.get(ROOT + "get", ResponseType.object()).query("run_id", id));
            List<?> metrics = (List<?>) field(field(run, "run"), "data", "metrics");
            return 1 + ((Number) field(metrics.get(0), "step")).longValue();
        }
    }

    private static Object field(Object document, String... names) {
        Object at = document;
        for (String name : names) {
            at = Objects.requireNonNull(((Map<?, ?>) at).get(name), name);
        }
        return at;
    }
}
