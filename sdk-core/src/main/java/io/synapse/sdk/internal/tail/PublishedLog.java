package io.synapse.sdk.internal.tail;

import io.synapse.sdk.JobStatus;
import io.synapse.sdk.LogPublisher;
import io.synapse.sdk.LogStatistics;
import io.synapse.sdk.LogStream;
import io.synapse.sdk.internal.publish.PullPublisher;
import io.synapse.sdk.internal.publish.Pulled;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Publishes a log. */
final class PublishedLog extends PullPublisher<String, JobStatus> implements LogPublisher {
    private final LogStream log;

    PublishedLog(LogStream log, Supplier<Executor> threads) {
        super("the log", new Lines(log), threads);
        this.log = log;
    }

    @Override
    public CompletableFuture<JobStatus> forEachLine(Consumer<? super String> consumer) {
        return forEach(consumer);
    }

    @Override
    public LogStatistics statistics() {
        return log.statistics();
    }

    private record Lines(LogStream log) implements Pulled<String, JobStatus> {
        @Override
        public Iterator<String> iterator() {
            return log.iterator();
        }

        @Override
        public JobStatus result() {
            return log.finalStatus().orElseThrow();
        }

        @Override
        public void close() {
            log.close();
        }
    }
}
