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
 * Playground containers of an agent, the builds of their images, and the raw Docker containers of its host.
 *
 * <p>To see the output of a build while it is made:
 *
 * <pre>{@code
 * Container building = client.createContainer(ContainerRequest.ofRelease("demo@1.0.0").withoutWaiting());
 * String build = building.buildId(); // null when a container was there and has been restarted
 * try (LogStream log = client.tailBuildLogs(build)) {
 *     log.forEach(System.out::println);
 * }
 * Container container = client.waitForBuild(build, Duration.ofMinutes(1));
 * }</pre>
 */
public interface ContainerOperations extends Performer, LogFollower {
    /**
     * Creates the container of a plugin release, or restarts the one that there is for the same release and model; then
     * {@link Container#restarted()} is true. An archive is uploaded first, streamed from disk. Where the agent builds
     * the image in the background, this waits for the build, unless the request says otherwise; then the container has
     * a build id and nothing else.
     *
     * <p>Interrupting the waiting thread, or cancelling the future of the asynchronous call, ends the wait, not the
     * build: {@link #cancelBuild} does that.
     *
     * <p>The request is never repeated after a lost reply. Creating the container of a release again by hand is safe
     * all the same: there is one for each release and model, which is restarted. An archive without a release makes
     * another container each time.
     *
     * @throws BuildFailedException when its image cannot be built, or the build is cancelled
     * @throws io.synapse.sdk.RequestTimeoutException when the build takes longer than the request allows (it goes on),
     *     or the agent gives no answer for so long
     * @throws io.synapse.sdk.BadRequestException when the agent refuses the archive, or it changes while it is sent
     * @throws io.synapse.sdk.NotFoundException when the agent has no such release
     * @throws io.synapse.sdk.ConnectionException when the agent cannot be reached, or the reply is lost;
     *     {@code mayHaveBeenExecuted()} tells the one from the other
     * @throws io.synapse.sdk.ServerException when the agent has no Docker Engine (503), no free port, or fails
     */
    default Container createContainer(ContainerRequest request) {
        return perform(ContainerEndpoints.create(request));
    }

    /** The first page of the container records, as long as the agent makes it. */
    default Page<Container> listContainers() {
        return perform(ContainerEndpoints.page(ContainerFilter.ALL));
    }

    /** The first page of those container records that pass a filter. */
    default Page<Container> listContainers(ContainerFilter filter) {
        return perform(ContainerEndpoints.page(filter));
    }

    /**
     * All container records. The list fetches page by page while it is iterated; the future of the asynchronous call
     * fetches all pages and completes with a {@link List} of all records.
     */
    default PagedList<Container> listAllContainers() {
        return new PagedList<>(this, ContainerEndpoints.all(ContainerFilter.ALL));
    }

    /** All container records that pass a filter, as {@link #listAllContainers()}. */
    default PagedList<Container> listAllContainers(ContainerFilter filter) {
        return new PagedList<>(this, ContainerEndpoints.all(filter));
    }

    /**
     * One container, with the whole Docker inspection in {@link Container#attrs()}.
     *
     * @param id its record number or its Docker id
     * @throws io.synapse.sdk.NotFoundException when there is none
     * @throws io.synapse.sdk.BadRequestException when it is not an id, before anything is sent
     */
    default Container getContainer(String id) {
        return perform(ContainerEndpoints.get(id));
    }

    /**
     * Stops a container, or starts it again, and gives it back as it is then. Waits up to 60 s: Docker gives a
     * container 10 s to end.
     *
     * @param id its record number or its Docker id
     * @throws io.synapse.sdk.NotFoundException when there is none
     * @throws io.synapse.sdk.BadRequestException when the agent does not take that status
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
     * How a build stands.
     *
     * @throws io.synapse.sdk.NotFoundException when there is none
     */
    default Build getBuildStatus(String id) {
        return perform(ContainerEndpoints.build(id));
    }

    /**
     * Waits until a build is over, and gives back its container. Asks every 2 s; an agent that is out of reach for a
     * while does not end the wait. Interrupting the thread, or cancelling the future of the asynchronous call, ends the
     * wait only.
     *
     * @param timeout how long to wait at the most
     * @throws BuildFailedException when it fails or is cancelled
     * @throws io.synapse.sdk.RequestTimeoutException when it is not over by then; it goes on
     * @throws io.synapse.sdk.NotFoundException when there is no such build
     */
    default Container waitForBuild(String id, Duration timeout) {
        return perform(ContainerEndpoints.awaitBuild(id, timeout));
    }

    /**
     * The whole output of a build as it is now, in memory at once. The call has no total time limit. An extension of
     * the agent's API.
     *
     * @throws io.synapse.sdk.NotFoundException when there is no such build, or the agent does not give out build logs
     */
    default String getBuildLogs(String id) {
        return perform(ContainerEndpoints.buildLogs(id));
    }

    /** Follows the output of a build to its end, with {@link TailOptions#DEFAULT}. */
    default LogStream tailBuildLogs(String id) {
        return follow(ContainerEndpoints.buildLog(id), TailOptions.DEFAULT);
    }

    /**
     * Follows the output of a build to its end, with the promise of every followed log: every line once, in order, until
     * the build is over. How it ended is then the log's final status: succeeded, failed, or stopped when it was
     * cancelled. Nothing is sent before it is read. An extension of the agent's API: reading fails with a
     * {@link io.synapse.sdk.NotFoundException} when there is no such build, or the agent does not give out build logs.
     *
     * @throws io.synapse.sdk.BadRequestException when it is not an id
     */
    default LogStream tailBuildLogs(String id, TailOptions options) {
        return follow(ContainerEndpoints.buildLog(id), options);
    }

    /**
     * Asks a build to end and returns at once. An extension of the agent's API.
     *
     * @throws io.synapse.sdk.BadRequestException when the build is over already
     * @throws io.synapse.sdk.NotFoundException when there is no such build, or the agent cannot cancel builds
     */
    default void cancelBuild(String id) {
        perform(ContainerEndpoints.cancelBuild(id));
    }

    /** All Docker containers of the host, whoever started them, running or not. */
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
     * Creates a Docker container for a plugin release, without a record. Its image may be built before the agent
     * answers: this waits up to 300 s, and is never repeated after a lost reply.
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
     * @throws io.synapse.sdk.AuthorizationException when the agent did not make it and will not touch it
     */
    default void stopDockerContainer(String id) {
        perform(ContainerEndpoints.stopDocker(id));
    }

    /**
     * Starts a Docker container of the host. Waits up to 60 s.
     *
     * @param id its Docker id
     * @throws io.synapse.sdk.NotFoundException when there is none
     * @throws io.synapse.sdk.AuthorizationException when the agent did not make it and will not touch it
     */
    default void startDockerContainer(String id) {
        perform(ContainerEndpoints.startDocker(id));
    }

    /**
     * Removes a Docker container of the host. Waits up to 60 s.
     *
     * @param id its Docker id
     * @throws io.synapse.sdk.NotFoundException when there is none
     * @throws io.synapse.sdk.AuthorizationException when the agent did not make it and will not touch it
     */
    default void deleteDockerContainer(String id) {
        perform(ContainerEndpoints.deleteDocker(id));
    }
}
