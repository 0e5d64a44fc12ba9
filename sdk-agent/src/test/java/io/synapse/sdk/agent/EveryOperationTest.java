package io.synapse.sdk.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.LogPublisher;
import io.synapse.sdk.LogStream;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.PagedList;
import io.synapse.sdk.RetryPolicy;
import io.synapse.sdk.TailOptions;
import io.synapse.sdk.container.ContainerFilter;
import io.synapse.sdk.container.ContainerRequest;
import io.synapse.sdk.container.ContainerUpdate;
import io.synapse.sdk.container.DockerContainerRequest;
import io.synapse.sdk.job.JobSubmission;
import io.synapse.sdk.plugin.PluginDebugRequest;
import io.synapse.sdk.plugin.PluginRunRequest;
import io.synapse.sdk.resources.FeasibilityRequest;
import io.synapse.sdk.resources.RuntimePolicyUpdate;
import io.synapse.sdk.resources.WorkloadKind;
import io.synapse.sdk.system.SystemUpdate;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every operation of both clients, found by reflection so that none is forgotten. */
class EveryOperationTest {
    private static final Map<Class<?>, Object> SAMPLES = Map.ofEntries(
            Map.entry(String.class, "id-1"),
            Map.entry(boolean.class, true),
            Map.entry(Duration.class, Duration.ZERO),
            Map.entry(Consumer.class, (Consumer<Object>) seen -> {}),
            Map.entry(TailOptions.class, TailOptions.DEFAULT),
            Map.entry(JobSubmission.class, JobSubmission.of("true")),
            Map.entry(FeasibilityRequest.class, FeasibilityRequest.of(WorkloadKind.JOB, 1)),
            Map.entry(RuntimePolicyUpdate.class, RuntimePolicyUpdate.none()),
            Map.entry(ContainerRequest.class, ContainerRequest.ofRelease("demo@1")),
            Map.entry(ContainerFilter.class, ContainerFilter.ALL),
            Map.entry(ContainerUpdate.class, new ContainerUpdate("stopped")),
            Map.entry(
                    DockerContainerRequest.class,
                    new DockerContainerRequest("demo@1", Map.of(), Map.of(), Map.of(), List.of())),
            Map.entry(PluginRunRequest.class, PluginRunRequest.of("train")),
            Map.entry(PluginDebugRequest.class, PluginDebugRequest.of(PluginRunRequest.of("train"))),
            Map.entry(SystemUpdate.class, SystemUpdate.configured()));

    /** Takes any text but an empty one: names, not ids. */
    private static final Set<String> BY_NAME = Set.of(
            "getServeApplication",
            "deleteServeApplication",
            "getPluginRelease",
            "deletePluginRelease",
            "runPluginRelease",
            "createPluginRelease");

    private final MockWebServer server = new MockWebServer();
    private AgentClient client;

    @BeforeEach
    void start() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return new MockResponse.Builder()
                        .code(404)
                        .body("{\"detail\":\"nothing here\"}")
                        .build();
            }
        });
        server.start();
        client = AgentClient.builder()
                .baseUrl(server.url("/").toString())
                .agentToken("token")
                .userToken("user")
                .tenant("acme")
                .retryPolicy(RetryPolicy.NEVER)
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    static Stream<Method> operations() {
        return Arrays.stream(AgentClient.class.getInterfaces())
                .filter(type -> type.getSimpleName().endsWith("Operations"))
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> !method.isSynthetic());
    }

    static Stream<Arguments> operationsOfBothClients() {
        return operations()
                .flatMap(operation -> Stream.of(Operations.values()).map(kind -> Arguments.of(kind, operation)));
    }

    @Test
    void thereAreAsManyOperationsAsTheRecordingAndOurOwnTogether() {
        assertThat(operations().map(Method::getName).distinct()).hasSize(46);
    }

    @ParameterizedTest
    @MethodSource("operationsOfBothClients")
    void aRefusalReachesTheCallerWithEveryHeaderSent(Operations kind, Method operation) throws Exception {
        Object[] arguments = samples(operation);

        assertThatThrownBy(() -> kind.call(client, operation.getName(), arguments))
                .isInstanceOf(NotFoundException.class)
                .hasMessageNotContaining("token")
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("\n"));

        RecordedRequest request = server.takeRequest();
        assertThat(request.getHeaders().get("Authorization")).isEqualTo("token");
        assertThat(request.getHeaders().get("SYNAPSE-User")).isEqualTo("Token user");
        assertThat(request.getHeaders().get("SYNAPSE-Tenant")).isEqualTo("Token acme");
    }

    @ParameterizedTest
    @MethodSource("operations")
    void theTwinHasTheSameOperation(Method operation) throws NoSuchMethodException {
        Method twin = AsyncAgentClient.class.getMethod(operation.getName(), operation.getParameterTypes());

        assertThat(twin.getGenericReturnType().getTypeName()).isEqualTo(asynchronous(operation.getGenericReturnType()));
    }

    @ParameterizedTest
    @MethodSource("operationsOfBothClients")
    void whatCannotBeAnIdIsRefusedBeforeAnythingIsSent(Operations kind, Method operation) {
        boolean takesId = operation.getParameterCount() > 0
                && operation.getParameterTypes()[0] == String.class
                && !operation.getName().equals("createPluginRelease");
        for (String bad : takesId ? bad(operation.getName()) : List.<String>of()) {
            Object[] arguments = samples(operation);
            arguments[0] = bad;

            assertThatThrownBy(() -> kind.call(client, operation.getName(), arguments))
                    .isInstanceOfSatisfying(BadRequestException.class, failure -> {
                        assertThat(failure.statusCode()).isEqualTo(400);
                        assertThat(failure.attempts()).isZero();
                    })
                    .hasMessageMatching("(job|node|task|container|build) ID .*|.* cannot be empty, . or \\.\\.");
        }
        assertThat(server.getRequestCount()).isZero();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void anAsynchronousOperationFailsItsFutureAndDoesNotThrow(Method operation) throws NoSuchMethodException {
        Method twin = AsyncAgentClient.class.getMethod(operation.getName(), operation.getParameterTypes());
        if (twin.getReturnType() == CompletableFuture.class
                && operation.getParameterCount() > 0
                && operation.getParameterTypes()[0] == String.class) {
            Object[] arguments = samples(operation);
            arguments[0] = "";

            Object future = Operations.invoke(client.async(), twin, arguments);

            assertThat((CompletableFuture<?>) future).isNotNull(); // that it was returned at all is the proof
        }
    }

    private static List<String> bad(String operation) {
        return BY_NAME.contains(operation)
                ? List.of("", ".", "..")
                : List.of("", "a b", "../etc", "a/b", "ü", "x".repeat(101), "a\n");
    }

    private static Object[] samples(Method operation) {
        return Arrays.stream(operation.getParameterTypes()).map(SAMPLES::get).toArray();
    }

    private static String asynchronous(Type blocking) {
        if (blocking == LogStream.class) {
            return LogPublisher.class.getName();
        }
        boolean paged = blocking instanceof ParameterizedType type && type.getRawType() == PagedList.class;
        String result = paged
                ? List.class.getName() + "<" + ((ParameterizedType) blocking).getActualTypeArguments()[0].getTypeName()
                        + ">"
                : blocking == void.class ? Void.class.getName() : blocking.getTypeName();
        return CompletableFuture.class.getName() + "<" + result + ">";
    }
}
