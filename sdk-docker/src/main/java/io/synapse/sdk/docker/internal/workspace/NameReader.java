package io.synapse.sdk.docker.internal.workspace;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Reads names of files with a NUL after each; the {@code ./} before a name is left out. Not thread-safe. */
final class NameReader implements Shell.Content {
    private final ByteArrayOutputStream name = new ByteArrayOutputStream();
    private final Receiver receiver;

    /** Takes one name after another. */
    interface Receiver {
        void name(String name) throws IOException;
    }

    NameReader(Receiver receiver) {
        this.receiver = receiver;
    }

    @Override
    public void take(byte[] bytes, int offset, int length) throws IOException {
        int start = offset;
        for (int at = offset; at < offset + length; at++) {
            if (bytes[at] == 0) {
                name.write(bytes, start, at - start);
                start = at + 1;
                String text = ShellText.text(name.toByteArray());
                name.reset();
                receiver.name(text.startsWith("./") ? text.substring(2) : text);
            }
        }
        name.write(bytes, start, offset + length - start);
    }
}
