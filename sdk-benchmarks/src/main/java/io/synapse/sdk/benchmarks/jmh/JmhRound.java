package io.synapse.sdk.benchmarks.jmh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Objects;
import java.util.function.Consumer;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.util.Statistics;

/**
 * One fork of one JMH benchmark. JMH would run all forks of the first contender before those of the second; to have them
 * take turns, each is run on its own.
 *
 * @param url where the server is
 * @param job which job to ask for
 * @param threads how many threads ask at the same time
 * @param warmUpSeconds how long it runs before it is measured
 * @param seconds how long it is measured
 */
public record JmhRound(String url, String job, int threads, int warmUpSeconds, int seconds) {
    /**
     * What a fork found.
     *
     * @param times in microseconds: one for each operation, or one for each iteration
     * @param bytesPerOperation what was allocated
     */
    public record Findings(Statistics times, double bytesPerOperation) {}

    /**
     * Runs the two methods of a class of benchmarks in turn, as often as there are rounds, each time in another order. A
     * round before that is for the server to warm up, and does not count.
     *
     * @param ours takes the findings of the method {@code sdk}
     * @param theirs takes the findings of the method {@code byHand}
     */
    public void inTurn(Class<?> benchmark, int rounds, Consumer<Findings> ours, Consumer<Findings> theirs)
            throws IOException {
        run(benchmark, "byHand", 1);
        for (int round = 1; round <= rounds; round++) {
            if (round % 2 == 0) {
                ours.accept(run(benchmark, "sdk", warmUpSeconds));
            }
            theirs.accept(run(benchmark, "byHand", warmUpSeconds));
            if (round % 2 == 1) {
                ours.accept(run(benchmark, "sdk", warmUpSeconds));
            }
        }
    }

    private Findings run(Class<?> benchmark, String method, int warmUp) throws IOException {
        Path log = Files.createTempFile("jmh-", ".log");
        try {
            Collection<RunResult> results = new Runner(new OptionsBuilder()
                            .include("^" + benchmark.getName().replace(".", "\\.") + "\\." + method + "$")
                            .param("url", url)
                            .param("job", job)
                            .threads(threads)
                            .forks(1)
                            .warmupIterations(warmUp)
                            .warmupTime(TimeValue.seconds(1))
                            .measurementIterations(seconds)
                            .measurementTime(TimeValue.seconds(1))
                            .addProfiler(GCProfiler.class)
                            .shouldFailOnError(true)
                            .output(log.toString())
                            .build())
                    .run();
            RunResult result = results.iterator().next();
            Result<?> allocated =
                    Objects.requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm"));
            return new Findings(result.getPrimaryResult().getStatistics(), allocated.getScore());
        } catch (RunnerException e) {
            throw new IOException("JMH failed:\n" + Files.readString(log), e);
        } finally {
            Files.delete(log);
        }
    }
}
