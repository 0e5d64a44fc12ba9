package io.synapse.sdk.internal.tail;

import io.synapse.sdk.CallCancelledException;
import io.synapse.sdk.JobStatus;
import io.synapse.sdk.LogStatistics;
import io.synapse.sdk.LogStream;
import io.synapse.sdk.StreamLimitExceededException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The blocking view of a log: lines, or text, pulled by the caller's thread. */
final class FollowedLog implements LogStream {
    private final TailReader reader;
    private final int maxLineLength;
    private final AtomicBoolean consumed = new AtomicBoolean();
    private volatile boolean complete;

    FollowedLog(TailReader reader, int maxLineLength) {
        this.reader = reader;
        this.maxLineLength = maxLineLength;
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
        try {
            long written = copy(output);
            complete = true;
            return written;
        } catch (StreamLimitExceededException e) {
            throw withWhatWasDelivered(e);
        } catch (IOException e) {
            close();
            throw e;
        }
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

    private long copy(OutputStream output) throws IOException {
        long written = 0;
        String half = "";
        for (String text = reader.read(); text != null; text = reader.read()) {
            String whole = half.isEmpty() ? text : half + text;
            boolean endsInHalf = Character.isHighSurrogate(whole.charAt(whole.length() - 1));
            half = endsInHalf ? whole.substring(whole.length() - 1) : "";
            written += write(output, endsInHalf ? whole.substring(0, whole.length() - 1) : whole);
        }
        return written + write(output, half);
    }

    private long write(OutputStream output, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        output.write(bytes);
        output.flush();
        long ends = 0;
        for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
            ends++;
        }
        reader.counters().linesDelivered(ends);
        return bytes.length;
    }

    /** A limit is noticed when text arrives; what was delivered of it is known when the caller has had it. */
    private StreamLimitExceededException withWhatWasDelivered(StreamLimitExceededException limit) {
        return new StreamLimitExceededException(limit.failure(), statistics());
    }

    /** The lines, each read when it is asked for. */
    private final class Lines implements Iterator<String> {
        private final LineCutter cutter = new LineCutter(maxLineLength, reader.counters());
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
            return next;
        }

        private @Nullable String advance() {
            if (failure != null) {
                throw failure;
            }
            try {
                String next = reader.isClosed() ? null : cutter.next();
                while (next == null) {
                    String text = reader.read();
                    if (text == null) {
                        return last();
                    }
                    cutter.take(text);
                    next = cutter.next();
                }
                reader.counters().linesDelivered(1);
                return next;
            } catch (RuntimeException e) {
                return failed(e);
            }
        }

        private @Nullable String last() {
            ended = true;
            complete = true;
            String rest = cutter.last();
            reader.counters().linesDelivered(rest == null ? 0 : 1);
            return rest;
        }

        /** What came before a failure is delivered before it is thrown, unless the caller wants no more. */
        private String failed(RuntimeException e) {
            String rest = e instanceof CallCancelledException ? null : cutter.last();
            reader.counters().linesDelivered(rest == null ? 0 : 1);
            failure = e instanceof StreamLimitExceededException limit ? withWhatWasDelivered(limit) : e;
            if (rest == null) {
                throw failure;
            }
            return rest;
        }
    }
}
