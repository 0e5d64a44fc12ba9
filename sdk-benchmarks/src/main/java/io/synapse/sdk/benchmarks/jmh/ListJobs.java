package io.synapse.sdk.benchmarks.jmh;

import io.synapse.sdk.benchmarks.contender.JobByHand;
import io.synapse.sdk.job.Job;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** Asks for all jobs. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ListJobs {
    /** With the SDK, as records. */
    @Benchmark
    public List<Job> sdk(Clients clients) {
        return clients.sdk.listJobs();
    }

    /** With OkHttp and Jackson, as records. */
    @Benchmark
    public List<JobByHand> byHand(Clients clients) throws IOException {
        return JobByHand.list(clients.http, clients.mapper, clients.url);
    }
}
