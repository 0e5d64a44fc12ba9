package io.synapse.sdk.internal.http;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Puts free text into URLs (RFC 3986, section 2.1). */
public final class PercentEncoding {
    /** What may stand in a path segment as it is, beside letters and digits: pchar without "%". */
    private static final String IN_SEGMENT = "-._~!$&'()*+,;=:@";

    /** What may stand in a name or value of a query as it is, beside letters and digits. */
    private static final String IN_QUERY = "-._~!$'()*,;:@/?";

    /** What may stand in a path and query that is encoded already. */
    private static final String IN_TARGET = IN_SEGMENT + "/?%";

    private static final Pattern LONE_PERCENT = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    private static final char[] DIGITS = "0123456789ABCDEF".toCharArray();

    private PercentEncoding() {}

    /** Appends a path segment. */
    public static void segment(String text, StringBuilder to) {
        encode(text, IN_SEGMENT, to);
    }

    /** Appends a name or a value of a query. */
    static void query(String text, StringBuilder to) {
        encode(text, IN_QUERY, to);
    }

    /** Appends a path and query, with only what cannot be sent encoded. */
    static void target(String text, StringBuilder to) {
        encode(text.indexOf('%') < 0 ? text : LONE_PERCENT.matcher(text).replaceAll("%25"), IN_TARGET, to);
    }

    private static void encode(String text, String plain, StringBuilder to) {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (!isPlain(c, plain)) {
                encodeFrom(text, at, plain, to);
                return;
            }
            to.append(c);
        }
    }

    private static void encodeFrom(String text, int start, String plain, StringBuilder to) {
        for (byte b : text.substring(start).getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            if (isPlain(c, plain)) {
                to.append(c);
            } else {
                to.append('%').append(DIGITS[c >> 4]).append(DIGITS[c & 0xF]);
            }
        }
    }

    private static boolean isPlain(char c, String plain) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || plain.indexOf(c) >= 0;
    }
}
