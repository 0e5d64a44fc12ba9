package io.synapse.sdk.docker.internal.workspace;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Divides what a request writes: a text up to the first NUL, then content. Not thread-safe. */
final class FirstField implements Shell.Content {
    private final ByteArrayOutputStream field = new ByteArrayOutputStream();
    private final Shell.Content rest;
    private boolean complete;

    FirstField(Shell.Content rest) {
        this.rest = rest;
    }

    /** The text. */
    String text() {
        return ShellText.text(field.toByteArray());
    }

    @Override
    public void take(byte[] bytes, int offset, int length) throws IOException {
        int from = offset;
        int end = offset + length;
        while (!complete && from < end) {
            complete = bytes[from] == 0;
            if (!complete) {
                field.write(bytes[from]);
            }
            from++;
        }
        if (from < end) {
            rest.take(bytes, from, end - from);
        }
    }
}
