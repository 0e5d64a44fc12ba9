package io.synapse.sdk.benchmarks.contender;

import io.synapse.sdk.LogPublisher;
import io.synapse.sdk.LogStream;
import io.synapse.sdk.StreamLimits;
import io.synapse.sdk.TailOptions;
import io.synapse.sdk.agent.AgentClient;
import io.synapse.sdk.benchmarks.server.LogShape;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Follows many logs of running jobs at the same time, and says what that takes. */
public final class FollowManyWithSdk {
    private static final TailOptions OPTIONS = TailOptions.DEFAULT.limits(StreamLimits.NONE);

    private FollowManyWithSdk() {}

    /**
     * Runs it.
     *
     * @param args {@code threads}, {@code virtual} or {@code async}; the server's URL; how many logs; for how many seconds
     */
    public static void main(String[] args) throws Exception {
        int logs = Integer.parseInt(args[2]);
        long seconds = Long.parseLong(args[3]);
        String job = LogShape.live(seconds).jobId();
        try (AgentClient client =
                AgentClient.builder().baseUrl(args[1]).agentToken(Token.VALUE).build()) {
            client.getJob(job); // what a client costs that follows nothing yet
            System.out.println("jdk=" + Runtime.version().feature());
            System.out.println(
                    "threads_before=" + ManagementFactory.getThreadMXBean().getThreadCount());
            System.out.println("rss_before_bytes=" + memory("VmRSS"));
            List<? extends Future<Long>> lines =
                    args[0].equals("async") ? subscribed(client, job, logs) : read(client, job, logs, threads(args[0]));
            int complete = 0;
            for (Future<Long> each : lines) {
                complete += each.get() == seconds ? 1 : 0;
            }
            System.out.println("complete=" + complete);
            System.out.println(
                    "most_threads=" + ManagementFactory.getThreadMXBean().getPeakThreadCount());
            System.out.println("rss_bytes=" + memory("VmHWM"));
        }
        System.exit(0);
    }

    private static ExecutorService threads(String kind) throws ReflectiveOperationException {
        return kind.equals("virtual") // which the oldest JDK that this is compiled for does not know
                ? (ExecutorService) Executors.class
                        .getMethod("newVirtualThreadPerTaskExecutor")
                        .invoke(null)
                : Executors.newCachedThreadPool();
    }

    private static List<Future<Long>> read(AgentClient client, String job, int logs, ExecutorService threads) {
        return IntStream.range(0, logs)
                .mapToObj(any -> threads.submit(() -> {
                    try (LogStream log = client.tailJobLogs(job, OPTIONS)) {
                        return log.stream().count();
                    }
                }))
                .toList();
    }

    private static List<CompletableFuture<Long>> subscribed(AgentClient client, String job, int logs) {
        return IntStream.range(0, logs)
                .mapToObj(any -> {
                    LogPublisher log = client.async().tailJobLogs(job, OPTIONS);
                    log.subscribe(new Everything());
                    return log.completion().thenApply(status -> log.statistics().lines());
                })
                .toList();
    }

    private static final class Everything implements Flow.Subscriber<String> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {}

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onComplete() {}
    }

    /** What Linux says of this process. */
    private static long memory(String figure) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                        .filter(line -> line.startsWith(figure + ":"))
                        .map(line -> line.replaceAll("\\D", ""))
                        .mapToLong(Long::parseLong)
                        .findFirst()
                        .orElseThrow()
                << 10;
    }
}
