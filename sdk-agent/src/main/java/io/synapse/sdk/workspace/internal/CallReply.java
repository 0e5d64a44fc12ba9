package io.synapse.sdk.workspace.internal;

import org.jspecify.annotations.Nullable;

/**
 * What an agent answers to a call (wire/agent.md, section 7). How the operation ended is data: the HTTP status tells only
 * whether the agent could be asked. Not API.
 *
 * @param done whether the operation has ended; if not, the client asks again
 * @param result its result; null for none
 * @param failure how it failed; null when it did not
 * @param progress the last thing to tell of an operation that has not ended
 */
public record CallReply(
        boolean done,
        @Nullable Object result,
        @Nullable CallFailure failure,
        @Nullable String progress) {
    /** Of an operation that has not ended. */
    public static CallReply pending(@Nullable String progress) {
        return new CallReply(false, null, null, progress);
    }

    /** Of an operation that has ended well. */
    public static CallReply of(@Nullable Object result) {
        return new CallReply(true, result, null, null);
    }

    /** Of an operation that has failed. */
    public static CallReply failed(Throwable failure) {
        return new CallReply(true, null, CallFailure.of(failure), null);
    }
}
