package io.synapse.sdk.experiments.internal.file;

import org.jspecify.annotations.Nullable;

/**
 * A part of a file that a worker sends.
 *
 * @param bytes at most {@link #MAX}; not copied
 * @param offset where it begins; null in the original's form, which has none
 * @param prefixHash of the bytes before it
 * @param isReplacement whether the parts from offset 0 on take the place of the file
 * @param total the size of the whole replacement; null when this part is all of it
 * @param contentHash of the part
 * @param attempt of the job whose worker sends it; null when it does not say
 */
public record FilePart(
        byte[] bytes,
        @Nullable Long offset,
        @Nullable String prefixHash,
        boolean isReplacement,
        @Nullable Long total,
        @Nullable String contentHash,
        @Nullable Integer attempt) {
    /** The most bytes of a part. */
    public static final int MAX = 4 << 20;
}
