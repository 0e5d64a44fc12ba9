package io.synapse.sdk.job;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.JobStatus;
import io.synapse.sdk.dialect.internal.Copies;
import io.synapse.sdk.internal.value.Attributes;
import io.synapse.sdk.internal.value.Attributes.Key;
import io.synapse.sdk.internal.value.ValueObject;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Selects the jobs to list. The client filters the complete list, since neither an agent nor Ray can filter jobs.
 * Immutable: each setter returns a modified copy.
 *
 * <pre>{@code
 * client.listJobs(JobFilter.ALL.status(JobStatus.RUNNING, JobStatus.PENDING).metadata("team", "vision").newest(10))
 * }</pre>
 */
public final class JobFilter extends ValueObject {
    private static final Key<List<JobStatus>> STATUSES = new Key<>("statuses", List.of());
    private static final Key<Map<String, String>> METADATA = new Key<>("metadata", Map.of());
    private static final Key<@Nullable JobType> TYPE = Key.of("type");
    private static final Key<@Nullable Integer> NEWEST = Key.of("newest");
    private static final Comparator<Job> NEWEST_FIRST =
            Comparator.comparing(Job::startTime, Comparator.nullsFirst(Comparator.reverseOrder()));

    /** All jobs, in the server's order. */
    public static final JobFilter ALL = new JobFilter(Attributes.NONE);

    private JobFilter(Attributes attributes) {
        super(attributes);
    }

    /** The accepted statuses; empty for any. */
    public List<JobStatus> statuses() {
        return attributes.get(STATUSES);
    }

    /** Sets the accepted statuses; none for any. */
    public JobFilter status(JobStatus... statuses) {
        return new JobFilter(attributes.with(STATUSES, List.of(statuses)));
    }

    /** The metadata entries that a job must have; empty for any. */
    public Map<String, String> metadata() {
        return attributes.get(METADATA);
    }

    /** Adds a metadata entry that a job must have. */
    public JobFilter metadata(String key, String value) {
        return new JobFilter(attributes.with(METADATA, Copies.with(metadata(), key, value)));
    }

    /** The type that a job must have; null for any. */
    public @Nullable JobType type() {
        return attributes.get(TYPE);
    }

    /** Sets the type that a job must have; null for any. */
    public JobFilter type(@Nullable JobType type) {
        return new JobFilter(attributes.with(TYPE, type));
    }

    /** The largest number of jobs to list; null for all. */
    public @Nullable Integer newest() {
        return attributes.get(NEWEST);
    }

    /**
     * Lists at most this number of matching jobs, sorted by start time, the newest first. Jobs without a start time
     * have not started yet and come first; jobs with the same start time keep the server's order.
     *
     * @throws BadRequestException when it is less than 1
     */
    public JobFilter newest(int most) {
        if (most < 1) {
            throw BadRequestException.refused("a list of the newest jobs needs at least 1, not " + most);
        }
        return new JobFilter(attributes.with(NEWEST, most));
    }

    /** The matching jobs of a list, in its order or the newest first. */
    List<Job> of(List<Job> jobs) {
        Stream<Job> matching = jobs.stream().filter(this::matches);
        Integer most = newest();
        return (most == null ? matching : matching.sorted(NEWEST_FIRST).limit(most)).toList();
    }

    private boolean matches(Job job) {
        return (statuses().isEmpty() || statuses().contains(job.status()))
                && (type() == null || type().equals(job.type()))
                && job.metadata().entrySet().containsAll(metadata().entrySet());
    }
}
