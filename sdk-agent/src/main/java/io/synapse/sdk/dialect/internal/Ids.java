package io.synapse.sdk.dialect.internal;

import io.synapse.sdk.BadRequestException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Checks ids and names for use in paths (wire/agent.md, section 3). */
public final class Ids {
    private static final int MAX_LENGTH = 100;

    /** Ray writes the log of a job to {@code job-driver-<id>.log}, and a file name has at most 255 bytes. */
    private static final int MAX_BYTES = 240;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]+");

    private Ids() {}

    /**
     * The id, if it is valid.
     *
     * @param what the kind of resource, for messages: "job"
     * @throws BadRequestException when it is empty, longer than 100 characters, or holds anything but letters, digits,
     *     _ and -
     */
    public static String check(String what, String id) {
        if (id.isEmpty()) {
            throw BadRequestException.refused(what + " ID cannot be empty");
        }
        if (id.length() > MAX_LENGTH) {
            throw BadRequestException.refused(what + " ID is longer than " + MAX_LENGTH + " characters");
        }
        if (!ID.matcher(id).matches()) {
            throw BadRequestException.refused(what + " ID may hold letters, digits, _ and - only");
        }
        return id;
    }

    /**
     * The id or name, if it is valid as one path segment and unchanged when the path is decoded twice. Ray's dashboard
     * decodes twice (wire/ray.md, section 1): it would take {@code keep?x} for {@code keep}.
     *
     * @param what the kind of id or name, for messages: "job ID", "plugin release"
     * @throws BadRequestException when it is blank, "." or "..", longer than 240 bytes of UTF-8, or has one of {@code /
     *     \ ? # % { }}, a control character, a line separator or an unpaired surrogate
     */
    public static String checkSegment(String what, String text) {
        if (text.isBlank() || text.equals(".") || text.equals("..")) {
            throw BadRequestException.refused(what + " cannot be empty, . or ..");
        }
        int bad = text.codePoints().filter(Ids::isForbidden).findFirst().orElse(-1);
        if (bad >= 0) {
            throw BadRequestException.refused(what + " may hold neither / \\ ? # % { } nor control characters, but has "
                    + (bad > ' ' && bad < 0x7f ? Character.toString(bad) : String.format("U+%04X", bad)));
        }
        if (text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw BadRequestException.refused(what + " is longer than " + MAX_BYTES + " bytes of UTF-8");
        }
        return text;
    }

    /**
     * The name, if it is not empty: for names that are not used in paths.
     *
     * @param what the kind of name, for messages: "Serve application name"
     * @throws BadRequestException when it is empty
     */
    public static String checkName(String what, String name) {
        if (name.isEmpty()) {
            throw BadRequestException.refused(what + " cannot be empty");
        }
        return name;
    }

    private static boolean isForbidden(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                true;
            default -> "/\\?#%{}".indexOf(codePoint) >= 0;
        };
    }
}
