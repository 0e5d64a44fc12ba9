package io.synapse.sdk;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The log of a job, or of a build, followed to its end: every line once, in order, until the job is really over,
 * whatever the network does in between.
 *
 * <pre>{@code
 * try (LogStream log = client.tailJobLogs(id)) {
 *     for (String line : log) System.out.println(line);
 *     System.out.println(log.finalStatus().orElseThrow());
 * }
 * }</pre>
 *
 * <p>The stream is pulled: the connection is read on the thread that reads the stream, when it reads; a slow reader
 * slows the server down and nothing is dropped or piled up in memory. A log can be read once, either as lines
 * ({@link #iterator()}, {@link #stream()}) or as text ({@link #transferTo}). One thread reads; {@link #close()},
 * {@link #statistics()} and {@link #finalStatus()} may be called from any thread at any time.
 *
 * <p>The connection is made by the first read. While reading, an error that cannot be overcome by reconnecting is
 * thrown, after everything that came before it was delivered:
 *
 * <ul>
 *   <li>{@link NotFoundException}: no such job, or it was deleted in the meantime
 *   <li>{@link AuthenticationException}, {@link AuthorizationException}: not allowed
 *   <li>{@link StreamLimitExceededException}: a limit of {@link StreamLimits} was reached
 *   <li>{@link LogLostException}: the rest does not exist any more, since its node is dead or its file was removed or
 *       cut; or what the server has now is not the log that was followed
 *   <li>{@link ConnectionException}, {@link RequestTimeoutException}: no connection for the whole
 *       {@link TailOptions#reconnectTimeout()}; at the start, for the attempts of the client's {@link RetryPolicy}
 *   <li>{@link ServerException}: the server ended the stream with an error
 *   <li>{@link CallCancelledException}: the reading thread was interrupted, or the stream was closed while reading
 * </ul>
 */
public interface LogStream extends Iterable<String>, AutoCloseable {
    /**
     * The lines, without their ends ({@code \n} or {@code \r\n}). A lone {@code \r}, as progress bars print it, stays
     * inside its line. The last line counts even without an end. Lines longer than
     * {@link StreamLimits#maxMessageSize()} are shortened and counted.
     *
     * <p>{@code hasNext()} waits for the next line; it is false when the job is over and its log complete. After
     * {@link #close()} it throws {@link CallCancelledException}.
     *
     * @throws IllegalStateException when the log was read already
     */
    @Override
    Iterator<String> iterator();

    /**
     * The lines as a sequential stream, as of {@link #iterator()}; closing it closes the log stream.
     *
     * @throws IllegalStateException when the log was read already
     */
    Stream<String> stream();

    /**
     * Writes the log's bytes (UTF-8, as far as the job wrote UTF-8) to a stream as they arrive, progress bars and half
     * lines included, and flushes after each piece. Returns when the job is over and its log complete. Nothing is shortened. The output is not closed.
     *
     * @return bytes written
     * @throws IOException when the output fails; the log stream is closed then
     * @throws IllegalStateException when the log was read already
     */
    long transferTo(OutputStream output) throws IOException;

    /**
     * The place behind the last line that {@code next()} returned, or behind the bytes that {@link #transferTo} wrote.
     * With {@link TailOptions#from} another stream goes on there, also in another program. To be called by the thread
     * that reads.
     */
    LogPosition position();

    /** What was delivered, shortened and skipped so far. */
    LogStatistics statistics();

    /**
     * The job's status, once the log was read to its end; empty before, and when reading failed. A build is
     * {@link JobStatus#SUCCEEDED}, {@link JobStatus#FAILED} or, cancelled, {@link JobStatus#STOPPED}.
     */
    Optional<JobStatus> finalStatus();

    /**
     * Ends the stream and closes its connection at once. A thread that is reading gets a
     * {@link CallCancelledException}. Closing again does nothing.
     */
    @Override
    void close();
}
