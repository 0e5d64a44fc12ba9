package io.synapse.sdk.container;

import io.synapse.sdk.CallCancelledException;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.Endpoint;
import io.synapse.sdk.Failure;
import io.synapse.sdk.LogEndpoint;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.Operation;
import io.synapse.sdk.Page;
import io.synapse.sdk.PagedList;
import io.synapse.sdk.Polling;
import io.synapse.sdk.RequestTimeoutException;
import io.synapse.sdk.ResponseType;
import io.synapse.sdk.UnexpectedResponseException;
import io.synapse.sdk.dialect.internal.BuildLogs;
import io.synapse.sdk.dialect.internal.Ids;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The requests of the blocking and the asynchronous container operations (wire/agent.md, sections 4 and 6). */
final class ContainerEndpoints {
    private static final String CONTAINERS = "containers/";
    private static final String DOCKER = "containers/docker/";
    private static final int PAGE_SIZE = 100;
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(2);

    /** Docker gives a container 10 s to end before it kills it, which is the default read timeout of clients. */
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(60);

    private static final Duration DOCKER_BUILD_TIMEOUT = Duration.ofSeconds(300);

    private static final String BUILD = "build";

    private ContainerEndpoints() {}

    /**
     * Older agents respond with the container, newer ones with the build of its image. Not retried after a lost
     * response: a record of the same release and model may have existed before, so a look-up cannot determine whether
     * this request was executed, and a second one would restart a container that is in use.
     */
    static Operation<Container> create(ContainerRequest request) {
        return ContainerForm.in(Endpoint.post(CONTAINERS, Container.class), request)
                .then(answer ->
                        answer.buildId() == null || request.buildTimeout().isZero()
                                ? Operation.of(answer)
                                : accepted(built(answer.buildId(), request.buildTimeout())));
    }

    static Endpoint<Page<Container>> page(ContainerFilter filter) {
        Endpoint<Page<Container>> page = Endpoint.get(CONTAINERS, ResponseType.pageOf(Container.class));
        for (Map.Entry<String, String> parameter : filter.parameters().entrySet()) {
            page = page.query(parameter.getKey(), parameter.getValue());
        }
        return page;
    }

    static Endpoint<Page<Container>> all(ContainerFilter filter) {
        return page(filter).query("page_size", PAGE_SIZE);
    }

    static Operation<List<Container>> allCollected(ContainerFilter filter) {
        return PagedList.collect(all(filter));
    }

    static Operation<Container> get(String id) {
        return Operation.deferred(() -> Endpoint.get(container(id), Container.class));
    }

    static Operation<Container> update(String id, ContainerUpdate update) {
        return Operation.deferred(
                () -> withTimeout(Endpoint.patch(container(id), Container.class).json(update.body())));
    }

    static Operation<@Nullable Void> delete(String id) {
        return Operation.deferred(() -> withTimeout(Endpoint.delete(container(id))));
    }

    static Operation<Build> build(String id) {
        return Operation.deferred(() -> Endpoint.get(
                        Endpoint.path("builds/{}/", Ids.check(BUILD, id)), ResponseType.object())
                .map(answer -> BuildAnswer.read(id, answer)));
    }

    static Operation<Container> awaitBuild(String id, Duration timeout) {
        return Operation.deferred(() -> built(Ids.check(BUILD, id), timeout));
    }

    static Operation<String> buildLogs(String id) {
        return Operation.forDialect(BuildLogs.class, dialect -> dialect.getBuildLogs(Ids.check(BUILD, id)));
    }

    static LogEndpoint buildLog(String id) {
        return LogEndpoint.forDialect(
                BuildLogs.class,
                dialect -> dialect.buildLog(
                        Ids.check(BUILD, id),
                        build(id).map(build -> build.status().asJobStatus())));
    }

    /** An extension of the protocol, which other agents may lack. */
    static Operation<@Nullable Void> cancelBuild(String id) {
        return Operation.<@Nullable Void>deferred(() ->
                        Endpoint.post(Endpoint.path("builds/{}/cancel/", Ids.check(BUILD, id)), ResponseType.nothing()))
                .recover(ClientException.class, ContainerEndpoints::explainCancel);
    }

    static Operation<List<DockerContainer>> dockerList() {
        return Endpoint.get(DOCKER, ResponseType.listOf(DockerContainer.class));
    }

    static Operation<DockerContainer> docker(String id) {
        return Operation.deferred(() -> Endpoint.get(dockerContainer(id), DockerContainer.class));
    }

    /** The agent may build the image before it responds. */
    static Operation<DockerContainer> createDocker(DockerContainerRequest request) {
        return Endpoint.post(DOCKER, DockerContainer.class)
                .json(request.body())
                .callTimeout(Duration.ZERO)
                .readTimeout(DOCKER_BUILD_TIMEOUT);
    }

    static Operation<@Nullable Void> stopDocker(String id) {
        return Operation.deferred(
                () -> withTimeout(Endpoint.post(dockerContainer(id) + "/stop/", ResponseType.nothing())));
    }

    static Operation<@Nullable Void> startDocker(String id) {
        return Operation.deferred(
                () -> withTimeout(Endpoint.post(dockerContainer(id) + "/start/", ResponseType.nothing())));
    }

    static Operation<@Nullable Void> deleteDocker(String id) {
        return Operation.deferred(() -> withTimeout(Endpoint.delete(dockerContainer(id))));
    }

    private static Operation<Container> built(String id, Duration timeout) {
        return build(id)
                .until(
                        build -> build.status().isOver(),
                        Polling.every(POLL_INTERVAL, timeout, "build " + id + " to end"),
                        build -> {})
                .map(build -> resultOf(id, build));
    }

    /** The wait has ended early, but the request was executed and the container may still be created. */
    private static Operation<Container> accepted(Operation<Container> built) {
        return built.recover(RequestTimeoutException.class, timeout -> {
                    throw new RequestTimeoutException(
                            timeout.kind(), timeout.failure().mayHaveBeenExecuted(true), timeout);
                })
                .recover(CallCancelledException.class, cancelled -> {
                    throw new CallCancelledException(cancelled.failure().mayHaveBeenExecuted(true), cancelled);
                });
    }

    private static Container resultOf(String id, Build build) {
        if (!build.status().equals(BuildStatus.COMPLETED)) {
            throw new BuildFailedException(build);
        }
        Container result = build.result();
        if (result == null) {
            throw new UnexpectedResponseException(
                    Failure.of(200, "build " + id + " is completed, but the agent sent no container"));
        }
        return result;
    }

    private static @Nullable Void explainCancel(ClientException failure) {
        if (failure.statusCode() != 404 && failure.statusCode() != 405) {
            throw failure;
        }
        String message = failure.getMessage() + "; or this agent cannot cancel builds";
        throw new NotFoundException(failure.failure().message(message), failure);
    }

    /** The agent sends nothing while Docker stops or starts a container. */
    private static <T extends @Nullable Object> Endpoint<T> withTimeout(Endpoint<T> endpoint) {
        return endpoint.callTimeout(STOP_TIMEOUT).readTimeout(STOP_TIMEOUT);
    }

    private static String container(String id) {
        return Endpoint.path("containers/{}", Ids.check("container", id));
    }

    private static String dockerContainer(String id) {
        return Endpoint.path("containers/docker/{}", Ids.check("container", id));
    }
}
