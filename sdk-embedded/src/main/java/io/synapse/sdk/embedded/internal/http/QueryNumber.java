package io.synapse.sdk.embedded.internal.http;

import io.synapse.sdk.embedded.internal.backend.RefusedException;
import org.jspecify.annotations.Nullable;

/** Reads whole numbers of queries. */
final class QueryNumber {
    /** The greatest of 18 digits: as an offset in bytes, more than any file has. */
    static final long MAX = 999_999_999_999_999_999L;

    private QueryNumber() {}

    /**
     * The number that a parameter has, or the one that it has by default.
     *
     * @param name of the parameter
     * @param value null when it is not given
     * @throws RefusedException with status 400 when it is none, or out of its range
     */
    static long of(String name, @Nullable String value, long byDefault, long least, long most) {
        if (value == null) {
            return byDefault;
        }
        if (!value.matches("\\d{1,18}") || Long.parseLong(value) < least || Long.parseLong(value) > most) {
            throw new RefusedException(400, name + " must be a whole number from " + least + " to " + most);
        }
        return Long.parseLong(value);
    }
}
