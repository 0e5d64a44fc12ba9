package io.synapse.sdk.experiments.internal.file;

import com.dynatrace.hash4j.hashing.HashStream64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;

/** XXH3-64 with seed 0, as 16 lower-case hexadecimal digits, of bytes that come one part after another. Not thread-safe. */
public final class ContentHash {
    private static final int BUFFER = 64 << 10;

    private final HashStream64 stream;

    private ContentHash(HashStream64 stream) {
        this.stream = stream;
    }

    /** Of no bytes yet. */
    public static ContentHash empty() {
        return new ContentHash(Hashing.xxh3_64().hashStream());
    }

    /** Of these bytes. */
    public static String of(byte[] bytes) {
        return HexFormat.of().toHexDigits(Hashing.xxh3_64().hashBytesToLong(bytes));
    }

    /** Of the next bytes of a stream; of fewer when it has fewer. */
    public static ContentHash ofFirst(InputStream bytes, long length) throws IOException {
        ContentHash hash = empty();
        byte[] buffer = new byte[BUFFER];
        for (long left = length; left > 0; ) {
            int read = bytes.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (read < 0) {
                break;
            }
            hash.add(buffer, 0, read);
            left -= read;
        }
        return hash;
    }

    /** XXH3-128 of these bytes: for identities that are never compared in full. */
    public static byte[] identity(byte[] bytes) {
        return Hashing.xxh3_128().hashBytesTo128Bits(bytes).toByteArray();
    }

    /** Adds these bytes. */
    public ContentHash add(byte[] bytes, int from, int length) {
        stream.putBytes(bytes, from, length);
        return this;
    }

    /** One that goes on from here and leaves this one as it is. */
    public ContentHash copy() {
        return new ContentHash(stream.copy());
    }

    /** Of all that was added. */
    public String value() {
        return HexFormat.of().toHexDigits(stream.getAsLong());
    }
}
