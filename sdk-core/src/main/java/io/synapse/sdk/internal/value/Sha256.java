package io.synapse.sdk.internal.value;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, as lower-case hexadecimal digits. */
public final class Sha256 {
    private Sha256() {}

    /** The hash of a text in UTF-8, and of more bytes after it. */
    public static String of(String text, byte... more) {
        try {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            hash.update(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash.digest(more));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // each Java platform has it
        }
    }
}
