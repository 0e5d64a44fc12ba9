package io.synapse.sdk.experiments.internal.file;

import com.dynatrace.hash4j.hashing.HashStream64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.HexFormat;

/** XXH3-64 with seed 0, as 16 lower-case hexadecimal digits, of bytes that come one part after another. Not thread-safe. */
public final class ContentHash {
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
