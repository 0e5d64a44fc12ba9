package io.synapse.sdk.workspace.internal;

import io.synapse.sdk.BadRequestException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/** Checks of arguments, before anything is done. Not API. */
public final class Arguments {
    /** Linux takes no longer argument or variable (wire/workspace.md, section 0, trap 12). */
    public static final int MAX_ARGUMENT_BYTES = 128 * 1024 - 1;

    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final int MAX_PATH_BYTES = 4095;
    private static final int MAX_NAME_BYTES = 255;

    private Arguments() {}

    public static void requireText(String name, String text, int maxBytes) {
        if (text.isBlank()) {
            throw BadRequestException.refused("the " + name + " is empty");
        }
        requireNoNul(name, text);
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > maxBytes) {
            throw BadRequestException.refused("the " + name + " has " + bytes + " bytes, more than " + maxBytes
                    + ": write it to a file first and execute that");
        }
    }

    public static void requireSearchText(String text) {
        if (text.isEmpty() || text.indexOf('\n') >= 0) {
            throw BadRequestException.refused(
                    "a search is for text within a line: it cannot be empty or have a line end");
        }
        requireText("text", "." + text, MAX_ARGUMENT_BYTES);
    }

    public static void requireVariable(String name, String value) {
        if (!VARIABLE.matcher(name).matches()) {
            throw BadRequestException.refused("this is no name of an environment variable: " + name);
        }
        requireNoNul("environment variable " + name, value);
        if (value.getBytes(StandardCharsets.UTF_8).length + name.length() + 1 > MAX_ARGUMENT_BYTES) {
            throw BadRequestException.refused(
                    "the environment variable " + name + " is longer than " + MAX_ARGUMENT_BYTES + " bytes");
        }
    }

    /** The rules of wire/workspace.md, section 2; an absolute or relative path. */
    public static void requirePath(String path) {
        if (path.isEmpty()) {
            throw BadRequestException.refused("the path is empty");
        }
        requireNoNul("path", path);
        String[] names = path.split("/");
        if (Arrays.asList(names).contains("..")) {
            throw BadRequestException.refused("a path cannot have .. as a part: " + path);
        }
        if (path.startsWith("~") || path.matches("(?s)[A-Za-z]:.*")) {
            throw BadRequestException.refused("this is no path of a workspace: " + path);
        }
        if (path.getBytes(StandardCharsets.UTF_8).length > MAX_PATH_BYTES) {
            throw BadRequestException.refused("the path is longer than " + MAX_PATH_BYTES + " bytes");
        }
        for (String name : names) {
            if (name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
                throw BadRequestException.refused(
                        "a name in the path is longer than " + MAX_NAME_BYTES + " bytes: " + name);
            }
        }
    }

    private static void requireNoNul(String name, String text) {
        if (text.indexOf('\0') >= 0) {
            throw BadRequestException.refused("the " + name + " has a NUL character");
        }
    }
}
