package io.synapse.sdk.embedded.internal.plugin;

import io.synapse.sdk.embedded.internal.backend.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** The content of an archive's entry. One that is not what the archive says of it, or cannot be unpacked, is refused. */
final class VerifiedContent extends InputStream {
    private final ZipArchiveEntry entry;
    private final String what;
    private final InputStream content;
    private final CRC32 checksum = new CRC32();
    private long count;

    /**
     * Begins to unpack.
     *
     * @param what what to call the entry in a sentence
     */
    VerifiedContent(ZipFile zip, ZipArchiveEntry entry, String what) {
        this.entry = entry;
        this.what = what;
        try {
            content = zip.getInputStream(entry);
        } catch (IOException | RuntimeException e) {
            throw damaged(e);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        int read;
        try {
            read = content.read(buffer, offset, length);
        } catch (IOException | RuntimeException e) {
            throw damaged(e);
        }
        if (read > 0) {
            checksum.update(buffer, offset, read);
            count += read;
        } else if (read < 0 && (checksum.getValue() != entry.getCrc() || count != entry.getSize())) {
            throw new RefusedException(400, what + " is damaged: its checksum or its size is wrong");
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        content.close();
    }

    private RefusedException damaged(Exception e) {
        return new RefusedException(400, what + " is damaged: " + e.getMessage());
    }
}
