package io.synapse.sdk;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An argument is bad (400 or 422). Thrown before anything is sent where the SDK can tell, then {@link #attempts()} is 0.
 */
public final class BadRequestException extends ClientException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // a copy that is
    private final List<FieldError> fieldErrors;

    /** An exception for a failure. */
    public BadRequestException(Failure failure) {
        this(failure, List.of());
    }

    /** An exception for a failure with what lies behind it. */
    public BadRequestException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
        this.fieldErrors = List.of();
    }

    /** An exception for a failure, with what the server found wrong field by field. */
    public BadRequestException(Failure failure, List<FieldError> fieldErrors) {
        super(failure);
        this.fieldErrors = List.copyOf(fieldErrors);
    }

    /** An argument was refused by the SDK itself, before anything was sent. */
    public static BadRequestException refused(String message) {
        return new BadRequestException(Failure.of(400, message));
    }

    /** What the server found wrong, field by field; empty when it did not say. */
    public List<FieldError> fieldErrors() {
        return fieldErrors;
    }

    /**
     * One thing the server found wrong.
     *
     * @param location the way to the field, outermost first: {@code [body, params, epochs]}
     * @param message what is wrong with it
     */
    public record FieldError(List<String> location, String message) implements Serializable {
        /** Keeps a copy of the location. */
        public FieldError {
            location = List.copyOf(location);
        }

        @Override
        public String toString() {
            return location.isEmpty() ? message : String.join(" -> ", location) + ": " + message;
        }
    }
}
