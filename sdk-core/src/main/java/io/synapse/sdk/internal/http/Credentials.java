package io.synapse.sdk.internal.http;

import io.synapse.sdk.BadRequestException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The value of a header that is asked for when it is needed, and once more when the server refuses it. Thread-safe. */
public final class Credentials {
    private final String header;
    private final String prefix;
    private final Supplier<String> token;
    private volatile @Nullable String current;

    /**
     * Credentials that are not asked for yet.
     *
     * @param header the name of the header
     * @param prefix what comes before the token
     * @param token gives the token; called on the thread that sends the request
     */
    public Credentials(String header, String prefix, Supplier<String> token) {
        this.header = header;
        this.prefix = prefix;
        this.token = token;
    }

    String header() {
        return header;
    }

    /** The value to send. */
    String value() {
        String known = current;
        return known == null ? ask() : known;
    }

    /** Asks for another value, unless another call has got one already; false when it is the one that was refused. */
    boolean renew(@Nullable String refused) {
        String known = current;
        return known != null && !known.equals(refused) || !ask().equals(refused);
    }

    private String ask() {
        String given = token.get();
        if (given == null || given.isBlank()) {
            throw BadRequestException.refused("the token that was supplied is empty");
        }
        String value = prefix + given.strip();
        HeaderSyntax.check(header, value);
        current = value;
        return value;
    }
}
