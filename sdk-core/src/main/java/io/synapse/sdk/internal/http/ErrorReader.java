package io.synapse.sdk.internal.http;

import io.synapse.sdk.ClientException;
import io.synapse.sdk.Failure;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How one kind of server says errors. A dialect that has words of its own for them has this interface too. */
@FunctionalInterface
public interface ErrorReader {
    /** Servers whose status is what they mean, and whose body says why. */
    ErrorReader USUAL = (status, body) -> new Meaning(status, null);

    /**
     * What an error means.
     *
     * @param status the status of the answer
     * @param body its body: text, or JSON as maps, lists, strings, numbers and booleans; null when it is empty
     */
    Meaning read(int status, @Nullable Object body);

    /**
     * What an error means.
     *
     * @param status the status that says it best
     * @param sentence why, in words; null for those that are found in the body
     * @param executed whether the request may have been executed, where the server says so; null for what the status
     *     says
     * @param exception makes an exception of the dialect's own; null for that of the status
     */
    record Meaning(
            int status,
            @Nullable String sentence,
            @Nullable Boolean executed,
            @Nullable Function<Failure, ClientException> exception) {
        /** Of a server that says no more than that. */
        public Meaning(int status, @Nullable String sentence) {
            this(status, sentence, null, null);
        }
    }

    /** The reader of a dialect. */
    static ErrorReader of(Object dialect) {
        return dialect instanceof ErrorReader own ? own : USUAL;
    }
}
