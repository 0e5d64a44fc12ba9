package io.synapse.sdk.internal.operation;

import java.nio.charset.StandardCharsets;

/** Puts free text into paths. */
public final class Paths {
    private static final String PLACE = "{}";

    /** RFC 3986, pchar without "%": what may stand in a path segment as it is. */
    private static final String PLAIN = "-._~!$&'()*+,;=:@";

    private Paths() {}

    /** Fills the places of a template with percent-encoded segments. */
    public static String fill(String template, Object... segments) {
        StringBuilder path = new StringBuilder();
        int from = 0;
        for (Object segment : segments) {
            int place = template.indexOf(PLACE, from);
            if (place < 0) {
                throw new IllegalArgumentException("more segments than places in the path " + template);
            }
            path.append(template, from, place);
            encode(segment.toString(), path);
            from = place + PLACE.length();
        }
        if (template.indexOf(PLACE, from) >= 0) {
            throw new IllegalArgumentException("fewer segments than places in the path " + template);
        }
        return path.append(template, from, template.length()).toString();
    }

    private static void encode(String segment, StringBuilder path) {
        if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
            throw new IllegalArgumentException("a path segment cannot be empty, \".\" or \"..\"");
        }
        for (byte b : segment.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0)) {
                path.append(c);
            } else {
                path.append(String.format("%%%02X", (int) c));
            }
        }
    }
}
