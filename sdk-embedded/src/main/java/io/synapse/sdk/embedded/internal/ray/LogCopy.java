package io.synapse.sdk.embedded.internal.ray;

import io.synapse.sdk.CallCancelledException;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.JobStatus;
import io.synapse.sdk.LogPosition;
import io.synapse.sdk.LogStream;
import io.synapse.sdk.StreamLimits;
import io.synapse.sdk.TailOptions;
import io.synapse.sdk.TailProtocol;
import io.synapse.sdk.embedded.internal.OwnerOnly;
import io.synapse.sdk.embedded.internal.log.LogState;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The copy of a log in a file, and what is known of its end. It goes on where an earlier one stopped: the cluster gives
 * a log from its beginning only, and what the file has already is compared and passed over.
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
    private final Function<TailOptions, LogStream> source;
    private volatile LogState state;
    private @Nullable LogStream log;
    private boolean closed;

    /**
     * A copy that has not begun, unless the file is complete already.
     *
     * @param file where the text goes, in UTF-8
     * @param source the log, followed in this way
     */
    LogCopy(Path file, Function<TailOptions, LogStream> source) throws IOException {
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

    private synchronized LogStream open() throws IOException {
        LogStream opened = source.apply(options());
        if (closed) {
            opened.close();
        }
        log = opened;
        return opened;
    }

    /** Behind what the file has already; the cluster's log must begin with that. */
    private TailOptions options() throws IOException {
        if (Files.notExists(file) || Files.size(file) == 0) {
            return EVERYTHING;
        }
        CRC32C checksum = new CRC32C();
        long length = 0;
        try (InputStream known = Files.newInputStream(file)) {
            byte[] piece = new byte[64 << 10];
            for (int n = known.read(piece); n >= 0; n = known.read(piece)) {
                checksum.update(piece, 0, n);
                length += n;
            }
        }
        return EVERYTHING.from(new LogPosition(null, -1, length, (int) checksum.getValue()));
    }

    private LogState copied() {
        try (LogStream text = open()) {
            OwnerOnly.folder(Objects.requireNonNull(file.getParent()));
            try (OutputStream rest =
                    Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                text.transferTo(rest);
            }
            JobStatus status = text.finalStatus().orElseThrow();
            OwnerOnly.write(end(file), status.value());
            return new LogState.Complete(status);
        } catch (CallCancelledException e) {
            return new LogState.Broken("nobody follows the log any more");
        } catch (ClientException e) {
            return new LogState.Broken(String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            LOG.error("a log cannot be copied to {}", file, e);
            return new LogState.Broken("the agent cannot keep the log: " + e.getMessage());
        }
    }

    private static Path end(Path file) {
        return file.resolveSibling(file.getFileName() + ".end");
    }
}
