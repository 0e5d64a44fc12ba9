package io.synapse.sdk.experiment;

import io.synapse.sdk.experiment.internal.ExperimentNames;
import io.synapse.sdk.internal.json.Json;
import io.synapse.sdk.internal.value.Attributes;
import io.synapse.sdk.internal.value.ValueObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What to analyze of a project. Immutable: each setter returns a modified copy. */
public final class AnalysisRequest extends ValueObject {
    private AnalysisRequest(Attributes attributes) {
        super(attributes);
    }

    /**
     * All of a project.
     *
     * @throws io.synapse.sdk.BadRequestException when it is not a valid name
     */
    public static AnalysisRequest of(String project) {
        return new AnalysisRequest(Attributes.NONE.withField("project", ExperimentNames.check("project", project)));
    }

    /**
     * Sets a field, by the name of the server: {@code metrics}, for instance.
     *
     * @throws io.synapse.sdk.BadRequestException when the value cannot be written as JSON
     */
    public AnalysisRequest field(String name, Object value) {
        Json.write(value);
        return new AnalysisRequest(attributes.withField(name, value));
    }

    /** The fields that were set, by the names of the server. */
    public Map<String, @Nullable Object> properties() {
        return attributes.asMap();
    }
}
