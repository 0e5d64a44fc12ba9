package io.synapse.sdk.benchmarks.contender;

import io.synapse.sdk.JobStatus;
import io.synapse.sdk.LogStream;
import io.synapse.sdk.TailOptions;
import io.synapse.sdk.ray.RayClient;
import java.util.Arrays;
import java.util.Optional;

/** Follows a Ray log with this SDK, by the way that it chooses, and takes each of its lines. */
public final class CatchUpWithSdk {
    private CatchUpWithSdk() {}

    /**
     * Runs it.
     *
     * @param args {@code finished}: to the end of the log, where the job must have succeeded; {@code running}: for so many
     *     lines; how many; then as for any follower
     */
    public static void main(String[] args) throws Exception {
        boolean toTheEnd = args[0].equals("finished");
        long wanted = Long.parseLong(args[1]);
        Follower.time(
                (url, job) -> {
                    try (RayClient client = RayClient.builder().baseUrl(url).build();
                            LogStream log = client.tailJobLogs(job, TailOptions.DEFAULT)) {
                        long lines = log.stream()
                                .limit(toTheEnd ? Long.MAX_VALUE : wanted)
                                .count();
                        if (toTheEnd && !log.finalStatus().equals(Optional.of(JobStatus.SUCCEEDED))) {
                            throw new IllegalStateException("not the end of the log");
                        }
                        return lines;
                    }
                },
                Arrays.copyOfRange(args, 2, args.length));
    }
}
