package io.synapse.sdk.workspace;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.internal.value.Attributes;
import io.synapse.sdk.internal.value.Attributes.Key;
import io.synapse.sdk.internal.value.ValueObject;
import io.synapse.sdk.workspace.internal.Arguments;
import org.jspecify.annotations.Nullable;

/**
 * A search for lines that contain a text. Immutable: each setter returns a modified copy, and throws a
 * {@link BadRequestException} when a value is out of its range.
 */
public final class GrepQuery extends ValueObject {
    private static final Key<String> TEXT = new Key<>("pattern", "");
    private static final Key<String> PATH = new Key<>("path", ".");
    private static final Key<@Nullable String> GLOB = Key.of("glob");
    private static final Key<@Nullable Integer> MAX_COUNT = Key.of("max_count");

    private GrepQuery(Attributes attributes) {
        super(attributes);
        Arguments.requireSearchText(text());
        Arguments.requirePath(path());
        Integer most = maxCount();
        if (most != null && most < 1) {
            throw BadRequestException.refused("the number of matches must be 1 or more, not " + most);
        }
    }

    /**
     * A search in the agent's folder.
     *
     * @param text what a line must contain, literally and with its case
     * @throws BadRequestException when it is empty, or has a line end or a NUL character
     */
    public static GrepQuery of(String text) {
        return new GrepQuery(Attributes.NONE.with(TEXT, text));
    }

    /** What a line must contain. */
    public String text() {
        return attributes.get(TEXT);
    }

    /** The same in another folder, or in one file. */
    public GrepQuery path(String folderOrFile) {
        return new GrepQuery(attributes.with(PATH, folderOrFile));
    }

    /** Where to search; the agent's folder by default. */
    public String path() {
        return attributes.get(PATH);
    }

    /** The same only in files that a pattern matches: see {@link WorkspaceAgent#glob(String, String)}. */
    public GrepQuery glob(String pattern) {
        return new GrepQuery(attributes.with(GLOB, pattern));
    }

    /** Which files to search; null, the default, for all. */
    public @Nullable String glob() {
        return attributes.get(GLOB);
    }

    /** The same with at most so many matches in all. */
    public GrepQuery maxCount(int most) {
        return new GrepQuery(attributes.with(MAX_COUNT, most));
    }

    /** The greatest number of matches; null, the default, for all. */
    public @Nullable Integer maxCount() {
        return attributes.get(MAX_COUNT);
    }
}
