package io.synapse.sdk.experiment;

import io.synapse.sdk.PagedList;
import io.synapse.sdk.Performer;
import java.util.List;

/** Operations on projects (wire/experiments.md, section 2). */
public interface ProjectOperations extends Performer {
    /**
     * What the server is and what it can do. Other calls find that out by themselves.
     *
     * @throws io.synapse.sdk.ClientException when the call fails
     */
    default ExperimentServer getServer() {
        return perform(ProjectEndpoints.server());
    }

    /**
     * All projects, each with its runs in short.
     *
     * @throws io.synapse.sdk.ClientException when a page cannot be fetched, while it is iterated
     */
    default PagedList<Project> listProjects() {
        return ProjectEndpoints.projects().on(this);
    }

    /**
     * All runs of a project.
     *
     * @throws io.synapse.sdk.NotFoundException when there is no such project, while it is iterated
     * @throws io.synapse.sdk.BadRequestException when a name is not valid; nothing is sent then
     */
    default PagedList<Run> listRuns(String project) {
        return ProjectEndpoints.runs(project).on(this);
    }

    /**
     * Runs of a project, as a query says.
     *
     * @throws io.synapse.sdk.NotFoundException when there is no such project, while it is iterated
     */
    default PagedList<Run> listRuns(RunQuery query) {
        return ProjectEndpoints.runs(query).on(this);
    }

    /**
     * All tags of the runs of a project.
     *
     * @throws io.synapse.sdk.BadRequestException when a name is not valid; nothing is sent then
     */
    default List<String> listTags(String project) {
        return perform(ProjectEndpoints.tags(project));
    }

    /**
     * Has the server read the files of all projects again. A server of this project does so by itself. The original
     * deletes notes and tags then: the client reads them before, and writes them again. A call that is broken off may
     * lose them there.
     */
    default void reindexProjects() {
        perform(ProjectEndpoints.reindex());
    }

    /**
     * Has the server read the files of a project again, as {@link #reindexProjects}.
     *
     * @throws io.synapse.sdk.NotFoundException when there is none
     * @throws io.synapse.sdk.BadRequestException when a name is not valid; nothing is sent then
     */
    default void reindexProject(String project) {
        perform(ProjectEndpoints.reindex(project));
    }
}
