package io.synapse.sdk.gateway;

import io.synapse.sdk.internal.value.Attributes;
import io.synapse.sdk.internal.value.Attributes.Key;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A text to be analyzed. Immutable: each setter returns a modified copy. */
public final class AnalysisRequest extends GatewayRequest {
    private static final Key<String> CONTENT = new Key<>("content", "");
    private static final Key<@Nullable AnalysisType> ANALYSIS_TYPE = Key.of("analysis_type");
    private static final Key<Boolean> RESTARTABLE = new Key<>("restartable", false);

    private AnalysisRequest(Attributes attributes) {
        super(attributes);
    }

    /** A request for an analysis of this text, which may be empty. */
    public static AnalysisRequest of(String content) {
        return new AnalysisRequest(
                Attributes.NONE.withField(CONTENT.name(), Objects.requireNonNull(content, "content")));
    }

    /** The content. */
    public String content() {
        return attributes.get(CONTENT);
    }

    /** What the analysis is about; null for the server's default, {@link AnalysisType#GENERAL}. */
    public @Nullable AnalysisType analysisType() {
        return attributes.get(ANALYSIS_TYPE);
    }

    /** Sets what the analysis is about. */
    public AnalysisRequest analysisType(AnalysisType type) {
        return new AnalysisRequest(attributes.with(ANALYSIS_TYPE, type));
    }

    /** Whether its stream may begin anew; false by default. */
    public boolean restartable() {
        return attributes.get(RESTARTABLE);
    }

    /**
     * Sets whether its stream over gRPC may begin anew where the server's model breaks off. A message of type
     * {@code restarted} says so then: the text before it is void, and another one follows. Without this, such a stream ends
     * with an error that carries what came. The original ignores it, and so does a call with one answer.
     */
    public AnalysisRequest restartable(boolean allowed) {
        return new AnalysisRequest(attributes.with(RESTARTABLE, allowed));
    }
}
