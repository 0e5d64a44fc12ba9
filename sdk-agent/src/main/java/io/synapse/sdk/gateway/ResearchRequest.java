package io.synapse.sdk.gateway;

import io.synapse.sdk.internal.value.Attributes;
import io.synapse.sdk.internal.value.Attributes.Key;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A question to be researched. Immutable: each setter returns a modified copy. */
public final class ResearchRequest extends GatewayRequest {
    private static final Key<String> QUERY = new Key<>("query", "");
    private static final Key<List<String>> SOURCES = new Key<>("sources", List.of());
    private static final Key<@Nullable ResearchDepth> DEPTH = Key.of("depth");

    private ResearchRequest(Attributes attributes) {
        super(attributes);
    }

    /**
     * A request for a research of this question.
     *
     * @param query the question, which may be empty
     */
    public static ResearchRequest of(String query) {
        return new ResearchRequest(Attributes.NONE.with(QUERY, Objects.requireNonNull(query, "query")));
    }

    /** The question. */
    public String query() {
        return attributes.get(QUERY);
    }

    /** Where to look; empty for the server's choice. */
    public List<String> sources() {
        return attributes.get(SOURCES);
    }

    /** Sets where to look. */
    public ResearchRequest sources(List<String> sources) {
        return new ResearchRequest(attributes.with(SOURCES, List.copyOf(sources)));
    }

    /** How thorough it is; null for the server's default. */
    public @Nullable ResearchDepth depth() {
        return attributes.get(DEPTH);
    }

    /** Sets how thorough it is. */
    public ResearchRequest depth(ResearchDepth depth) {
        return new ResearchRequest(attributes.with(DEPTH, depth));
    }
}
