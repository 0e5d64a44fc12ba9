package io.synapse.sdk.it.ray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.synapse.sdk.JobStatus;
import io.synapse.sdk.LogStatistics;
import io.synapse.sdk.LogStream;
import io.synapse.sdk.StreamLimits;
import io.synapse.sdk.TailOptions;
import io.synapse.sdk.TailProtocol;
import io.synapse.sdk.job.JobOperations;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A job's log that is followed, as text, by a thread of its own; the file on the node's disk is the truth about it. */
final class Following implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final String job;
    private final LogStream log;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final CompletableFuture<Duration> end;

    private Following(String job, LogStream log) {
        this.job = job;
        this.log = log;
        end = CompletableFuture.supplyAsync(this::follow, task -> new Thread(task, "follower of " + job).start());
    }

    /** Everything, however much and however long its lines. */
    static TailOptions options(TailProtocol protocol) {
        return TailOptions.DEFAULT.protocol(protocol).limits(StreamLimits.NONE);
    }

    static Following start(JobOperations client, String job, TailProtocol protocol) {
        return start(client, job, options(protocol));
    }

    static Following start(JobOperations client, String job, TailOptions options) {
        return new Following(job, client.tailJobLogs(job, options));
    }

    /** The file's text as UTF-8, in which U+FFFD stands for bytes that are none. */
    static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    String received() {
        return received.toString(StandardCharsets.UTF_8);
    }

    LogStatistics statistics() {
        return log.statistics();
    }

    void awaitText(String text) {
        await().atMost(PATIENCE).until(() -> end.isDone() || received().contains(text));
        assertThat(received()).contains(text);
    }

    /** Waits until so many bytes have arrived. */
    void awaitBytes(long number) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> end.isDone() || received.size() >= number);
        assertThat((long) received.size()).isGreaterThanOrEqualTo(number);
    }

    /** The log came to its end, with this status. */
    void assertEnded(JobStatus status) throws Exception {
        Duration duration = end.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        report("complete after " + duration.toMillis() + " ms");
        assertThat(log.finalStatus()).contains(status);
    }

    /** The log came to its end, with this status; every character of the file arrived once. */
    void assertComplete(Path file, JobStatus status) throws Exception {
        assertEnded(status);
        assertSame(received(), text(file));
    }

    /** The log ended with this failure, and what had arrived is the beginning of the file. */
    <T extends Throwable> T assertFailed(Path file, Class<T> failure) throws Exception {
        Throwable thrown = catchThrowable(() -> end.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        report("failed: " + thrown.getCause());
        assertThat(thrown).hasCauseInstanceOf(failure);
        String text = text(file);
        assertSame(
                received(), text.substring(0, Math.min(text.length(), received().length())));
        assertThat(log.finalStatus()).isEmpty();
        return failure.cast(thrown.getCause());
    }

    /** How long after the action the reader was freed, with this failure. */
    Duration freedBy(Runnable action, Class<? extends Throwable> failure) {
        long begin = System.nanoTime();
        action.run();
        Throwable thrown = catchThrowable(() -> end.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        Duration freed = Duration.ofNanos(System.nanoTime() - begin);
        assertThat(thrown).hasCauseInstanceOf(failure);
        return freed;
    }

    @Override
    public void close() {
        log.close();
    }

    /** Not isEqualTo: a failure would print megabytes. */
    static void assertSame(String received, String expected) {
        int difference = Arrays.mismatch(received.toCharArray(), expected.toCharArray());
        assertThat(difference)
                .as("where it differs: %s characters came, %s were expected", received.length(), expected.length())
                .isEqualTo(-1);
    }

    private Duration follow() {
        long begin = System.nanoTime();
        try (log) {
            log.transferTo(received);
            return Duration.ofNanos(System.nanoTime() - begin);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
    }

    /** The figures of a run, kept in its report. */
    private void report(String what) {
        System.out.println(job + ": " + what + ", " + statistics());
    }
}
