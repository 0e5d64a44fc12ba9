package io.synapse.sdk.experiment;

import io.synapse.sdk.experiment.internal.ExperimentNames;
import io.synapse.sdk.internal.value.Attributes;
import io.synapse.sdk.internal.value.Attributes.Key;
import io.synapse.sdk.internal.value.ValueObject;

/** Names a run. Immutable. */
public final class RunKey extends ValueObject {
    private static final Key<String> PROJECT = new Key<>("project", "");
    private static final Key<String> RUN = new Key<>("run", "");

    private RunKey(Attributes attributes) {
        super(attributes);
    }

    /**
     * The run of this name in this project.
     *
     * @throws io.synapse.sdk.BadRequestException when one of them is not a valid name (wire/experiments.md, section 9)
     */
    public static RunKey of(String project, String run) {
        ExperimentNames.check("project", project);
        ExperimentNames.check("run", run);
        return new RunKey(Attributes.NONE.with(PROJECT, project).with(RUN, run));
    }

    /** The project. */
    public String project() {
        return attributes.get(PROJECT);
    }

    /** The run. */
    public String run() {
        return attributes.get(RUN);
    }
}
