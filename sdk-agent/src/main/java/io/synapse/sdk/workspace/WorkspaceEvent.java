package io.synapse.sdk.workspace;

/**
 * A change in a folder.
 *
 * @param kind what happened
 * @param file what it happened to; of what was deleted, as it was seen last
 */
public record WorkspaceEvent(Kind kind, FileInfo file) {
    /** What happened. */
    public enum Kind {
        /** It was not there before. */
        CREATED,
        /** Its content, its size or its time changed. */
        MODIFIED,
        /** It is not there any more. */
        DELETED
    }
}
