package io.synapse.sdk.benchmarks.jmh;

import io.synapse.sdk.benchmarks.contender.JobByHand;
import io.synapse.sdk.job.Job;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** Asks for one job. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class GetJob {
    /** With the SDK. */
    @Benchmark
    public Job sdk(Clients clients) {
        return clients.sdk.getJob(clients.job);
    }

    /** With OkHttp and Jackson. */
    @Benchmark
    public JobByHand byHand(Clients clients) throws IOException {
        return JobByHand.get(clients.http, clients.mapper, clients.url, clients.job);
    }
}
