package io.synapse.sdk.internal.event;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The place of an event in a stream that can be continued (wire/gateway.md, section 7).
 *
 * @param stream the stream, unique at its server
 * @param number the event's number, 1 for the first
 */
record EventPosition(String stream, long number) {
    private static final Pattern FORM = Pattern.compile("(?<stream>[!-~]{1,200}):(?<number>\\d{1,18})");

    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    /** The place that an id names; null when it is an id of another form, or none. */
    static @Nullable EventPosition of(@Nullable String id) {
        Matcher matcher = FORM.matcher(id == null ? "" : id);
        return matcher.matches()
                ? new EventPosition(matcher.group("stream"), Long.parseLong(matcher.group("number")))
                : null;
    }

    /** Whether the id of an event of an endless stream, a number that grows, is not above that of the one before. */
    static boolean isRepeated(@Nullable String id, @Nullable String last) {
        return id != null
                && last != null
                && NUMBER.matcher(id).matches()
                && NUMBER.matcher(last).matches()
                && Long.parseLong(id) <= Long.parseLong(last);
    }

    /** Whether it is that event, or one before it. */
    boolean isRepeatedAfter(EventPosition last) {
        return stream.equals(last.stream) && number <= last.number;
    }

    boolean isNextAfter(EventPosition last) {
        return stream.equals(last.stream) && number == last.number + 1;
    }

    /** As in {@code id} and {@code Last-Event-ID}. */
    @Override
    public String toString() {
        return stream + ":" + number;
    }
}
