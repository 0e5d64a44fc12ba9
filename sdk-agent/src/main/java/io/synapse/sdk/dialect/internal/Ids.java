package io.synapse.sdk.dialect.internal;

import io.synapse.sdk.BadRequestException;
import java.util.regex.Pattern;

/** Checks the ids that go into paths, before anything is sent (wire/agent.md, section 3). */
public final class Ids {
    private static final int MAX_LENGTH = 100;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]+");

    private Ids() {}

    /**
     * The id, if it is one.
     *
     * @param what of what it is the id: "job"
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
     * The id, if it can be a segment of a path: for servers that are less strict.
     *
     * @param what of what it is the id: "job"
     * @throws BadRequestException when it is empty, "." or "..", or holds a slash or a control character
     */
    public static String checkSegment(String what, String id) {
        if (id.isBlank() || id.equals(".") || id.equals("..")) {
            throw BadRequestException.refused(what + " ID cannot be empty, . or ..");
        }
        if (id.chars().anyMatch(c -> c == '/' || Character.isISOControl(c))) {
            throw BadRequestException.refused(what + " ID may hold neither / nor control characters");
        }
        return id;
    }

    /**
     * The name, if it can be a segment of a path.
     *
     * @param what of what it is the name: "Serve application name"
     * @throws BadRequestException when it is empty, "." or ".."
     */
    public static String checkName(String what, String name) {
        if (name.isEmpty() || name.equals(".") || name.equals("..")) {
            throw BadRequestException.refused(what + " cannot be empty, . or ..");
        }
        return name;
    }
}
