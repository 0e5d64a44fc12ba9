package io.synapse.sdk.gateway.server.model.langchain4j;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnresolvedModelServerException;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.RequestTimeoutException;
import io.synapse.sdk.UnexpectedResponseException;
import io.synapse.sdk.gateway.server.AgentException;
import io.synapse.sdk.gateway.server.AgentException.Kind;
import io.synapse.sdk.gateway.server.model.internal.ProviderFailures;
import java.io.IOException;

/** What an exception of a chat model means. */
final class ModelFailures {
    private ModelFailures() {}

    /**
     * The exception of the agent.
     *
     * @param model the name of the model
     */
    static AgentException of(String model, RuntimeException failure) {
        if (failure instanceof AgentException known) {
            return known;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ClientException exception) {
                return ofClient(model, exception);
            }
            if (cause instanceof HttpException exception) {
                String what = "the model " + model + " failed with status " + exception.statusCode();
                return new AgentException(ProviderFailures.kind(exception.statusCode()), what, failure);
            }
        }
        // The texts of other exceptions are not known to be without secrets.
        String what = "the model " + model + " failed: " + failure.getClass().getSimpleName();
        return new AgentException(kind(failure), what, failure);
    }

    /** The SDK's own HTTP client, whose messages have no secrets. */
    private static AgentException ofClient(String model, ClientException failure) {
        Kind kind = failure instanceof RequestTimeoutException || failure.getCause() instanceof RequestTimeoutException
                ? Kind.DEADLINE
                : failure instanceof UnexpectedResponseException
                        ? Kind.INVALID
                        : ProviderFailures.kind(failure.statusCode());
        AgentException exception =
                new AgentException(kind, "the model " + model + ": " + failure.getMessage(), failure);
        return ProviderFailures.retryAfter(failure).map(exception::retryAfter).orElse(exception);
    }

    private static Kind kind(RuntimeException failure) {
        if (failure instanceof RateLimitException) {
            return Kind.OVERLOADED;
        }
        if (failure instanceof TimeoutException) {
            return Kind.DEADLINE;
        }
        if (failure instanceof AuthenticationException
                || failure instanceof InvalidRequestException
                || failure instanceof ModelNotFoundException
                || failure instanceof ContentFilteredException) {
            return Kind.REFUSED;
        }
        boolean unreachable =
                failure instanceof UnresolvedModelServerException || failure.getCause() instanceof IOException;
        return unreachable ? Kind.UNAVAILABLE : Kind.INTERNAL;
    }
}
