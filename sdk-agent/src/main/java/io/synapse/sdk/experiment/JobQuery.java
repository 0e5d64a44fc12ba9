package io.synapse.sdk.experiment;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.experiment.internal.ExperimentNames;
import io.synapse.sdk.internal.value.Attributes;
import io.synapse.sdk.internal.value.Attributes.Key;
import io.synapse.sdk.internal.value.ValueObject;
import org.jspecify.annotations.Nullable;

/** Which jobs of the queue to list. Immutable: each setter returns a modified copy. */
public final class JobQuery extends ValueObject {
    /** All jobs, the newest first. */
    public static final JobQuery ALL = new JobQuery(Attributes.NONE);

    private static final int MAX_PAGE_SIZE = 1000;
    private static final Key<@Nullable ExperimentStatus> STATUS = Key.of("status");
    private static final Key<@Nullable String> PROJECT = Key.of("project");
    private static final Key<Integer> PAGE_SIZE = new Key<>("pageSize", 200);

    private JobQuery(Attributes attributes) {
        super(attributes);
    }

    /** The state that a job must have; null for any. */
    public @Nullable ExperimentStatus status() {
        return attributes.get(STATUS);
    }

    /** Sets the state that a job must have; null for any. */
    public JobQuery status(@Nullable ExperimentStatus status) {
        return new JobQuery(attributes.with(STATUS, status));
    }

    /** The project that a job must be of; null for any. */
    public @Nullable String project() {
        return attributes.get(PROJECT);
    }

    /**
     * Sets the project that a job must be of; null for any.
     *
     * @throws BadRequestException when it is not a valid name
     */
    public JobQuery project(@Nullable String project) {
        return new JobQuery(
                attributes.with(PROJECT, project == null ? null : ExperimentNames.check("project", project)));
    }

    /** The number of jobs that are fetched at a time; 200 by default. */
    public int pageSize() {
        return attributes.get(PAGE_SIZE);
    }

    /**
     * Sets the number of jobs that are fetched at a time.
     *
     * @throws BadRequestException when it is not from 1 to 1000
     */
    public JobQuery pageSize(int jobs) {
        if (jobs < 1 || jobs > MAX_PAGE_SIZE) {
            throw BadRequestException.refused("a page has from 1 to " + MAX_PAGE_SIZE + " jobs, not " + jobs);
        }
        return new JobQuery(attributes.with(PAGE_SIZE, jobs));
    }
}
