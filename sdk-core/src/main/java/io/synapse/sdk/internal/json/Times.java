package io.synapse.sdk.internal.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads points in time in the forms in which servers write them: ISO 8601, as UTC where it has no offset, and seconds or
 * milliseconds since 1970. Zero and empty text stand for an absent time.
 */
public final class Times {
    private static final double LEAST_MILLISECONDS = 1e11;
    private static final double MOST_MILLISECONDS = 253_402_300_799_999.0;
    private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)?");
    private static final DateTimeFormatter TEXT = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendPattern("['T'][ ]")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .appendPattern("[ ][XXX][XX][X][ ]['UTC']['GMT']")
            .parseDefaulting(ChronoField.OFFSET_SECONDS, 0)
            .toFormatter(Locale.ROOT);

    /** What most servers write, up to the fraction of the second. A zero stands for a digit. */
    private static final String USUAL = "0000-00-00T00:00:00";

    private static final int MOST_FRACTION_DIGITS = 9;

    private Times() {}

    /**
     * The time that a number stands for; null for zero.
     *
     * @throws DateTimeException when it is outside the years to 9999, or not finite
     */
    public static @Nullable Instant since1970(double number) {
        if (number == 0) {
            return null;
        }
        double milliseconds = number >= LEAST_MILLISECONDS ? number : number * 1000;
        if (!(Math.abs(milliseconds) <= MOST_MILLISECONDS)) {
            throw new DateTimeException("not a time: " + number);
        }
        return Instant.ofEpochSecond(0, Math.round(milliseconds * 1000) * 1000);
    }

    /**
     * The time that a text stands for; null for an empty one.
     *
     * @throws DateTimeException when it is none
     */
    public static @Nullable Instant parse(String text) {
        String stripped = text.strip();
        if (stripped.isEmpty()) {
            return null;
        }
        if (isUsual(stripped)) {
            return usual(stripped); // ten times as fast as the formatter
        }
        return NUMBER.matcher(stripped).matches()
                ? since1970(Double.parseDouble(stripped))
                : TEXT.parse(stripped, OffsetDateTime::from).toInstant();
    }

    /** Whether it is a date, a T, a time to the second, a fraction or none, and a Z or nothing. */
    private static boolean isUsual(String text) {
        int seconds = USUAL.length();
        if (text.length() < seconds) {
            return false;
        }
        for (int at = 0; at < seconds; at++) {
            if (USUAL.charAt(at) == '0' ? !isDigit(text.charAt(at)) : USUAL.charAt(at) != text.charAt(at)) {
                return false;
            }
        }
        int end = endOf(text);
        if (end == seconds) {
            return true;
        }
        for (int at = seconds + 1; at < end; at++) {
            if (!isDigit(text.charAt(at))) {
                return false;
            }
        }
        int digits = end - seconds - 1;
        return text.charAt(seconds) == '.' && digits >= 1 && digits <= MOST_FRACTION_DIGITS;
    }

    private static int endOf(String text) {
        return text.endsWith("Z") ? text.length() - 1 : text.length();
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    private static Instant usual(String text) {
        int end = endOf(text);
        int nanos = 0;
        for (int digit = 1; digit <= MOST_FRACTION_DIGITS; digit++) {
            int at = USUAL.length() + digit;
            nanos = 10 * nanos + (at < end ? text.charAt(at) - '0' : 0);
        }
        return LocalDateTime.of(
                        number(text, 0, 4),
                        number(text, 5, 7),
                        number(text, 8, 10),
                        number(text, 11, 13),
                        number(text, 14, 16),
                        number(text, 17, 19),
                        nanos)
                .toInstant(ZoneOffset.UTC);
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }
}
