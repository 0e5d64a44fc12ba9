package io.synapse.sdk.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A program that prints what it has measured as {@code name=value}, a line each.
 *
 * @param command how it is started
 */
record Program(List<String> command) {
    /**
     * What it printed.
     *
     * @param values the figures
     * @param millis when each was printed, counted from the start of the process
     */
    record Output(Map<String, Double> values, Map<String, Double> millis) {
        double value(String name) {
            return found(values, name);
        }

        double millisUntil(String name) {
            return found(millis, name);
        }

        private static double found(Map<String, Double> map, String name) {
            Double value = map.get(name);
            if (value == null) {
                throw new IllegalStateException("the program printed no " + name);
            }
            return value;
        }
    }

    /** Runs it to its end, which must be a good one. */
    Output run() throws IOException, InterruptedException {
        return run(name -> {});
    }

    /** The same; is told the name of each figure as soon as it is printed. */
    Output run(Consumer<String> printed) throws IOException, InterruptedException {
        Map<String, Double> values = new HashMap<>();
        Map<String, Double> millis = new HashMap<>();
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int equals = line.indexOf('=');
                if (equals > 0) {
                    millis.put(line.substring(0, equals), (System.nanoTime() - start) / 1e6);
                    values.put(line.substring(0, equals), Double.valueOf(line.substring(equals + 1)));
                    printed.accept(line.substring(0, equals));
                }
            }
            if (process.waitFor() != 0) {
                throw new IOException("exit code " + process.exitValue() + " of " + command);
            }
        } finally {
            process.destroyForcibly();
        }
        return new Output(values, millis);
    }
}
