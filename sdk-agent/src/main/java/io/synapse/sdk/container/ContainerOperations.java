package io.synapse.sdk.container;

import io.synapse.sdk.Page;
import io.synapse.sdk.PagedList;
import io.synapse.sdk.Performer;
import java.util.List;

/**
 * Playground containers of an agent, the builds of their images, and the raw Docker containers of its host.
 */
public interface ContainerOperations extends Performer {
    /**
     * Creates the container of a plugin release, or restarts the one there is for the same release and model. Where
     * the agent builds its image first, this waits for the build, unless the request says otherwise; then the
     * container has a build id and nothing else.
     *
     * @throws io.synapse.sdk.ServerException when the build fails or is cancelled, with its error
     * @throws io.synapse.sdk.RequestTimeoutException when the build takes longer than the request allows
     */
    default Container createContainer(ContainerRequest request) {
        return perform(ContainerEndpoints.create(request));
    }

    /** The first page of the container records. */
    default Page<Container> listContainers() {
        return perform(ContainerEndpoints.page(ContainerFilter.ALL));
    }

    /** The first page of those container records that pass a filter. */
    default Page<Container> listContainers(ContainerFilter filter) {
        return perform(ContainerEndpoints.page(filter));
    }

    /** All container records, fetched page by page while they are walked. */
    default PagedList<Container> listAllContainers() {
        return new PagedList<>(this, ContainerEndpoints.all(ContainerFilter.ALL));
    }

    /** All container records that pass a filter, fetched page by page while they are walked. */
    default PagedList<Container> listAllContainers(ContainerFilter filter) {
        return new PagedList<>(this, ContainerEndpoints.all(filter));
    }

    /**
     * One container, with the whole Docker inspection in {@link Container#attrs()}.
     *
     * @param id its record number or its Docker id
     * @throws io.synapse.sdk.NotFoundException when there is none
     */
    default Container getContainer(String id) {
        return perform(ContainerEndpoints.get(id));
    }

    /** Changes the record of a container. */
    default Container updateContainer(String id, ContainerUpdate update) {
        return perform(ContainerEndpoints.update(id, update));
    }

    /** Stops and removes a container, and its record. */
    default void deleteContainer(String id) {
        perform(ContainerEndpoints.delete(id));
    }

    /** How a build stands. */
    default Build getBuildStatus(String id) {
        return perform(ContainerEndpoints.build(id));
    }

    /** All Docker containers of the host, whoever started them. */
    default List<DockerContainer> listDockerContainers() {
        return perform(ContainerEndpoints.dockerList());
    }

    /** One Docker container of the host. */
    default DockerContainer getDockerContainer(String id) {
        return perform(ContainerEndpoints.docker(id));
    }

    /** Creates a Docker container for a plugin release, without a record. */
    default DockerContainer createDockerContainer(DockerContainerRequest request) {
        return perform(ContainerEndpoints.createDocker(request));
    }

    /** Stops a Docker container of the host. */
    default void stopDockerContainer(String id) {
        perform(ContainerEndpoints.stopDocker(id));
    }

    /** Starts a Docker container of the host. */
    default void startDockerContainer(String id) {
        perform(ContainerEndpoints.startDocker(id));
    }

    /** Removes a Docker container of the host. */
    default void deleteDockerContainer(String id) {
        perform(ContainerEndpoints.deleteDocker(id));
    }
}
