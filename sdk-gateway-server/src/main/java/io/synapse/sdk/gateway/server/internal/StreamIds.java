package io.synapse.sdk.gateway.server.internal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The ids of streams: {@code <kind>-<run>-<number>-<code>}. Half of the code is made of the rest and of a key, so that a
 * stream which is not kept any more is told from one that never was; the other half of the request too, so that nobody reads
 * the stream of another request. Thread-safe.
 */
final class StreamIds {
    /** The length of a key in bytes. */
    static final int KEY_LENGTH = 32;

    /** Of the code, in bytes. */
    private static final int HALF = 8;

    private static final String ALGORITHM = "HmacSHA256";
    private static final Pattern FORM =
            Pattern.compile("(?<name>[a-z]+-(?<run>[0-9a-f]{8})-\\d{1,18})-(?<code>[0-9a-f]{32})");

    private final byte[] key;
    private final String run;
    private final AtomicLong number = new AtomicLong();

    /** What is known of an id. */
    enum Origin {
        /** Given out by this run of the gateway for this request. */
        THIS_RUN,
        /** Given out for this request by an earlier run on the same data directory. */
        EARLIER_RUN,
        /** Of another run, whose key is not known. */
        OTHER_RUN,
        /** Given out for another request, or by nobody. */
        FOREIGN
    }

    /** Ids under a key of {@value #KEY_LENGTH} bytes, in a new run. */
    StreamIds(byte[] key) {
        this.key = key.clone();
        byte[] random = new byte[4];
        new SecureRandom().nextBytes(random);
        this.run = HexFormat.of().formatHex(random);
    }

    /** A new id. */
    String next(String kind, byte[] requestHash) {
        String name = kind + "-" + run + "-" + number.incrementAndGet();
        return name + "-" + code(name) + code(name, requestHash);
    }

    /** What is known of an id whose request is not. */
    Origin origin(String id) {
        Matcher form = FORM.matcher(id);
        return form.matches() ? origin(form, code(form.group("name")), "") : Origin.FOREIGN;
    }

    Origin origin(String id, byte[] requestHash) {
        Matcher form = FORM.matcher(id);
        if (!form.matches()) {
            return Origin.FOREIGN;
        }
        String name = form.group("name");
        return origin(form, code(name), code(name, requestHash));
    }

    private Origin origin(Matcher form, String first, String second) {
        String expected = first + second;
        boolean isOurs = MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.US_ASCII),
                form.group("code").substring(0, expected.length()).getBytes(StandardCharsets.US_ASCII));
        boolean isThisRun = run.equals(form.group("run"));
        if (isOurs) {
            return isThisRun ? Origin.THIS_RUN : Origin.EARLIER_RUN;
        }
        return isThisRun ? Origin.FOREIGN : Origin.OTHER_RUN;
    }

    private String code(String name, byte... requestHash) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            mac.update(name.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(mac.doFinal(requestHash), 0, HALF);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("each Java has " + ALGORITHM, e);
        }
    }
}
