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
 * Servers write a time as milliseconds or seconds since 1970 (integer or with a fraction, a number or the text of one), or
 * as ISO 8601 text: with a T or a space, with or without an offset; UTC if there is none. 0 and empty text mean "not yet"
 * (wire/ray.md, section 1). As seconds, 10^11 is the year 5138; as milliseconds, 1973. Times after the year 9999 are
 * rejected.
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

    /** What most servers write: at least up to the seconds, or some of the fraction. A zero stands for a digit. */
    private static final String USUAL = "0000-00-00T00:00:00.000000000";

    private static final int SECONDS_END = USUAL.indexOf('.');

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
            return usual(stripped); // faster than the formatter
        }
        return NUMBER.matcher(stripped).matches()
                ? since1970(Double.parseDouble(stripped))
                : TEXT.parse(stripped, OffsetDateTime::from).toInstant();
    }

    /** Whether it is a date, a T, a time to the second, a fraction or none, and a Z or nothing. */
    private static boolean isUsual(String text) {
        int end = endOf(text);
        if (end < SECONDS_END || end == SECONDS_END + 1 || end > USUAL.length()) {
            return false;
        }
        for (int at = 0; at < end; at++) {
            char form = USUAL.charAt(at);
            if (form == '0' ? !isDigit(text.charAt(at)) : form != text.charAt(at)) {
                return false;
            }
        }
        return true;
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
        for (int at = SECONDS_END + 1; at < USUAL.length(); at++) {
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
