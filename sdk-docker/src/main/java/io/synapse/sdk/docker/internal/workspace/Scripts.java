package io.synapse.sdk.docker.internal.workspace;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The shell scripts that run in containers, and the random words by which their streams are divided. */
final class Scripts {
    /** Serves the file operations of one user. */
    static final String SHELL = load("shell.sh");

    /** What the shell of the workspace itself can do beside. */
    static final String SETUP = load("setup.sh");

    /** Executes one command. */
    static final String COMMAND = load("command.sh");

    private static final SecureRandom RANDOM = new SecureRandom();

    private Scripts() {}

    /** A word of 32 characters that content does not have by chance. */
    static String word() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Without comments, since all of it is an argument that the engine repeats in its events. */
    private static String load(String name) {
        try (InputStream script = Scripts.class.getResourceAsStream(name)) {
            if (script == null) {
                throw new IllegalStateException("the resource " + name + " is missing");
            }
            String text = new String(script.readAllBytes(), StandardCharsets.UTF_8);
            return text.replaceAll("(?m)^ *#.*\n", "").replaceAll("(?m)^ +", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
