package io.synapse.sdk.embedded.internal.container;

import io.synapse.sdk.embedded.internal.OwnerOnly;
import java.io.Closeable;
import java.io.FileWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;

/** The log of a build: a file that grows while it is followed. Safe for use by several threads. */
final class BuildLog implements Closeable {
    private static final int TAIL_LINES = 20;
    private static final int LONGEST_LINE = 1_000;

    /** The engine paints what comes from stderr. */
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");

    /** What the engine says of its own doings: no reason for anything. */
    private static final Pattern HOUSEKEEPING = Pattern.compile("^(Removing intermediate container|\\s*--->) ");

    private final Writer file;
    private final StringBuilder line = new StringBuilder();
    private final Deque<String> lastLines = new ArrayDeque<>();

    /** Not over a channel, which the interrupt that cancels a build would close before its last words. */
    BuildLog(Path path) throws IOException {
        OwnerOnly.write(path, "");
        file = new FileWriter(path.toFile(), StandardCharsets.UTF_8);
    }

    /** Writes a line of the agent's own. */
    void say(String words) {
        write(words + "\n");
    }

    /** Writes text as it comes from the engine: pieces of lines, or several. */
    synchronized void write(String text) {
        try {
            file.write(text);
            file.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the log of the build cannot be written", e);
        }
        text.chars().forEach(letter -> {
            if (letter == '\n' || letter == '\r' || line.length() == LONGEST_LINE) {
                endLine();
            } else {
                line.append((char) letter);
            }
        });
    }

    /** The last lines, for an error that is to explain itself. */
    synchronized String tail() {
        endLine();
        return String.join("\n", lastLines);
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
    }

    private void endLine() {
        String ended = COLOUR.matcher(line).replaceAll("").stripTrailing();
        line.setLength(0);
        if (!ended.isEmpty() && !HOUSEKEEPING.matcher(ended).find()) {
            lastLines.addLast(ended);
        }
        if (lastLines.size() > TAIL_LINES) {
            lastLines.removeFirst();
        }
    }
}
