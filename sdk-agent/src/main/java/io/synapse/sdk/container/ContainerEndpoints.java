package io.synapse.sdk.container;

import io.synapse.sdk.Endpoint;
import io.synapse.sdk.Failure;
import io.synapse.sdk.Operation;
import io.synapse.sdk.Page;
import io.synapse.sdk.PagedList;
import io.synapse.sdk.Polling;
import io.synapse.sdk.ResponseType;
import io.synapse.sdk.ServerException;
import io.synapse.sdk.dialect.internal.Ids;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the blocking and the asynchronous container operations send (wire/agent.md, sections 4 and 6). */
final class ContainerEndpoints {
    private static final String CONTAINERS = "containers/";
    private static final String DOCKER = "containers/docker/";
    private static final int PAGE_SIZE = 100;
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    private ContainerEndpoints() {}

    /** Older agents answer with the container, newer ones with the build that will make it. */
    static Operation<Container> create(ContainerRequest request) {
        return ContainerForm.in(Endpoint.post(CONTAINERS, Container.class), request)
                .then(answer ->
                        answer.buildId() == null || request.buildTimeout().isZero()
                                ? Operation.of(answer)
                                : built(answer.buildId(), request.buildTimeout()));
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
                () -> Endpoint.patch(container(id), Container.class).json(update));
    }

    static Operation<@Nullable Void> delete(String id) {
        return Operation.deferred(() -> Endpoint.delete(container(id)));
    }

    static Operation<Build> build(String id) {
        return Operation.deferred(() -> Endpoint.get(Endpoint.path("builds/{}/", Ids.check("build", id)), Build.class));
    }

    static Operation<List<DockerContainer>> dockerList() {
        return Endpoint.get(DOCKER, ResponseType.listOf(DockerContainer.class));
    }

    static Operation<DockerContainer> docker(String id) {
        return Operation.deferred(() -> Endpoint.get(dockerContainer(id), DockerContainer.class));
    }

    static Operation<DockerContainer> createDocker(DockerContainerRequest request) {
        return Endpoint.post(DOCKER, DockerContainer.class).json(request.body());
    }

    static Operation<@Nullable Void> stopDocker(String id) {
        return Operation.deferred(() -> Endpoint.post(dockerContainer(id) + "/stop/", ResponseType.nothing()));
    }

    static Operation<@Nullable Void> startDocker(String id) {
        return Operation.deferred(() -> Endpoint.post(dockerContainer(id) + "/start/", ResponseType.nothing()));
    }

    static Operation<@Nullable Void> deleteDocker(String id) {
        return Operation.deferred(() -> Endpoint.delete(dockerContainer(id)));
    }

    private static Operation<Container> built(String id, Duration timeout) {
        return build(id)
                .until(
                        build -> build.status().isOver(),
                        Polling.every(BETWEEN_LOOKS, timeout, "build " + id + " to end"),
                        seen -> {})
                .map(build -> resultOf(id, build));
    }

    private static Container resultOf(String id, Build build) {
        Container result = build.result();
        if (build.status().equals(BuildStatus.COMPLETED) && result != null) {
            return result;
        }
        String message = "build " + id + " ended as " + build.status() + ": "
                + Objects.requireNonNullElse(build.error(), "no reason given");
        throw new ServerException(Failure.of(500, message));
    }

    private static String container(String id) {
        return Endpoint.path("containers/{}", Ids.check("container", id));
    }

    private static String dockerContainer(String id) {
        return Endpoint.path("containers/docker/{}", Ids.check("container", id));
    }
}
