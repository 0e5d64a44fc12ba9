package io.synapse.sdk.ray.internal.tail;

import io.synapse.sdk.internal.http.ByteSearch;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Holds back what may be the report of a failure: Ray before 2.45 adds it to the bytes of the file and then ends the
 * answer as usual, so that only the end shows that it was one.
 */
final class FileText {
    static final String REPORT_TEXT = "[get_logs] Fetch log error: ";

    private static final byte[] REPORT = REPORT_TEXT.getBytes(StandardCharsets.US_ASCII);

    /** A report is not longer. */
    private static final int MAX_HELD = 64 << 10;

    private byte[] bytes = new byte[8 << 10];
    private int length;
    private int given;
    private int free;

    /** Where to put the next bytes: behind the {@link #end()} of what is here. */
    byte[] room() {
        boolean isFull = length == bytes.length;
        if (given > 0) {
            System.arraycopy(bytes, given, bytes, 0, length - given);
            length -= given;
            free = Math.max(0, free - given);
            given = 0;
        }
        if (length == bytes.length || isFull && bytes.length < MAX_HELD) {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
        return bytes;
    }

    int end() {
        return length;
    }

    /** So many bytes were put there. */
    void added(int number) {
        length += number;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Where what may be given out begins. */
    int from() {
        return given;
    }

    /** How much may be given out; that counts as given out from now on. */
    int take() {
        int from = given;
        int at = ByteSearch.indexOf(bytes, free, length, '[');
        while (at >= 0 && (!mayBeReport(at) || length - at > MAX_HELD)) {
            at = ByteSearch.indexOf(bytes, at + 1, length, '[');
        }
        given = at < 0 ? length : at;
        free = given;
        return given - from;
    }

    /** Whether what is held back is a report, if nothing follows. */
    boolean holdsReport() {
        return length - given >= REPORT.length;
    }

    /** What is held back. */
    String held() {
        return new String(bytes, given, length - given, StandardCharsets.UTF_8);
    }

    /** Gives out all that is held back. */
    int takeRest() {
        int rest = length - given;
        given = length;
        return rest;
    }

    /** Whether a report says that the file is not there. */
    static boolean isMissing(String report) {
        return report.contains("file is not found") || report.contains("Could not find a log file");
    }

    private boolean mayBeReport(int at) {
        int size = Math.min(REPORT.length, length - at);
        return Arrays.equals(bytes, at, at + size, REPORT, 0, size);
    }
}
