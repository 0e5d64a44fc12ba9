package io.synapse.sdk.experiment;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.dialect.internal.Ids;
import io.synapse.sdk.experiment.internal.ExperimentNames;
import io.synapse.sdk.internal.value.Attributes;
import io.synapse.sdk.internal.value.Attributes.Key;
import io.synapse.sdk.internal.value.ValueObject;
import org.jspecify.annotations.Nullable;

/**
 * A part of a file that a worker copies to the server (wire/experiments.md, section 8). Immutable: each setter returns a
 * modified copy. The client computes no hashes: the worker knows its file, and hashes it once.
 */
public final class SyncPart extends ValueObject {
    private static final Key<SyncTarget> TARGET = Key.of("target");
    private static final Key<String> UID = Key.of("experimentUid");
    private static final Key<String> FILE = Key.of("fileName");
    private static final Key<Long> OFFSET = new Key<>("offset", 0L);
    private static final Key<@Nullable String> PREFIX_HASH = Key.of("prefixHash");
    private static final Key<@Nullable String> CONTENT_HASH = Key.of("contentHash");
    private static final Key<@Nullable Long> TOTAL = Key.of("total");
    private static final Key<@Nullable Integer> ATTEMPT = Key.of("attempt");
    private final byte[] content;

    private SyncPart(Attributes attributes, byte[] content) {
        super(attributes.withField("length", content.length));
        this.content = content;
    }

    /**
     * A part of a file.
     *
     * @param target what the file belongs to
     * @param uid the job
     * @param fileName the name of the file, without folders
     * @param offset where in the file the part begins, in bytes
     * @param content its bytes, at most 4 MiB for a server of this project; a copy is kept
     * @throws BadRequestException when the id or name is not valid, or the offset is negative
     */
    public static SyncPart of(SyncTarget target, String uid, String fileName, long offset, byte[] content) {
        if (offset < 0) {
            throw BadRequestException.refused("the offset of a part cannot be negative: " + offset);
        }
        return new SyncPart(
                Attributes.NONE
                        .with(TARGET, target)
                        .with(UID, Ids.check("job", uid))
                        .with(FILE, ExperimentNames.checkFile(fileName))
                        .with(OFFSET, offset),
                content.clone());
    }

    /** What the file belongs to. */
    public SyncTarget target() {
        return attributes.get(TARGET);
    }

    /** The job. */
    public String experimentUid() {
        return attributes.get(UID);
    }

    /** The name of the file. */
    public String fileName() {
        return attributes.get(FILE);
    }

    /** Where in the file the part begins, in bytes. */
    public long offset() {
        return attributes.get(OFFSET);
    }

    /** The bytes of the part: a copy. */
    public byte[] content() {
        return content.clone();
    }

    /** The length of the part, in bytes. */
    public int length() {
        return content.length;
    }

    /** The hash of all bytes of the file before the part; null if there are none, or it is not known. */
    public @Nullable String prefixHash() {
        return attributes.get(PREFIX_HASH);
    }

    /**
     * Sets the hash of all bytes of the file before the part, by which the server sees that it has the same. Needed for a
     * part that does not begin at 0.
     *
     * @param hash XXH3-64 with seed 0, 16 lower-case hexadecimal digits
     * @throws BadRequestException when it has another form
     */
    public SyncPart prefixHash(String hash) {
        return new SyncPart(attributes.with(PREFIX_HASH, ExperimentNames.checkHash(hash)), content);
    }

    /** The hash of the part; null for none. */
    public @Nullable String contentHash() {
        return attributes.get(CONTENT_HASH);
    }

    /**
     * Sets the hash of the part, by which the server sees that it came unchanged.
     *
     * @param hash as {@link #prefixHash(String)}
     * @throws BadRequestException when it has another form
     */
    public SyncPart contentHash(String hash) {
        return new SyncPart(attributes.with(CONTENT_HASH, ExperimentNames.checkHash(hash)), content);
    }

    /** The size of the file that replaces the one of the server; null for a part that continues it. */
    public @Nullable Long total() {
        return attributes.get(TOTAL);
    }

    /**
     * Makes it a part of a file that replaces the one of the server, which stays until all parts are there.
     *
     * @param total the size of the whole file, in bytes
     * @throws BadRequestException when the part ends behind it
     */
    public SyncPart replacing(long total) {
        if (offset() + content.length > total) {
            throw BadRequestException.refused(
                    "the part ends behind the end of its file, which has " + total + " bytes");
        }
        return new SyncPart(attributes.with(TOTAL, total), content);
    }

    /** The number of the attempt; null if it is not known. */
    public @Nullable Integer attempt() {
        return attributes.get(ATTEMPT);
    }

    /** Sets the number of the attempt, as in {@link AssignedJob#attempt()}. */
    public SyncPart attempt(int number) {
        return new SyncPart(attributes.with(ATTEMPT, number), content);
    }
}
