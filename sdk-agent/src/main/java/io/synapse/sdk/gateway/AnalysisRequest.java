package io.synapse.sdk.gateway;

import io.synapse.sdk.internal.value.Attributes;
import io.synapse.sdk.internal.value.Attributes.Key;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A text to be analyzed. Immutable: each setter returns a modified copy. */
public final class AnalysisRequest extends GatewayRequest {
    private static final Key<String> CONTENT = new Key<>("content", "");
    private static final Key<@Nullable AnalysisType> ANALYSIS_TYPE = Key.of("analysis_type");

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
}
