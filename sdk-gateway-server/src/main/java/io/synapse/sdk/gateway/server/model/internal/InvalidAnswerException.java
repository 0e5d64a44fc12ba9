package io.synapse.sdk.gateway.server.model.internal;

import org.jspecify.annotations.Nullable;

/** The answer of a model does not have the form that was asked for. The message is for the model, and quotes the answer. */
final class InvalidAnswerException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidAnswerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
