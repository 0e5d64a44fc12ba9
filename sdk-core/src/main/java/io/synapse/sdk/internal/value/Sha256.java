package io.synapse.sdk.internal.value;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, which every Java platform has. */
public final class Sha256 {
    private Sha256() {}

    /** A digest of nothing yet. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The hash of a text in UTF-8, and of more bytes after it, as lower-case hexadecimal digits. */
    public static String of(String text, byte... more) {
        MessageDigest hash = digest();
        hash.update(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash.digest(more));
    }

    /** The hash of a text in UTF-8. */
    public static byte[] bytesOf(String text) {
        return digest().digest(text.getBytes(StandardCharsets.UTF_8));
    }
}
