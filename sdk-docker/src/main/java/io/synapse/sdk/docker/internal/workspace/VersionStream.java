package io.synapse.sdk.docker.internal.workspace;

import io.synapse.sdk.internal.value.Sha256;
import io.synapse.sdk.workspace.FileVersion;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Passes bytes on, and computes their version: the SHA-256. Not thread-safe. */
final class VersionStream extends FilterOutputStream {
    private final MessageDigest digest;
    private long size;

    VersionStream(OutputStream target) {
        super(target);
        this.digest = Sha256.digest();
    }

    @Override
    public void write(int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        digest.update(bytes, offset, length);
        size += length;
    }

    /** The version of all that was written, as the file of this path. Nothing can be written after that. */
    FileVersion of(String path) {
        return new FileVersion(path, HexFormat.of().formatHex(digest.digest()), size);
    }
}
