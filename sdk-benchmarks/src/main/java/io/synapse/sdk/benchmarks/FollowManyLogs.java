package io.synapse.sdk.benchmarks;

import io.synapse.sdk.benchmarks.contender.FollowManyWithSdk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** P7: the logs of a thousand running jobs, followed at the same time. */
final class FollowManyLogs implements Benchmark {
    private static final int LOGS = 1_000;

    @Override
    public String id() {
        return "P7";
    }

    @Override
    public List<Row> run(Workbench workbench) throws IOException, InterruptedException {
        List<Row> rows = new ArrayList<>();
        Path java = Path.of(System.getProperty("java.home"));
        rows.add(follow(workbench, java, "blocking, a platform thread each", "threads"));
        rows.add(follow(workbench, java, "asynchronous", "async"));
        Path newest = workbench.options().newestJdk().orElse(null);
        if (newest == null) {
            workbench.progress("P7: no JDK with virtual threads");
            return rows;
        }
        rows.add(follow(workbench, newest, "blocking, a virtual thread each", "virtual"));
        rows.add(follow(workbench, newest, "asynchronous, with virtual threads", "async"));
        return rows;
    }

    private Row follow(Workbench workbench, Path java, String how, String way)
            throws IOException, InterruptedException {
        int seconds = workbench.options().seconds();
        workbench.progress("P7 " + how);
        Program.Output output = new Program(workbench.java(
                        java,
                        List.of(),
                        FollowManyWithSdk.class,
                        way,
                        workbench.fastServer(),
                        Integer.toString(LOGS),
                        Integer.toString(seconds)))
                .run();
        String work = String.format(
                Locale.ROOT,
                "follow %,d logs of a line a second for %d s, %s, JDK %.0f",
                LOGS,
                seconds,
                how,
                output.value("jdk"));
        String result = String.format(
                Locale.ROOT,
                "%,.0f complete; %.3f platform threads a log; RSS %.0f MB, %.0f MB before",
                output.value("complete"),
                (output.value("most_threads") - output.value("threads_before")) / LOGS,
                output.value("rss_bytes") / 1e6,
                output.value("rss_before_bytes") / 1e6);
        return new Finding(id(), work, "fast server", result, "all complete", output.value("complete") == LOGS);
    }
}
