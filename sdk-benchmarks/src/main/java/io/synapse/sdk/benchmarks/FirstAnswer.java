package io.synapse.sdk.benchmarks;

import io.synapse.sdk.benchmarks.Comparison.Unit;
import io.synapse.sdk.benchmarks.contender.FirstAnswerByHand;
import io.synapse.sdk.benchmarks.contender.FirstAnswerWithSdk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** P5: how long a JVM takes from its start to the first answer, and what it has to load for that. */
final class FirstAnswer implements Benchmark {
    private static final Target TARGET = Target.atMost(1.15);

    /** A start is short, and the machine's noise is large in comparison. */
    private static final int STARTS_PER_ROUND = 5;

    @Override
    public String id() {
        return "P5";
    }

    @Override
    public List<Row> run(Workbench workbench) throws IOException, InterruptedException {
        List<Double> ourMillis = new ArrayList<>();
        List<Double> theirMillis = new ArrayList<>();
        List<Double> ourClasses = new ArrayList<>();
        List<Double> theirClasses = new ArrayList<>();
        for (int round = 1; round <= STARTS_PER_ROUND * workbench.options().rounds(); round++) {
            workbench.progress("P5: start " + round);
            Program.Output ours = ask(workbench, FirstAnswerWithSdk.class);
            Program.Output theirs = ask(workbench, FirstAnswerByHand.class);
            ourMillis.add(ours.millisUntil("succeeded"));
            theirMillis.add(theirs.millisUntil("succeeded"));
            ourClasses.add(ours.value("classes"));
            theirClasses.add(theirs.value("classes"));
        }
        return List.of(
                row("JVM start to the first answer", Unit.MILLISECONDS, ourMillis, theirMillis),
                row("classes loaded for it", Unit.CLASSES, ourClasses, theirClasses));
    }

    private Row row(String work, Unit unit, List<Double> ours, List<Double> theirs) {
        return new Comparison(
                id(), work, "fast server", "OkHttp + Jackson", unit, new Samples(ours), new Samples(theirs), TARGET);
    }

    private static Program.Output ask(Workbench workbench, Class<?> program) throws IOException, InterruptedException {
        Program.Output output =
                new Program(workbench.java(program, workbench.fastServer(), Workbench.finished(8_000, 1))).run();
        if (output.value("succeeded") != 1) {
            throw new IllegalStateException("not the answer that was sent");
        }
        return output;
    }
}
