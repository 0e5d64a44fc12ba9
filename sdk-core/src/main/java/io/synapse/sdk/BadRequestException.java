package io.synapse.sdk;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An argument is invalid (400 or 422). If the SDK detects it, nothing is sent and {@link #attempts()} is 0. */
public final class BadRequestException extends ClientException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // List.copyOf is serializable
    private final List<FieldError> fieldErrors;

    /** An exception for a failure. */
    public BadRequestException(Failure failure) {
        this(failure, List.of());
    }

    /** An exception for a failure, with its cause. */
    public BadRequestException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
        this.fieldErrors = List.of();
    }

    /** An exception for a failure, with the server's errors by field. */
    public BadRequestException(Failure failure, List<FieldError> fieldErrors) {
        super(failure);
        this.fieldErrors = List.copyOf(fieldErrors);
    }

    /** An argument was refused by the SDK itself, before anything was sent. */
    public static BadRequestException refused(String message) {
        return new BadRequestException(Failure.of(400, message));
    }

    /** The server's errors by field; empty if the server reported none. */
    public List<FieldError> fieldErrors() {
        return fieldErrors;
    }

    /**
     * An error in one field.
     *
     * @param location the path to the field, outermost first: {@code [body, params, epochs]}
     * @param message the error message
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
