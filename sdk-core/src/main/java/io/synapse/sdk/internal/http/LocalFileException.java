package io.synapse.sdk.internal.http;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file of this machine is to blame, not the connection: what is sent changed meanwhile, so that the server cannot be given
 * as many bytes as it was promised, or what is received cannot be written.
 */
public final class LocalFileException extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean ofAnswer;

    private LocalFileException(String why, boolean ofAnswer, @Nullable IOException cause) {
        super(why, cause);
        this.ofAnswer = ofAnswer;
    }

    /** A file that is sent is not what it was when that began. */
    static LocalFileException changed(Path file, String how, @Nullable IOException cause) {
        return new LocalFileException("the file " + file + " changed while it was sent: " + how, false, cause);
    }

    /** A file cannot be written. */
    static LocalFileException unwritable(Path file, IOException cause) {
        return new LocalFileException(file + " cannot be written: " + cause, true, cause);
    }

    /** Whether the server has answered: it cannot act on half a request. */
    boolean isOfAnswer() {
        return ofAnswer;
    }
}
