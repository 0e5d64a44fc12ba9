package io.synapse.sdk.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A server in a process of its own; it prints its address, and ends with its standard input. */
final class ServerProcess implements AutoCloseable {
    private final Process process;
    private final String url;

    ServerProcess(List<String> command) throws IOException {
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String first =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
        if (first == null) {
            throw new IOException("no server came of " + command);
        }
        url = first;
    }

    /** Where it is. */
    String url() {
        return url;
    }

    /** The processor time that it has spent so far; in steps of 10 ms. */
    Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** What its heap holds after a full garbage collection. */
    long liveHeapBytes() throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process histogram = new ProcessBuilder(jcmd, Long.toString(process.pid()), "GC.class_histogram").start();
        List<String> lines = histogram.inputReader().lines().toList();
        histogram.waitFor();
        String total = lines.isEmpty() ? "" : lines.get(lines.size() - 1);
        String[] columns = total.split("\\s+");
        if (!columns[0].equals("Total")) {
            throw new IOException("jcmd does not tell what the heap holds: " + total);
        }
        return Long.parseLong(columns[2]);
    }

    /** Ends it by SIGKILL, and waits for that. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
