package io.synapse.sdk.docker.internal.workspace;

import io.synapse.sdk.workspace.CommandOutput;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The beginning and the end of an output, whatever its length: what a command did first and how it ended tell more than
 * what lies between. Memory is taken as output comes, and bounded. Not safe for use by several threads.
 */
final class OutputBuffer {
    private final LimitedBytes start;
    private final int endLimit;

    /** A ring. Taken when the start is full: the output is half as long as the limit then, and may be any longer. */
    private byte[] end = {};

    private int endSize;
    private int oldest; // where the ring begins
    private long total;

    /** Keeps at most so many bytes: half of them from the start, half from the end. */
    OutputBuffer(int limit) {
        start = new LimitedBytes(limit / 2);
        endLimit = limit - limit / 2;
    }

    /** The next piece of the output, which may end within a character. */
    void add(byte[] bytes, int from, int length) {
        total += length;
        int taken = start.add(bytes, from, length);
        int left = length - taken;
        int kept = Math.min(left, endLimit); // the last ones
        if (kept > 0) {
            addToEnd(bytes, from + length - kept, kept);
        }
    }

    private void addToEnd(byte[] bytes, int from, int length) {
        int free = Math.min(length, endLimit - endSize);
        if (end.length == 0) {
            end = new byte[endLimit];
        }
        System.arraycopy(bytes, from, end, endSize, free);
        endSize += free;
        int index = from + free;
        int rest = length - free;
        while (rest > 0) {
            int run = Math.min(rest, endLimit - oldest);
            System.arraycopy(bytes, index, end, oldest, run);
            oldest = (oldest + run) % endLimit;
            index += run;
            rest -= run;
        }
    }

    /** The whole output while it is within the limit; its beginning, up to the last whole character, when it is not. */
    String start() {
        if (isWhole()) {
            byte[] all = Arrays.copyOf(start.toArray(), (int) total);
            System.arraycopy(ending(), 0, all, start.size(), endSize);
            return new String(all, StandardCharsets.UTF_8);
        }
        return start.text(startLength());
    }

    /** The end of the output, from the first whole character on; empty when {@link #start()} is all. */
    String end() {
        if (isWhole()) {
            return "";
        }
        byte[] bytes = ending();
        int cut = Utf8.continuationLength(bytes);
        return new String(bytes, cut, bytes.length - cut, StandardCharsets.UTF_8);
    }

    /** How many bytes lie between {@link #start()} and {@link #end()}. */
    long omittedBytes() {
        return isWhole() ? 0 : total - startLength() - endSize + Utf8.continuationLength(ending());
    }

    /**
     * The part from a position on, or, where that is not kept any more, from the next position that is.
     *
     * @param position 0 to {@link #totalBytes()}
     * @param most how many bytes at most; enough for a character
     * @param isEnded whether nothing follows, so that an incomplete character at the end is part of it too
     */
    CommandOutput part(long position, int most, boolean isEnded) {
        long ring = total - endSize;
        boolean isGap = !isWhole() && position >= startLength() && position < ring;
        long from = isGap ? ring + Utf8.continuationLength(ending()) : position;
        long to = Math.min(from + most, isWhole() || from >= ring ? total : startLength());
        byte[] bytes = bytes(from, to);
        long next = isEnded && to == total ? to : from + Utf8.completeLength(bytes);
        String text = new String(bytes, 0, (int) (next - from), StandardCharsets.UTF_8);
        return new CommandOutput(text, from, next, isEnded && next == total);
    }

    /** What is kept between two positions. */
    private byte[] bytes(long from, long to) {
        byte[] bytes = start.toArray((int) Math.min(from, start.size()), (int) Math.min(to, start.size()));
        int inStart = bytes.length;
        bytes = Arrays.copyOf(bytes, (int) (to - from));
        long ring = total - endSize;
        for (int index = inStart; index < bytes.length; index++) {
            bytes[index] = end[(int) ((from + index - ring + oldest) % endLimit)];
        }
        return bytes;
    }

    long totalBytes() {
        return total;
    }

    private boolean isWhole() {
        return total == start.size() + endSize;
    }

    private int startLength() {
        int tail = Math.min(start.size(), Utf8.LONGEST_CHARACTER);
        return start.size() - tail + Utf8.completeLength(start.toArray(start.size() - tail, start.size()));
    }

    /** The ring in the order of the output. */
    private byte[] ending() {
        byte[] bytes = new byte[endSize];
        System.arraycopy(end, oldest, bytes, 0, endSize - oldest);
        System.arraycopy(end, 0, bytes, endSize - oldest, oldest);
        return bytes;
    }
}
