package io.synapse.sdk.it.tail;

import io.synapse.sdk.LogStatistics;
import io.synapse.sdk.LogStream;
import io.synapse.sdk.StreamLimits;
import io.synapse.sdk.TailOptions;
import io.synapse.sdk.TailProtocol;
import io.synapse.sdk.agent.AgentClient;
import io.synapse.sdk.job.JobOperations;
import io.synapse.sdk.ray.RayClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Follows a log in a JVM of its own, with little memory, and says what it saw. */
public final class Follower {
    /** As a slow reader: a rest after so many lines. */
    private static final int LINES_BETWEEN_RESTS = 1_000;

    private static final int LINES_BETWEEN_COLLECTIONS = 100_000;

    /**
     * What a follower saw.
     *
     * @param lines how many lines
     * @param digest the SHA-256 of the lines, each with a newline
     * @param status the job's final status
     * @param protocol the way at the end
     * @param reconnects how often the connection was made anew
     * @param repeatedBytes what the server sent again and was skipped
     * @param seconds from the beginning to the end
     * @param liveHeap the most memory in bytes that was in use after a garbage collection
     */
    public record Seen(
            long lines,
            String digest,
            String status,
            TailProtocol protocol,
            long reconnects,
            long repeatedBytes,
            double seconds,
            long liveHeap) {}

    private final CompletableFuture<Void> begun = new CompletableFuture<>();
    private final CompletableFuture<Seen> seen;

    private Follower(ProcessBuilder program) {
        // Not on the common pool: with two processors it has one thread, and followers are to run side by side.
        seen = CompletableFuture.supplyAsync(() -> run(program), task -> new Thread(task).start());
    }

    /** Waits until the first line has arrived. */
    public void awaitBegun() {
        begun.orTimeout(60, TimeUnit.SECONDS).join();
    }

    /** Waits until the log is complete. */
    public Seen awaitEnd() throws Exception {
        return seen.get(240, TimeUnit.SECONDS);
    }

    /**
     * Starts following, with a heap of 48 MB.
     *
     * @param server an agent, or, when the token is empty, the dashboard of a Ray cluster
     */
    public static Follower start(URI server, String token, String job, TailProtocol protocol, int restMillis) {
        ProcessBuilder follower = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx48m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Follower.class.getName(),
                        server.toString(),
                        token,
                        job,
                        protocol.name(),
                        Integer.toString(restMillis)))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        return new Follower(follower);
    }

    private Seen run(ProcessBuilder program) {
        try {
            Process process = program.start();
            try (BufferedReader output = process.inputReader()) {
                output.readLine();
                begun.complete(null);
                String last = Optional.ofNullable(output.readLine())
                        .orElseThrow(() -> new IllegalStateException("the follower failed: see its error output"));
                String[] words = last.split(" ");
                return new Seen(
                        Long.parseLong(words[0]),
                        words[1],
                        words[2],
                        TailProtocol.of(words[3]),
                        Long.parseLong(words[4]),
                        Long.parseLong(words[5]),
                        Double.parseDouble(words[6]),
                        Long.parseLong(words[7]));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The program: address, token (or nothing), job, protocol, milliseconds to rest after each thousand lines. */
    public static void main(String[] arguments) throws NoSuchAlgorithmException {
        TailOptions options =
                TailOptions.DEFAULT.protocol(TailProtocol.of(arguments[3])).limits(StreamLimits.NONE);
        long restNanos = Long.parseLong(arguments[4]) * 1_000_000;
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        long lines = 0;
        long liveHeap = 0;
        long begin = System.nanoTime();
        JobOperations client = client(arguments[0], arguments[1]);
        try (LogStream log = client.tailJobLogs(arguments[2], options)) {
            for (String line : log) {
                if (lines == 0) {
                    System.out.println("begun");
                }
                digest.update((line + "\n").getBytes(StandardCharsets.UTF_8));
                lines++;
                if (restNanos > 0 && lines % LINES_BETWEEN_RESTS == 0) {
                    LockSupport.parkNanos(restNanos);
                }
                if (lines % LINES_BETWEEN_COLLECTIONS == 0) {
                    liveHeap = Math.max(liveHeap, liveHeap());
                }
            }
            LogStatistics seen = log.statistics();
            System.out.println(lines + " " + HexFormat.of().formatHex(digest.digest()) + " "
                    + log.finalStatus().orElseThrow() + " " + seen.protocol() + " " + seen.reconnects() + " "
                    + seen.repeatedBytes() + " " + (System.nanoTime() - begin) / 1e9 + " " + liveHeap);
        }
    }

    private static JobOperations client(String server, String token) {
        return token.isEmpty()
                ? RayClient.builder().baseUrl(server).build()
                : AgentClient.builder().baseUrl(server).agentToken(token).build();
    }

    private static long liveHeap() {
        Runtime runtime = Runtime.getRuntime();
        runtime.gc();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
