package io.synapse.sdk.experiment;

import io.synapse.sdk.AsyncPerformer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The asynchronous twin of {@link ProjectOperations}: the same calls, each returning a future that fails with the
 * exception the blocking call throws.
 */
public interface AsyncProjectOperations extends AsyncPerformer {
    /** Asynchronous twin of {@link ProjectOperations#getServer}. */
    default CompletableFuture<ExperimentServer> getServer() {
        return perform(ProjectEndpoints.server());
    }

    /** Asynchronous twin of {@link ProjectOperations#listProjects}. */
    default CompletableFuture<List<Project>> listProjects() {
        return perform(ProjectEndpoints.projects().collected());
    }

    /** Asynchronous twin of {@link ProjectOperations#listRuns(String)}. */
    default CompletableFuture<List<Run>> listRuns(String project) {
        return perform(ProjectEndpoints.runs(project).collected());
    }

    /** Asynchronous twin of {@link ProjectOperations#listRuns(RunQuery)}. */
    default CompletableFuture<List<Run>> listRuns(RunQuery query) {
        return perform(ProjectEndpoints.runs(query).collected());
    }

    /** Asynchronous twin of {@link ProjectOperations#listTags}. */
    default CompletableFuture<List<String>> listTags(String project) {
        return perform(ProjectEndpoints.tags(project));
    }

    /** Asynchronous twin of {@link ProjectOperations#reindexProjects}. */
    default CompletableFuture<@Nullable Void> reindexProjects() {
        return perform(ProjectEndpoints.reindex());
    }

    /** Asynchronous twin of {@link ProjectOperations#reindexProject}. */
    default CompletableFuture<@Nullable Void> reindexProject(String project) {
        return perform(ProjectEndpoints.reindex(project));
    }
}
