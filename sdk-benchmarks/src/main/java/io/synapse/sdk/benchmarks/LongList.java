package io.synapse.sdk.benchmarks;

import io.synapse.sdk.agent.AgentClient;
import io.synapse.sdk.benchmarks.Comparison.Unit;
import io.synapse.sdk.benchmarks.contender.Token;
import io.synapse.sdk.benchmarks.jmh.JmhRound;
import io.synapse.sdk.benchmarks.jmh.ListJobs;
import io.synapse.sdk.job.JobSubmission;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** P8: twenty thousand jobs in one answer. */
final class LongList implements Benchmark {
    private static final int JOBS = 20_000;

    private static final Target TARGET = Target.atMost(1.1);

    @Override
    public String id() {
        return "P8";
    }

    @Override
    public List<Row> run(Workbench workbench) throws IOException {
        List<Row> rows = new ArrayList<>(compare(workbench, "fast server", workbench.fastServer()));
        workbench.progress("P8: %,d jobs for the embedded agent".formatted(JOBS));
        fill(workbench.agent());
        rows.addAll(compare(workbench, "embedded agent", workbench.agent()));
        return rows;
    }

    private List<Row> compare(Workbench workbench, String server, String url) throws IOException {
        List<JmhRound.Findings> ours = new ArrayList<>();
        List<JmhRound.Findings> theirs = new ArrayList<>();
        JmhRound jmh = new JmhRound(
                url, "", 1, workbench.options().jmhWarmUp(), workbench.options().jmhSeconds());
        workbench.progress("P8 listJobs, %s".formatted(server));
        jmh.inTurn(ListJobs.class, workbench.options().rounds(), ours::add, theirs::add);
        return List.of(
                row("time", server, Unit.MICROSECONDS, times(ours), times(theirs)),
                row("allocation", server, Unit.MEGABYTES, allocations(ours), allocations(theirs)));
    }

    private Row row(String what, String server, Unit unit, Samples ours, Samples theirs) {
        String work = "listJobs with %,d jobs, %s".formatted(JOBS, what);
        return new Comparison(id(), work, server, "OkHttp + Jackson", unit, ours, theirs, TARGET);
    }

    private static Samples times(List<JmhRound.Findings> rounds) {
        return Samples.of(rounds, round -> round.times().getMean());
    }

    private static Samples allocations(List<JmhRound.Findings> rounds) {
        return Samples.of(rounds, JmhRound.Findings::bytesPerOperation);
    }

    /** The first few run for as long as the agent does, so that the others wait and cost nothing. */
    private static void fill(String url) {
        try (AgentClient client =
                AgentClient.builder().baseUrl(url).agentToken(Token.VALUE).build()) {
            JobSubmission submission = JobSubmission.of("sleep 86400").metadata(Map.of("team", "vision"));
            int missing = JOBS - client.listJobs().size();
            CompletableFuture.allOf(Stream.generate(() -> client.async().submitJob(submission))
                            .limit(missing)
                            .toArray(CompletableFuture[]::new))
                    .join();
        }
    }
}
