package io.synapse.sdk.internal.tail;

import io.synapse.sdk.CallCancelledException;
import io.synapse.sdk.JobStatus;
import io.synapse.sdk.LogPosition;
import io.synapse.sdk.LogStatistics;
import io.synapse.sdk.LogStream;
import io.synapse.sdk.StreamLimitExceededException;
import io.synapse.sdk.internal.http.ByteSearch;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The blocking view of a log: lines, or bytes, pulled by the caller's thread. */
final class FollowedLog implements LogStream {
    private final TailReader reader;
    private final TextBuffer text;
    private final LineSplitter splitter;
    private final AtomicBoolean consumed = new AtomicBoolean();
    private volatile boolean complete;

    /** The place before a line that is too long to be held. */
    private @Nullable LogPosition beforeLongLine;

    FollowedLog(TailReader reader, int maxLineLength) {
        this.reader = reader;
        this.text = reader.text();
        this.splitter = new LineSplitter(text, maxLineLength, reader.counters());
    }

    @Override
    public Iterator<String> iterator() {
        consume();
        return new Lines();
    }

    @Override
    public Stream<String> stream() {
        int traits = Spliterator.ORDERED | Spliterator.NONNULL;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(iterator(), traits), false)
                .onClose(this::close);
    }

    @Override
    public long transferTo(OutputStream output) throws IOException {
        consume();
        long written = 0;
        try {
            while (reader.read()) {
                written += write(output);
            }
            complete = true;
            return written;
        } catch (CallCancelledException e) {
            throw e;
        } catch (RuntimeException e) {
            write(output);
            throw withWhatWasDelivered(e);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    @Override
    public LogPosition position() {
        LogPosition before = beforeLongLine;
        return before == null ? reader.position() : before;
    }

    @Override
    public LogStatistics statistics() {
        return reader.statistics();
    }

    @Override
    public Optional<JobStatus> finalStatus() {
        return complete ? reader.finalStatus() : Optional.empty();
    }

    @Override
    public void close() {
        reader.close();
    }

    private void consume() {
        if (consumed.getAndSet(true)) {
            throw new IllegalStateException("the log was read already; follow it again for another pass");
        }
    }

    private int write(OutputStream output) throws IOException {
        byte[] bytes = text.bytes();
        int length = text.length();
        if (length > 0) {
            output.write(bytes, text.start(), length);
            output.flush();
            long ends = 0;
            for (int at = text.start(); at >= 0 && at < text.end(); at++) {
                at = ByteSearch.indexOf(bytes, at, text.end(), '\n');
                if (at < 0) {
                    break;
                }
                ends++;
            }
            reader.counters().linesDelivered(ends);
            text.remove(length);
        }
        return length;
    }

    /** A limit is noticed when text arrives; what was delivered of it is known when the caller has had it. */
    private RuntimeException withWhatWasDelivered(RuntimeException failure) {
        return failure instanceof StreamLimitExceededException limit
                ? new StreamLimitExceededException(limit.failure(), statistics())
                : failure;
    }

    /** The lines, each read when it is asked for. */
    private final class Lines implements Iterator<String> {
        private @Nullable String line;
        private @Nullable RuntimeException failure;
        private boolean ended;

        @Override
        public boolean hasNext() {
            if (line == null && !ended) {
                line = advance();
            }
            return line != null;
        }

        @Override
        public String next() {
            if (!hasNext() || line == null) {
                throw new NoSuchElementException("the log is complete");
            }
            String next = line;
            line = null;
            splitter.remove();
            beforeLongLine = null;
            return next;
        }

        private @Nullable String advance() {
            if (reader.isClosed() && failure == null) {
                text.clear();
            }
            String next = splitter.next();
            while (next == null && failure == null && readMore()) {
                next = splitter.next();
            }
            if (next == null) {
                next = splitter.next(); // a read that fails may have brought something
            }
            if (next == null) {
                next = splitter.last();
                ended = failure == null;
                complete = ended;
            }
            if (next == null && failure != null) {
                failure = withWhatWasDelivered(failure);
                throw failure;
            }
            if (next != null) {
                reader.counters().linesDelivered(1);
            }
            return next;
        }

        /** What came before a failure is delivered before it is thrown, unless the caller wants no more. */
        private boolean readMore() {
            if (splitter.isTooLong()) {
                if (!splitter.hasDropped()) {
                    beforeLongLine = reader.position();
                }
                splitter.drop();
            }
            try {
                return reader.read();
            } catch (CallCancelledException e) {
                text.clear();
                failure = e;
            } catch (RuntimeException e) {
                failure = e;
            }
            return false;
        }
    }
}
