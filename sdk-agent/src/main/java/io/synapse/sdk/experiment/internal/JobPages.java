package io.synapse.sdk.experiment.internal;

import io.synapse.sdk.Endpoint;
import io.synapse.sdk.Operation;
import io.synapse.sdk.Page;
import io.synapse.sdk.ResponseType;
import io.synapse.sdk.dialect.internal.Copies;
import io.synapse.sdk.experiment.ExperimentJob;
import io.synapse.sdk.experiment.JobQuery;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The pages of lists of jobs, newest first. A job that is submitted between two pages moves all others, so that the second
 * begins with the last ones of the first: those are left out.
 */
public final class JobPages {
    private JobPages() {}

    /**
     * A page of the queue.
     *
     * @param at the link of the page before; null for the first page
     */
    public static Operation<Page<ExperimentJob>> queue(ExperimentDialect dialect, JobQuery query, @Nullable URI at) {
        return page(dialect, "api/queue/list", "jobs", query, at);
    }

    /** A page of all jobs that there were, as {@link #queue}. */
    public static Operation<Page<ExperimentJob>> history(ExperimentDialect dialect, JobQuery query, @Nullable URI at) {
        return page(dialect, "api/queue/experiments", "experiments", query, at);
    }

    private static Operation<Page<ExperimentJob>> page(
            ExperimentDialect dialect, String path, String field, JobQuery query, @Nullable URI at) {
        long offset = Links.offset(at);
        Endpoint<Map<String, @Nullable Object>> request = Endpoint.get(path, ResponseType.object())
                .query("limit", query.pageSize())
                .query("offset", offset);
        request = query.status() == null ? request : request.query("status", query.status());
        Endpoint<Map<String, @Nullable Object>> sent =
                query.project() == null ? request : request.query("project", query.project());
        Answers answers = dialect.answers();
        return sent.map(answer -> {
            List<ExperimentJob> jobs =
                    answers.convertList(sent, answers.field(sent, answer, field), ExperimentJob.class);
            Object total = Copies.object(answers.content(sent, answer)).get("total");
            return page(jobs, total instanceof Number number ? number.longValue() : jobs.size(), offset, at);
        });
    }

    private static Page<ExperimentJob> page(List<ExperimentJob> jobs, long total, long offset, @Nullable URI at) {
        String last = Links.lastId(at);
        int repeated = IntStream.range(0, jobs.size())
                .filter(index ->
                        !last.isEmpty() && jobs.get(index).experimentUid().equals(last))
                .findFirst()
                .orElse(-1);
        long end = offset + jobs.size();
        URI next = jobs.isEmpty() || end >= total
                ? null
                : Links.offset(end, jobs.get(jobs.size() - 1).experimentUid());
        return new Page<>(total, next, null, jobs.subList(repeated + 1, jobs.size()));
    }
}
