package io.synapse.sdk.workspace.internal;

import io.synapse.sdk.BadRequestException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;

/** Checks of arguments, before anything is done. Not API. */
public final class Arguments {
    /** Linux takes no longer argument or variable (wire/workspace.md, section 0, trap 12). */
    public static final int MAX_ARGUMENT_BYTES = 128 * 1024 - 1;

    private static final Pattern AGENT_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
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

    /** The name of an agent and of its folder. */
    public static void requireAgentName(String name) {
        if (!AGENT_NAME.matcher(name).matches() || name.equals("shared")) {
            throw BadRequestException.refused("an agent has 1 to 64 of the characters a-z A-Z 0-9 . _ - for a name, the"
                    + " first a letter or a digit, and not \"shared\": " + name);
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

    /** A regular file of this machine. */
    public static void requireFile(Path file) {
        if (!Files.isRegularFile(file)) {
            throw BadRequestException.refused("there is no such file: " + file);
        }
    }

    private static void requireNoNul(String name, String text) {
        if (text.indexOf('\0') >= 0) {
            throw BadRequestException.refused("the " + name + " has a NUL character");
        }
    }
}
