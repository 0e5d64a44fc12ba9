package io.synapse.sdk.internal.http;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file is not what it was when its sending began: the server cannot be given as many bytes as it was promised. */
final class ChangedFileException extends IOException {
    private static final long serialVersionUID = 1L;

    ChangedFileException(Path file, String how, @Nullable IOException cause) {
        super("the file " + file + " changed while it was sent: " + how, cause);
    }
}
