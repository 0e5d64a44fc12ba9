package io.synapse.sdk.embedded.internal;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Tokens of servers that were given none. */
public final class ServerToken {
    private static final int BYTES = 24;

    private ServerToken() {}

    /** A new one, of hexadecimal digits. */
    public static String random() {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
