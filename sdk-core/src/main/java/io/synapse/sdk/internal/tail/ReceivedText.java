package io.synapse.sdk.internal.tail;

import io.synapse.sdk.LogPosition;
import io.synapse.sdk.StreamLimitExceededException;
import io.synapse.sdk.StreamLimits;
import io.synapse.sdk.TailOptions;
import io.synapse.sdk.TailProtocol;
import io.synapse.sdk.internal.tail.LogSink.Form;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The text that came over all connections and was not taken yet: exact, each byte once, within the limits, and from where
 * the stream was asked to begin.
 */
final class ReceivedText {
    private final TextBuffer text = new TextBuffer();

    /** The exact text that messages of another form stand for. */
    private final TextBuffer exact = new TextBuffer();

    private final MessageForm form = new MessageForm();
    private final TailContext context;
    private final TailCounters counters;
    private final JobStartTime jobStart;
    private final ReplayVerifier verifier;
    private final StreamLimiter limiter;
    private TailProtocol protocol;

    /** So many last lines are asked for; -1 for all, and once text has come. */
    private int lastLines;

    /** Not null while lines before the last ones are left out here. */
    private @Nullable LastLines skipping;

    ReceivedText(
            LogFeed feed,
            TailOptions options,
            StreamLimits limits,
            TailProtocol protocol,
            TailContext context,
            TailCounters counters,
            JobStartTime jobStart) {
        this.context = context;
        this.counters = counters;
        this.jobStart = jobStart;
        this.verifier = new ReplayVerifier(feed.endOverHttp());
        options.position().ifPresent(verifier::begin);
        this.limiter = new StreamLimiter(limits);
        this.protocol = protocol;
        this.lastLines = options.lastLines().orElse(-1);
        this.skipping = lastLines < 0 ? null : new LastLines(lastLines);
    }

    /** What can be taken, unless {@link #isSkipping}; who takes some of it removes it from there. */
    TextBuffer buffer() {
        return text;
    }

    /** The place before what {@link #buffer} has. */
    LogPosition position() {
        return verifier.position(text);
    }

    ReplayVerifier verifier() {
        return verifier;
    }

    boolean isLimitExceeded() {
        return limiter.isExceeded();
    }

    StreamLimitExceededException limitFailure(LogFeed.Subject subject) {
        return limiter.failure(subject, counters.snapshot());
    }

    /** Whether messages wait until it is known what they are. */
    boolean isHolding() {
        return form.isHolding();
    }

    /** Whether what is here may still turn out to be before the last lines. */
    boolean isSkipping() {
        return skipping != null;
    }

    /** Where the next connection is to begin. */
    LogSource.Resume resume(int maxMessageBytes, boolean hasAlternative) {
        return new LogSource.Resume(
                verifier.log(), verifier.offset(), verifier.checksum(), lastLines, maxMessageBytes, hasAlternative);
    }

    /** A new connection begins. */
    void connected(TailProtocol over) {
        protocol = over;
        verifier.connected();
        form.restart();
    }

    /** The connection says what it gives out, as in {@link LogSink#start}. */
    void start(@Nullable String log, long offset, boolean atLastLines) throws IOException {
        boolean mayBeginThere = atLastLines && lastLines >= 0;
        verifier.start(log, offset, mayBeginThere);
        if (mayBeginThere) {
            counters.textSkipped(offset);
            lastLines = -1;
            skipping = null;
        }
    }

    /** Text came, as in {@link LogSink#text}. */
    void add(byte[] bytes, int from, int length, long end, Form given) throws IOException {
        if (end != LogSink.UNKNOWN) {
            if (verifier.isAtStart() && verifier.log() == null) {
                jobStart.learn();
            }
            if (form.isHolding()) {
                form.restart(); // a greeting: the log itself has offsets
            }
            addExact(bytes, from, length, end);
        } else if (form.isExact(given)) {
            addExact(bytes, from, length, end);
        } else {
            exact.clear();
            form.accept(bytes, from, length, given, context.nanoTime(), exact);
            addExact(exact.bytes(), exact.start(), exact.length(), end);
        }
    }

    private void addExact(byte[] bytes, int from, int length, long end) throws IOException {
        if (length == 0 || limiter.isExceeded()) {
            return;
        }
        int repeated = verifier.repeated(bytes, from, length, end);
        if (repeated > 0) {
            counters.textRepeated(repeated);
        }
        if (verifier.needsStartTime()) {
            jobStart.requireSame();
            verifier.startTimeIsSame();
        }
        int fresh = length - repeated;
        if (fresh > 0) {
            text.append(bytes, from + repeated, skipping == null ? admit(bytes, from + repeated, fresh) : fresh);
        }
    }

    private int admit(byte[] bytes, int from, int length) {
        int admitted = limiter.admit(bytes, from, length, protocol);
        if (admitted > 0) {
            counters.messagesDelivered(1);
        }
        if (limiter.isExceeded()) {
            verifier.truncated();
        }
        return admitted;
    }

    /** How long what is here waits for more at most; null when nothing waits. */
    @Nullable
    Duration patience() {
        if (form.isHolding()) {
            return form.patience(context.nanoTime());
        }
        return skipping == null ? null : LastLines.QUIET;
    }

    /** Takes note of the text behind this length, which came in one go; whether there is any. */
    boolean settle(int before) {
        int size = text.length() - before;
        if (size == 0) {
            return false;
        }
        verifier.delivered(text.bytes(), text.end() - size, size);
        lastLines = -1;
        LastLines early = skipping;
        if (early == null) {
            counters.textDelivered(size);
        } else if (early.received(size, context.nanoTime())) {
            stopSkipping();
        } else {
            skip(early, false);
        }
        return true;
    }

    /** Waits no longer for a sign that the messages held back are exact text. */
    void release() throws IOException {
        exact.clear();
        form.release(exact);
        addExact(exact.bytes(), exact.start(), exact.length(), LogSink.UNKNOWN);
    }

    /** What is here now are the last lines. */
    void stopSkipping() {
        LastLines early = skipping;
        if (early == null) {
            return;
        }
        skip(early, true);
        skipping = null;
        lastLines = -1;
        int length = text.length();
        if (length > 0) {
            int admitted = admit(text.bytes(), text.start(), length);
            text.truncate(admitted);
            counters.textDelivered(admitted);
        }
    }

    private void skip(LastLines early, boolean exactly) {
        int surplus = early.surplus(text, exactly);
        text.remove(surplus);
        counters.textSkipped(surplus);
    }
}
