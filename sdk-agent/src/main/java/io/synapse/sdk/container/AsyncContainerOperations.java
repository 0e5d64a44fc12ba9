package io.synapse.sdk.container;

import io.synapse.sdk.AsyncLogFollower;
import io.synapse.sdk.AsyncPerformer;
import io.synapse.sdk.LogPublisher;
import io.synapse.sdk.Page;
import io.synapse.sdk.TailOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The asynchronous twin of {@link ContainerOperations}: the same calls, each returning a future that fails with the
 * exception the blocking call throws.
 */
public interface AsyncContainerOperations extends AsyncPerformer, AsyncLogFollower {
    /** Asynchronous twin of {@link ContainerOperations#createContainer}. */
    default CompletableFuture<Container> createContainer(ContainerRequest request) {
        return perform(ContainerEndpoints.create(request));
    }

    /** Asynchronous twin of {@link ContainerOperations#listContainers()}. */
    default CompletableFuture<Page<Container>> listContainers() {
        return perform(ContainerEndpoints.page(ContainerFilter.ALL));
    }

    /** Asynchronous twin of {@link ContainerOperations#listContainers(ContainerFilter)}. */
    default CompletableFuture<Page<Container>> listContainers(ContainerFilter filter) {
        return perform(ContainerEndpoints.page(filter));
    }

    /** Asynchronous twin of {@link ContainerOperations#listAllContainers()}. */
    default CompletableFuture<List<Container>> listAllContainers() {
        return perform(ContainerEndpoints.allCollected(ContainerFilter.ALL));
    }

    /** Asynchronous twin of {@link ContainerOperations#listAllContainers(ContainerFilter)}. */
    default CompletableFuture<List<Container>> listAllContainers(ContainerFilter filter) {
        return perform(ContainerEndpoints.allCollected(filter));
    }

    /** Asynchronous twin of {@link ContainerOperations#getContainer}. */
    default CompletableFuture<Container> getContainer(String id) {
        return perform(ContainerEndpoints.get(id));
    }

    /** Asynchronous twin of {@link ContainerOperations#updateContainer}. */
    default CompletableFuture<Container> updateContainer(String id, ContainerUpdate update) {
        return perform(ContainerEndpoints.update(id, update));
    }

    /** Asynchronous twin of {@link ContainerOperations#deleteContainer}. */
    default CompletableFuture<@Nullable Void> deleteContainer(String id) {
        return perform(ContainerEndpoints.delete(id));
    }

    /** Asynchronous twin of {@link ContainerOperations#getBuildStatus}. */
    default CompletableFuture<Build> getBuildStatus(String id) {
        return perform(ContainerEndpoints.build(id));
    }

    /** Asynchronous twin of {@link ContainerOperations#waitForBuild}. */
    default CompletableFuture<Container> waitForBuild(String id, Duration timeout) {
        return perform(ContainerEndpoints.awaitBuild(id, timeout));
    }

    /** Asynchronous twin of {@link ContainerOperations#getBuildLogs}. */
    default CompletableFuture<String> getBuildLogs(String id) {
        return perform(ContainerEndpoints.buildLogs(id));
    }

    /** Asynchronous twin of {@link ContainerOperations#tailBuildLogs(String)}. */
    default LogPublisher tailBuildLogs(String id) {
        return follow(ContainerEndpoints.buildLog(id), TailOptions.DEFAULT);
    }

    /** Asynchronous twin of {@link ContainerOperations#tailBuildLogs(String, TailOptions)}. */
    default LogPublisher tailBuildLogs(String id, TailOptions options) {
        return follow(ContainerEndpoints.buildLog(id), options);
    }

    /** Asynchronous twin of {@link ContainerOperations#cancelBuild}. */
    default CompletableFuture<@Nullable Void> cancelBuild(String id) {
        return perform(ContainerEndpoints.cancelBuild(id));
    }

    /** Asynchronous twin of {@link ContainerOperations#listDockerContainers}. */
    default CompletableFuture<List<DockerContainer>> listDockerContainers() {
        return perform(ContainerEndpoints.dockerList());
    }

    /** Asynchronous twin of {@link ContainerOperations#getDockerContainer}. */
    default CompletableFuture<DockerContainer> getDockerContainer(String id) {
        return perform(ContainerEndpoints.docker(id));
    }

    /** Asynchronous twin of {@link ContainerOperations#createDockerContainer}. */
    default CompletableFuture<DockerContainer> createDockerContainer(DockerContainerRequest request) {
        return perform(ContainerEndpoints.createDocker(request));
    }

    /** Asynchronous twin of {@link ContainerOperations#stopDockerContainer}. */
    default CompletableFuture<@Nullable Void> stopDockerContainer(String id) {
        return perform(ContainerEndpoints.stopDocker(id));
    }

    /** Asynchronous twin of {@link ContainerOperations#startDockerContainer}. */
    default CompletableFuture<@Nullable Void> startDockerContainer(String id) {
        return perform(ContainerEndpoints.startDocker(id));
    }

    /** Asynchronous twin of {@link ContainerOperations#deleteDockerContainer}. */
    default CompletableFuture<@Nullable Void> deleteDockerContainer(String id) {
        return perform(ContainerEndpoints.deleteDocker(id));
    }
}
