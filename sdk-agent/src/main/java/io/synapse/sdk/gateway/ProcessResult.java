package io.synapse.sdk.gateway;

import io.synapse.sdk.dialect.internal.Copies;
import io.synapse.sdk.internal.http.Secrets;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an agent answered to a {@link ProcessRequest}. Fields that the server omits are null or empty. Immutable.
 *
 * @param requestId the id of the request
 * @param success whether the agent did it
 * @param result the result as text; bytes that are not UTF-8 are in {@code additionalProperties}, as
 *     {@code {base64=…}}
 * @param errorMessage what went wrong; the original never fills it
 * @param errorCode the number of the error, 0 if there is none; the original never fills it
 * @param timestamp when it was answered
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record ProcessResult(
        @Nullable String requestId,
        boolean success,
        @Nullable String result,
        @Nullable String errorMessage,
        @Nullable Integer errorCode,
        @Nullable Instant timestamp,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent maps and lists by empty ones and copies the others. */
    public ProcessResult {
        additionalProperties = Copies.of(additionalProperties);
    }

    /** All components, with secrets masked: values of secret names, tokens in text. */
    @Override
    public String toString() {
        return Secrets.describe(this);
    }
}
