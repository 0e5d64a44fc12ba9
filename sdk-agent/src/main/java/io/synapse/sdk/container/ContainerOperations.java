package io.synapse.sdk.container;

import io.synapse.sdk.LogFollower;
import io.synapse.sdk.LogStream;
import io.synapse.sdk.Page;
import io.synapse.sdk.PagedList;
import io.synapse.sdk.Performer;
import io.synapse.sdk.TailOptions;
import java.time.Duration;
import java.util.List;

/**
 * Operations on playground containers of an agent, the builds of their images, and the Docker containers of its host.
 *
 * <p>To see the output of a build while it runs:
 *
 * <pre>{@code
 * Container building = client.createContainer(ContainerRequest.ofRelease("demo@1.0.0").withoutWaiting());
 * String build = building.buildId(); // null if an existing container was restarted
 * try (LogStream log = client.tailBuildLogs(build)) {
 *     log.forEach(System.out::println);
 * }
 * Container container = client.waitForBuild(build, Duration.ofMinutes(1));
 * }</pre>
 */
public interface ContainerOperations extends Performer, LogFollower {
    /**
     * Creates the container of a plugin release, or restarts an existing one for the same release and model; then
     * {@link Container#restarted()} is true. An archive is uploaded first, streamed from disk. If the agent builds the
     * image in the background, this waits for the build, or with {@link ContainerRequest#withoutWaiting()} returns a
     * container with only a build id.
     *
     * <p>Interrupting the waiting thread, or cancelling the future of the asynchronous call, ends the wait, not the
     * build: use {@link #cancelBuild} for that.
     *
     * <p>The request is never retried after a lost response. Creating the container of a release again is safe: there
     * is one for each release and model, which is restarted. An archive without a release creates another container
     * each time.
     *
     * @throws BuildFailedException when its image cannot be built, or the build is cancelled
     * @throws io.synapse.sdk.RequestTimeoutException when the build takes longer than the request allows (it
     *     continues), or the agent does not respond in that time
     * @throws io.synapse.sdk.BadRequestException when the agent refuses the archive, or the archive changes while it is
     *     sent
     * @throws io.synapse.sdk.NotFoundException when the agent has no such release
     * @throws io.synapse.sdk.ConnectionException when the agent cannot be reached, or the response is lost, for which
     *     {@code mayHaveBeenExecuted()} is true
     * @throws io.synapse.sdk.ServerException when the agent has no Docker Engine (503), no free port, or fails
     */
    default Container createContainer(ContainerRequest request) {
        return perform(ContainerEndpoints.create(request));
    }

    /** The first page of the container records, with the agent's page size. */
    default Page<Container> listContainers() {
        return perform(ContainerEndpoints.page(ContainerFilter.ALL));
    }

    /** The first page of the container records that match a filter. */
    default Page<Container> listContainers(ContainerFilter filter) {
        return perform(ContainerEndpoints.page(filter));
    }

    /**
     * All container records. The list is fetched page by page during iteration; the asynchronous call fetches all pages
     * and returns a {@link List}.
     */
    default PagedList<Container> listAllContainers() {
        return new PagedList<>(this, ContainerEndpoints.all(ContainerFilter.ALL));
    }

    /** All container records that match a filter, as {@link #listAllContainers()}. */
    default PagedList<Container> listAllContainers(ContainerFilter filter) {
        return new PagedList<>(this, ContainerEndpoints.all(filter));
    }

    /**
     * One container, with the complete Docker inspection in {@link Container#attrs()}.
     *
     * @param id its record number or its Docker id
     * @throws io.synapse.sdk.NotFoundException when there is none
     * @throws io.synapse.sdk.BadRequestException when it is not a valid id; nothing is sent then
     */
    default Container getContainer(String id) {
        return perform(ContainerEndpoints.get(id));
    }

    /**
     * Stops a container, or starts it again, and returns its new state. Waits up to 60 s: Docker gives a container 10 s
     * to end.
     *
     * @param id its record number or its Docker id
     * @throws io.synapse.sdk.NotFoundException when there is none
     * @throws io.synapse.sdk.BadRequestException when the agent does not accept that status
     */
    default Container updateContainer(String id, ContainerUpdate update) {
        return perform(ContainerEndpoints.update(id, update));
    }

    /**
     * Stops and removes a container, and its record. Waits up to 60 s.
     *
     * @param id its record number or its Docker id
     * @throws io.synapse.sdk.NotFoundException when there is none
     */
    default void deleteContainer(String id) {
        perform(ContainerEndpoints.delete(id));
    }

    /**
     * The status of a build.
     *
     * @throws io.synapse.sdk.NotFoundException when there is none
     */
    default Build getBuildStatus(String id) {
        return perform(ContainerEndpoints.build(id));
    }

    /**
     * Waits until a build has ended, and returns its container. Polls every 2 s; the wait continues while the agent is
     * unreachable. Interrupting the thread, or cancelling the future of the asynchronous call, ends only the wait.
     *
     * @param timeout the longest time to wait
     * @throws BuildFailedException when it fails or is cancelled
     * @throws io.synapse.sdk.RequestTimeoutException when it has not ended by then; it continues
     * @throws io.synapse.sdk.NotFoundException when there is no such build
     */
    default Container waitForBuild(String id, Duration timeout) {
        return perform(ContainerEndpoints.awaitBuild(id, timeout));
    }

    /**
     * The complete current output of a build, as one string. The call has no total time limit. An extension of the
     * agent's API.
     *
     * @throws io.synapse.sdk.NotFoundException when there is no such build, or the agent does not provide build logs
     */
    default String getBuildLogs(String id) {
        return perform(ContainerEndpoints.buildLogs(id));
    }

    /** Follows the output of a build to its end, with {@link TailOptions#DEFAULT}. */
    default LogStream tailBuildLogs(String id) {
        return follow(ContainerEndpoints.buildLog(id), TailOptions.DEFAULT);
    }

    /**
     * Follows the output of a build to its end: every line once, in order, until the build has ended. The log's final
     * status is then succeeded, failed, or stopped for a cancelled build. Nothing is sent before the stream is read. An
     * extension of the agent's API: reading fails with a {@link io.synapse.sdk.NotFoundException} when there is no such
     * build, or the agent does not provide build logs.
     *
     * @throws io.synapse.sdk.BadRequestException when it is not a valid id
     */
    default LogStream tailBuildLogs(String id, TailOptions options) {
        return follow(ContainerEndpoints.buildLog(id), options);
    }

    /**
     * Requests that a build ends and returns at once. An extension of the agent's API.
     *
     * @throws io.synapse.sdk.BadRequestException when the build has already ended
     * @throws io.synapse.sdk.NotFoundException when there is no such build, or the agent cannot cancel builds
     */
    default void cancelBuild(String id) {
        perform(ContainerEndpoints.cancelBuild(id));
    }

    /** All Docker containers of the host, running or not, including those that the agent did not start. */
    default List<DockerContainer> listDockerContainers() {
        return perform(ContainerEndpoints.dockerList());
    }

    /**
     * One Docker container of the host.
     *
     * @param id its Docker id
     * @throws io.synapse.sdk.NotFoundException when there is none
     */
    default DockerContainer getDockerContainer(String id) {
        return perform(ContainerEndpoints.docker(id));
    }

    /**
     * Creates a Docker container for a plugin release, without a record. The agent may build its image before it
     * responds: this waits up to 300 s. Never retried after a lost response.
     *
     * @throws io.synapse.sdk.NotFoundException when the agent has no such release
     * @throws io.synapse.sdk.ServerException when the image cannot be built, or the agent has no Docker Engine (503)
     */
    default DockerContainer createDockerContainer(DockerContainerRequest request) {
        return perform(ContainerEndpoints.createDocker(request));
    }

    /**
     * Stops a Docker container of the host. Waits up to 60 s.
     *
     * @param id its Docker id
     * @throws io.synapse.sdk.NotFoundException when there is none
     * @throws io.synapse.sdk.AuthorizationException when the agent did not create it and is not allowed to change it
     */
    default void stopDockerContainer(String id) {
        perform(ContainerEndpoints.stopDocker(id));
    }

    /**
     * Starts a Docker container of the host. Waits up to 60 s.
     *
     * @param id its Docker id
     * @throws io.synapse.sdk.NotFoundException when there is none
     * @throws io.synapse.sdk.AuthorizationException when the agent did not create it and is not allowed to change it
     */
    default void startDockerContainer(String id) {
        perform(ContainerEndpoints.startDocker(id));
    }

    /**
     * Removes a Docker container of the host. Waits up to 60 s.
     *
     * @param id its Docker id
     * @throws io.synapse.sdk.NotFoundException when there is none
     * @throws io.synapse.sdk.AuthorizationException when the agent did not create it and is not allowed to change it
     */
    default void deleteDockerContainer(String id) {
        perform(ContainerEndpoints.deleteDocker(id));
    }
}
