package io.synapse.sdk.workspace;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.workspace.internal.Arguments;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file to write into a workspace. Immutable. */
public final class FileUpload {
    private final String path;
    private final Source source;
    private final WriteCondition condition;

    private FileUpload(String path, Source source, WriteCondition condition) {
        this.path = path;
        this.source = source;
        this.condition = condition;
    }

    /** Opens the content; called once for each upload. */
    @FunctionalInterface
    public interface Source {
        /** The content from its start, which is closed after use. */
        InputStream open() throws IOException;
    }

    /**
     * A file of this machine, read while it is sent.
     *
     * @throws BadRequestException when it does not exist or is a folder
     */
    public static FileUpload of(String path, Path file) {
        Arguments.requireFile(file);
        return of(path, () -> Files.newInputStream(file));
    }

    /** A file with this content. */
    public static FileUpload of(String path, byte[] content) {
        byte[] copy = content.clone();
        return of(path, () -> new ByteArrayInputStream(copy));
    }

    /** A file with what a stream gives. */
    public static FileUpload of(String path, Source source) {
        return new FileUpload(path, source, WriteCondition.NONE);
    }

    /** The same under a condition. */
    public FileUpload condition(WriteCondition writeCondition) {
        return new FileUpload(path, source, writeCondition);
    }

    /** Where it is written. */
    public String path() {
        return path;
    }

    /** What is written. */
    public Source source() {
        return source;
    }

    /** Under which condition. */
    public WriteCondition condition() {
        return condition;
    }
}
