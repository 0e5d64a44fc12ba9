package io.synapse.sdk;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place in a log: what {@link LogStream#position()} gives and {@link TailOptions#from} takes. Its text form
 * ({@link #toString}, {@link #parse}) can be stored. It holds nothing secret. Immutable.
 *
 * @param log the identity that the server gives the log; null when it gives none
 * @param offset bytes of the log before this place as the server counts them; -1 when it does not count
 * @param length bytes of text before this place, as they were delivered
 * @param checksum CRC-32C of these bytes; null when the stream did not begin at the start of the log
 */
public record LogPosition(
        @Nullable String log,
        long offset,
        long length,
        @Nullable Integer checksum) {
    private static final Pattern FORM = Pattern.compile("1:(-1|\\d{1,18}):(\\d{1,18}):([0-9a-f]{0,8}):([^:]*)");

    /**
     * Checks the ranges.
     *
     * @throws BadRequestException when a number is negative
     */
    public LogPosition {
        if (offset < -1 || length < 0) {
            throw BadRequestException.refused("a position in a log must not be negative");
        }
    }

    /**
     * Reads the text form.
     *
     * @throws BadRequestException when it is not what {@link #toString} gives
     */
    public static LogPosition parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw BadRequestException.refused("this is not a position in a log: " + text);
        }
        String checksum = parts.group(3);
        String log = parts.group(4);
        return new LogPosition(
                log.isEmpty() ? null : URLDecoder.decode(log, StandardCharsets.UTF_8),
                Long.parseLong(parts.group(1)),
                Long.parseLong(parts.group(2)),
                checksum.isEmpty() ? null : Integer.parseUnsignedInt(checksum, 16));
    }

    /** One line of ASCII text, for {@link #parse}. */
    @Override
    public String toString() {
        return "1:" + offset + ":" + length + ":" + (checksum == null ? "" : Integer.toHexString(checksum)) + ":"
                + (log == null ? "" : URLEncoder.encode(log, StandardCharsets.UTF_8));
    }
}
