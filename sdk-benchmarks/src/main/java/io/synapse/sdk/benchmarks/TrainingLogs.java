package io.synapse.sdk.benchmarks;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * The log folders that trainings leave: a CSV file and a config for each run. The numbers are noisy curves of six decimals;
 * they are the same in each run of the benchmark.
 *
 * @param folder in which a folder for each project is
 */
record TrainingLogs(Path folder) {
    /** The metrics of a run. */
    static final List<String> METRICS = List.of(
            "loss",
            "accuracy",
            "val_loss",
            "val_accuracy",
            "lr",
            "grad_norm",
            "precision",
            "recall",
            "seconds",
            "samples_per_second");

    private static final int DECIMALS = 6;
    private static final int ONE = 1_000_000;
    private static final int BUFFER = 1 << 16;

    /** Writes the files of runs that have done all their steps. */
    void write(String project, int runs, int steps) throws IOException {
        for (int run = 0; run < runs; run++) {
            write(project, String.format(Locale.ROOT, "run-%05d", run), METRICS, steps, run);
        }
    }

    /** Writes the files of a run with one metric. */
    void writeOne(String project, String run, int steps) throws IOException {
        write(project, run, METRICS.subList(0, 1), steps, 0);
    }

    private void write(String project, String run, List<String> metrics, int steps, int seed) throws IOException {
        Path files = Files.createDirectories(folder.resolve(project));
        Files.writeString(files.resolve(run + ".yaml"), """
                project: %s
                agent: classifier
                model: {name: resnet18, dropout: %.2f}
                optimizer: {name: adamw, lr: %.5f}
                batch_size: %d
                seed: %d
                epochs: %d
                """.formatted(
                        project, seed % 10 / 20.0, (1 + seed % 100) / 1e5, 16 << seed % 4, seed, steps));
        SplittableRandom random = new SplittableRandom(seed);
        try (OutputStream csv = new BufferedOutputStream(Files.newOutputStream(files.resolve(run + ".csv")), BUFFER)) {
            csv.write(("step," + String.join(",", metrics) + "\n").getBytes(StandardCharsets.US_ASCII));
            Line line = new Line();
            for (int step = 1; step <= steps; step++) {
                line.number(step);
                int height = ONE * 50 / (50 + step);
                for (int metric = 0; metric < metrics.size(); metric++) {
                    line.decimal(height * (1 + metric / 2) + random.nextInt(ONE / 20));
                }
                line.writeTo(csv);
            }
        }
    }

    /** Text of a line: a formatter would take longer than the server to read it. */
    private static final class Line {
        private static final int MOST_DIGITS = 20;

        private final byte[] bytes = new byte[(METRICS.size() + 1) * (MOST_DIGITS + 2)];
        private int length;

        void number(int value) {
            digits(value, 1);
        }

        /** A comma, and a value that is given in millionths. */
        void decimal(int millionths) {
            bytes[length++] = ',';
            digits(millionths / ONE, 1);
            bytes[length++] = '.';
            digits(millionths % ONE, DECIMALS);
        }

        private void digits(int value, int least) {
            int count = 1;
            for (int rest = value / 10; rest > 0; rest /= 10) {
                count++;
            }
            int end = length + Math.max(count, least);
            for (int at = end - 1, rest = value; at >= length; at--, rest /= 10) {
                bytes[at] = (byte) ('0' + rest % 10);
            }
            length = end;
        }

        void writeTo(OutputStream out) throws IOException {
            bytes[length++] = '\n';
            out.write(bytes, 0, length);
            length = 0;
        }
    }
}
