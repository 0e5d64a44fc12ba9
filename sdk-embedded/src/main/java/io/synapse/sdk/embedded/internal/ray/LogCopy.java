package io.synapse.sdk.embedded.internal.ray;

import io.synapse.sdk.CallCancelledException;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.JobStatus;
import io.synapse.sdk.LogStream;
import io.synapse.sdk.StreamLimits;
import io.synapse.sdk.TailOptions;
import io.synapse.sdk.TailProtocol;
import io.synapse.sdk.embedded.internal.log.LogState;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The copy of a log in a file, and what is known of its end. It goes on where an earlier one stopped: the cluster gives
 * a log from its beginning only, and what the file has already is passed over.
 */
final class LogCopy implements Runnable {
    /**
     * All of a log, each time in the same bytes. Over a WebSocket Ray makes line feeds of carriage returns, so that
     * offsets would depend on the way.
     */
    static final TailOptions EVERYTHING =
            TailOptions.DEFAULT.protocol(TailProtocol.HTTP).limits(StreamLimits.NONE);

    private static final Logger LOG = LoggerFactory.getLogger(LogCopy.class);

    private final Path file;
    private final Supplier<LogStream> source;
    private volatile LogState state;
    private @Nullable LogStream log;
    private boolean closed;

    /**
     * A copy that has not begun, unless the file is complete already.
     *
     * @param file where the text goes, in UTF-8
     * @param source the log from its beginning
     */
    LogCopy(Path file, Supplier<LogStream> source) throws IOException {
        this.file = file;
        this.source = source;
        this.state = complete(file).<LogState>map(LogState.Complete::new).orElseGet(LogState.Growing::new);
    }

    /** How the job ended, if this file has all of its log. */
    static Optional<JobStatus> complete(Path file) throws IOException {
        Path end = end(file);
        return Files.exists(end) ? Optional.of(new JobStatus(Files.readString(end))) : Optional.empty();
    }

    Path file() {
        return file;
    }

    /** What is known of the end of the log; all that was known by then is in the file. */
    LogState state() {
        return state;
    }

    /** Copies until the log is complete, cannot be had, or {@link #close} was called. */
    @Override
    public void run() {
        if (state instanceof LogState.Growing) {
            state = copied();
        }
    }

    /** Lets go of the cluster's log, from any thread. */
    synchronized void close() {
        closed = true;
        if (log != null) {
            log.close();
        }
    }

    private synchronized LogStream open() {
        LogStream opened = source.get();
        if (closed) {
            opened.close();
        }
        log = opened;
        return opened;
    }

    private LogState copied() {
        try (LogStream text = open()) {
            Files.createDirectories(file.getParent());
            try (Continuation rest = new Continuation(file)) {
                text.transferTo(rest);
                return complete(text.finalStatus().orElseThrow(), rest);
            }
        } catch (CallCancelledException e) {
            return new LogState.Broken("nobody follows the log any more");
        } catch (ClientException e) {
            return new LogState.Broken(String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            LOG.error("a log cannot be copied to {}", file, e);
            return new LogState.Broken("the agent cannot keep the log: " + e.getMessage());
        }
    }

    private LogState complete(JobStatus status, Continuation rest) throws IOException {
        if (!rest.hasBegun()) {
            return new LogState.Broken("the cluster's log is shorter than what was read of it before");
        }
        Files.writeString(end(file), status.value());
        return new LogState.Complete(status);
    }

    private static Path end(Path file) {
        return file.resolveSibling(file.getFileName() + ".end");
    }

    /** Adds to a file what it does not have yet of a text that begins anew. */
    private static final class Continuation extends OutputStream {
        private final OutputStream file;
        private long toPassOver;

        Continuation(Path path) throws IOException {
            file = Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            toPassOver = Files.size(path);
        }

        /** Whether the text has come as far as the file did. */
        boolean hasBegun() {
            return toPassOver == 0;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            int known = (int) Math.min(toPassOver, length);
            toPassOver -= known;
            file.write(bytes, from + known, length - known);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
