package io.synapse.sdk.container;

import io.synapse.sdk.AsyncPerformer;
import io.synapse.sdk.Page;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The asynchronous twin of {@link ContainerOperations}: the same calls, each returning a future that fails with the
 * exception the blocking call throws.
 */
public interface AsyncContainerOperations extends AsyncPerformer {
    /**
     * Creates the container of a plugin release, or restarts the one there is for the same release and model. Where
     * the agent builds its image first, this waits for the build, unless the request says otherwise; then the
     * container has a build id and nothing else.
     *
     * @throws io.synapse.sdk.ServerException when the build fails or is cancelled, with its error
     * @throws io.synapse.sdk.RequestTimeoutException when the build takes longer than the request allows
     */
    default CompletableFuture<Container> createContainer(ContainerRequest request) {
        return perform(ContainerEndpoints.create(request));
    }

    /** The first page of the container records. */
    default CompletableFuture<Page<Container>> listContainers() {
        return perform(ContainerEndpoints.page(ContainerFilter.ALL));
    }

    /** The first page of those container records that pass a filter. */
    default CompletableFuture<Page<Container>> listContainers(ContainerFilter filter) {
        return perform(ContainerEndpoints.page(filter));
    }

    /** All container records, of all pages. */
    default CompletableFuture<List<Container>> listAllContainers() {
        return perform(ContainerEndpoints.allCollected(ContainerFilter.ALL));
    }

    /** All container records that pass a filter, of all pages. */
    default CompletableFuture<List<Container>> listAllContainers(ContainerFilter filter) {
        return perform(ContainerEndpoints.allCollected(filter));
    }

    /**
     * One container, with the whole Docker inspection in {@link Container#attrs()}.
     *
     * @param id its record number or its Docker id
     * @throws io.synapse.sdk.NotFoundException when there is none
     */
    default CompletableFuture<Container> getContainer(String id) {
        return perform(ContainerEndpoints.get(id));
    }

    /** Changes the record of a container. */
    default CompletableFuture<Container> updateContainer(String id, ContainerUpdate update) {
        return perform(ContainerEndpoints.update(id, update));
    }

    /** Stops and removes a container, and its record. */
    default CompletableFuture<@Nullable Void> deleteContainer(String id) {
        return perform(ContainerEndpoints.delete(id));
    }

    /** How a build stands. */
    default CompletableFuture<Build> getBuildStatus(String id) {
        return perform(ContainerEndpoints.build(id));
    }

    /** All Docker containers of the host, whoever started them. */
    default CompletableFuture<List<DockerContainer>> listDockerContainers() {
        return perform(ContainerEndpoints.dockerList());
    }

    /** One Docker container of the host. */
    default CompletableFuture<DockerContainer> getDockerContainer(String id) {
        return perform(ContainerEndpoints.docker(id));
    }

    /** Creates a Docker container for a plugin release, without a record. */
    default CompletableFuture<DockerContainer> createDockerContainer(DockerContainerRequest request) {
        return perform(ContainerEndpoints.createDocker(request));
    }

    /** Stops a Docker container of the host. */
    default CompletableFuture<@Nullable Void> stopDockerContainer(String id) {
        return perform(ContainerEndpoints.stopDocker(id));
    }

    /** Starts a Docker container of the host. */
    default CompletableFuture<@Nullable Void> startDockerContainer(String id) {
        return perform(ContainerEndpoints.startDocker(id));
    }

    /** Removes a Docker container of the host. */
    default CompletableFuture<@Nullable Void> deleteDockerContainer(String id) {
        return perform(ContainerEndpoints.deleteDocker(id));
    }
}
