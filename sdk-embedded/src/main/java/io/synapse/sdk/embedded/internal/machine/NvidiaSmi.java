package io.synapse.sdk.embedded.internal.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The GPUs as NVIDIA's own command reports them. Stateless and safe for use by several threads.
 *
 * @see <a href="https://docs.nvidia.com/deploy/nvidia-smi/index.html">nvidia-smi</a>
 */
final class NvidiaSmi {
    private static final Logger log = LoggerFactory.getLogger(NvidiaSmi.class);
    private static final String GPUS =
            "--query-gpu=index,name,uuid,utilization.gpu,memory.used,memory.total," + "temperature.gpu,power.draw";
    private static final int FIELDS = 8;
    private static final String FORMAT = "--format=csv,noheader,nounits";

    private final String command;
    private final Duration limit;

    /**
     * @param command name or path of the program
     * @param limit how long one reading may take; a driver in trouble lets the command hang for ever
     */
    NvidiaSmi(String command, Duration limit) {
        this.command = command;
        this.limit = limit;
    }

    /** What there is now; empty on a machine without the command, and when it fails or takes too long. */
    List<Gpu> read() {
        long deadline = System.nanoTime() + limit.toNanos();
        Optional<List<String>> gpus = query(GPUS, deadline);
        if (gpus.isEmpty() || gpus.get().isEmpty()) {
            return List.of();
        }
        List<String> processes =
                query("--query-compute-apps=gpu_uuid,pid,used_memory", deadline).orElse(List.of());
        return parse(gpus.get(), processes);
    }

    static List<Gpu> parse(List<String> gpuLines, List<String> processLines) {
        Map<String, List<Gpu.Process>> processes = processesByGpu(processLines);
        List<Gpu> gpus = new ArrayList<>();
        for (String line : gpuLines) {
            String[] fields = fields(line);
            Long index = fields.length == FIELDS ? number(fields[0]) : null;
            if (index == null) {
                continue; // not a record: the command also prints notices such as "No devices were found"
            }
            gpus.add(new Gpu(
                    index.intValue(),
                    fields[1],
                    fields[2],
                    decimal(fields[3]),
                    number(fields[4]),
                    number(fields[5]),
                    decimal(fields[6]),
                    decimal(fields[7]),
                    processes.getOrDefault(fields[2], List.of())));
        }
        return List.copyOf(gpus);
    }

    private static Map<String, List<Gpu.Process>> processesByGpu(List<String> lines) {
        Map<String, List<Gpu.Process>> byGpu = new HashMap<>();
        for (String line : lines) {
            String[] fields = fields(line);
            Long pid = fields.length == 3 ? number(fields[1]) : null;
            if (pid != null) {
                byGpu.computeIfAbsent(fields[0], uuid -> new ArrayList<>())
                        .add(new Gpu.Process(pid, number(fields[2])));
            }
        }
        return byGpu;
    }

    private static String[] fields(String line) {
        return line.strip().split("\\s*,\\s*");
    }

    /** Null for what the driver does not say: "[N/A]", "[Not Supported]", "[Insufficient Permissions]". */
    private static @Nullable Long number(String field) {
        return field.matches("\\d{1,18}") ? Long.valueOf(field) : null;
    }

    private static @Nullable Double decimal(String field) {
        return field.matches("\\d{1,9}(\\.\\d{1,9})?") ? Double.valueOf(field) : null;
    }

    /** The lines of one answer; empty when there is none. */
    private Optional<List<String>> query(String question, long deadline) {
        try {
            // Into a file: reading a pipe would wait for a process that hangs, and cannot be given a time limit.
            Path answer = Files.createTempFile("synapse-gpu", ".csv");
            try {
                return run(question, answer, deadline) ? Optional.of(Files.readAllLines(answer)) : Optional.empty();
            } finally {
                Files.deleteIfExists(answer);
            }
        } catch (IOException e) {
            log.debug("no GPU is reported: cannot run {} ({})", command, e.getMessage());
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private boolean run(String question, Path answer, long deadline) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command, question, FORMAT)
                .redirectOutput(answer.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                log.warn("{} did not answer within {} ms; GPUs are not reported", command, limit.toMillis());
                return false;
            }
            if (process.exitValue() != 0) {
                log.debug("{} {} ended with {}", command, question, process.exitValue());
            }
            return process.exitValue() == 0;
        } finally {
            process.destroyForcibly();
        }
    }
}
