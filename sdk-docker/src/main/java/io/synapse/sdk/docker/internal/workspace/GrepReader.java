package io.synapse.sdk.docker.internal.workspace;

import io.synapse.sdk.workspace.GrepResult.Match;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Reads what the function {@code search} of {@code shell.sh} prints: {@code NAME:NUMBER:LINE} for each match, and for each
 * file with an odd name a mark, {@code NAME}, a mark, {@code NUMBER:LINE} for each match. Lines that are not text, which
 * begins with a NUL character, are left out. For one writing thread, and a reading one after it or beside it.
 */
final class GrepReader {
    private static final int MOST_BYTES = 16 << 20;
    private static final int MOST_BYTES_OF_LINE = 1 << 20;

    private final Predicate<String> files;
    private final int most;
    private final TrailerScanner marks;
    private final List<Match> matches = new ArrayList<>();
    private final LimitedBytes line = new LimitedBytes(MOST_BYTES_OF_LINE + 1);
    private int section;
    private String oddName = "";
    private long bytes;
    private boolean truncated;

    /**
     * A reader.
     *
     * @param word of the shell, from which the mark is made
     * @param files which files count
     * @param most how many matches are kept
     */
    GrepReader(String word, Predicate<String> files, int most) {
        this.files = files;
        this.most = most;
        this.marks = new TrailerScanner("x" + word, new TrailerScanner.Receiver() {
            @Override
            public void content(byte[] piece, int offset, int length) {
                read(piece, offset, length);
            }

            @Override
            public void trailer(String text) {
                nextSection();
            }
        });
    }

    /** Whether there may be more matches than are kept. */
    synchronized boolean isTruncated() {
        return truncated;
    }

    /** What was found, as files of this folder. */
    synchronized List<Match> matches(String folder) {
        return matches.stream()
                .map(match -> new Match(WorkspacePath.within(folder, match.path()), match.line(), match.text()))
                .toList();
    }

    /** Takes a piece; false when enough is found. */
    synchronized boolean take(byte[] piece, int offset, int length) {
        marks.accept(Arrays.copyOfRange(piece, offset, offset + length));
        return !truncated;
    }

    private void read(byte[] piece, int offset, int length) {
        int start = offset;
        for (int at = offset; at < offset + length && !isName(); at++) {
            if (piece[at] == '\n') {
                line.add(piece, start, at - start);
                start = at + 1;
                lineEnds();
            }
        }
        line.add(piece, start, offset + length - start);
    }

    /** After the first section, every other one is a name. */
    private boolean isName() {
        return section % 2 == 1;
    }

    private void nextSection() {
        if (isName()) {
            oddName = ShellText.text(line.toArray());
        }
        line.clear();
        section++;
    }

    private void lineEnds() {
        byte[] all = line.toArray();
        line.clear();
        int nameEnd = section == 0 ? indexOf(all, 0, (byte) ':') : -1;
        int numberEnd = indexOf(all, nameEnd + 1, (byte) ':');
        if (truncated || all.length > MOST_BYTES_OF_LINE || numberEnd < 0 || section == 0 && nameEnd < 0) {
            return; // too long, or what grep says of a file
        }
        Optional<String> text = Utf8.text(Arrays.copyOfRange(all, numberEnd + 1, all.length));
        String number = new String(all, nameEnd + 1, numberEnd - nameEnd - 1, StandardCharsets.ISO_8859_1);
        String name = section == 0 ? ShellText.text(Arrays.copyOf(all, nameEnd)) : oddName;
        if (text.isPresent() && text.get().indexOf('\0') < 0 && number.matches("[0-9]{1,18}")) {
            add(name.startsWith("./") ? name.substring(2) : name, Long.parseLong(number), text.get());
        }
    }

    private void add(String name, long number, String text) {
        if (!files.test(name) || TemporaryName.endsPath(name)) {
            return;
        }
        bytes += text.length();
        if (matches.size() == most || bytes > MOST_BYTES) {
            truncated = true;
        } else {
            matches.add(new Match(name, number, text.endsWith("\r") ? text.substring(0, text.length() - 1) : text));
        }
    }

    private static int indexOf(byte[] bytes, int from, byte wanted) {
        for (int at = from; at < bytes.length; at++) {
            if (bytes[at] == wanted) {
                return at;
            }
        }
        return -1;
    }
}
