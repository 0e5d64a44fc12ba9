package io.synapse.sdk.examples;

import io.synapse.sdk.experiment.ExperimentJob;
import io.synapse.sdk.experiment.ExperimentStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The jobs of a sweep as a table in a terminal. */
final class SweepTable {
    private static final String UP_AND_CLEAR = "\033[%dA\033[J";

    private final Map<String, Line> lines = new LinkedHashMap<>();
    private final int steps;
    private final boolean live;
    private int drawn;

    private static final class Line {
        ExperimentJob job;
        final TreeMap<Double, Double> losses = new TreeMap<>(); // a new attempt writes steps again

        Line(ExperimentJob job) {
            this.job = job;
        }
    }

    SweepTable(List<ExperimentJob> jobs, int steps, boolean live) {
        jobs.forEach(job -> lines.put(job.experimentUid(), new Line(job)));
        this.steps = steps;
        this.live = live;
    }

    void see(ExperimentJob job) {
        Line line = lines.get(job.experimentUid());
        if (line != null) {
            line.job = job;
            redraw();
        }
    }

    /** Rows of metrics of a run, which the training names as its job. */
    void see(@Nullable String run, List<Map<String, Double>> rows) {
        Line line = lines.get(run);
        if (line != null) {
            rows.forEach(row -> line.losses.put(row.get("step"), row.get("loss")));
            redraw();
        }
    }

    boolean isOver() {
        return lines.values().stream().allMatch(line -> line.job.status().isTerminal());
    }

    /** Whether jobs have been completed, and this worker is in the middle of one. */
    boolean isInTheMiddleOn(String worker) {
        return lines.values().stream().anyMatch(line -> line.job.status().equals(ExperimentStatus.COMPLETED))
                && lines.values().stream()
                        .anyMatch(line -> line.job.status().equals(ExperimentStatus.RUNNING)
                                && line.losses.size() >= steps / 4
                                && worker(line.job).equals(worker));
    }

    /** A line above the table. */
    void say(String text) {
        clear();
        System.out.println(text);
        redraw();
    }

    private void redraw() {
        if (live) {
            clear();
            print();
            drawn = lines.size() + 1;
        }
    }

    private void clear() {
        if (drawn > 0) {
            System.out.printf(UP_AND_CLEAR, drawn);
            drawn = 0;
        }
    }

    /** Prints it, in place of the one that was drawn before. */
    void print() {
        clear();
        StringBuilder text = new StringBuilder("  lr  width  state      attempt  worker    step  loss\n");
        lines.values().forEach(line -> text.append(text(line)).append('\n'));
        System.out.print(text);
    }

    private static String text(Line line) {
        ExperimentJob job = line.job;
        Map.Entry<Double, Double> last = line.losses.lastEntry();
        return String.format(
                        Locale.ROOT,
                        "%4s  %5s  %-9s  %7s  %-8s  %4d  %s",
                        job.grid().get("lr"),
                        job.grid().get("width"),
                        job.status(),
                        shown(job.attempt()),
                        worker(job),
                        line.losses.size(),
                        last == null ? "" : String.format(Locale.ROOT, "%.4f", last.getValue()))
                .stripTrailing();
    }

    /** The host of the device that has it. */
    private static String worker(ExperimentJob job) {
        return shown(job.assignedDevice()).replaceFirst(":.*", "");
    }

    private static String shown(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
