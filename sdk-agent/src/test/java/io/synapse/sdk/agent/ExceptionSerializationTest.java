package io.synapse.sdk.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.synapse.sdk.AuthenticationException;
import io.synapse.sdk.AuthorizationException;
import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.CallCancelledException;
import io.synapse.sdk.CircuitOpenException;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.ConflictException;
import io.synapse.sdk.ConnectionException;
import io.synapse.sdk.Failure;
import io.synapse.sdk.GpuUnavailableException;
import io.synapse.sdk.LogLostException;
import io.synapse.sdk.LogStatistics;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.RateLimitException;
import io.synapse.sdk.RequestTimeoutException;
import io.synapse.sdk.ServerException;
import io.synapse.sdk.StreamCutException;
import io.synapse.sdk.StreamLimitExceededException;
import io.synapse.sdk.TailProtocol;
import io.synapse.sdk.UnexpectedResponseException;
import io.synapse.sdk.container.Build;
import io.synapse.sdk.container.BuildFailedException;
import io.synapse.sdk.container.BuildStatus;
import io.synapse.sdk.container.Container;
import io.synapse.sdk.experiment.AssignmentUnknownException;
import io.synapse.sdk.experiment.SyncConflictException;
import io.synapse.sdk.experiment.UnsupportedByServerException;
import io.synapse.sdk.gateway.GatewayException;
import io.synapse.sdk.internal.json.Json;
import io.synapse.sdk.internal.json.UnreadableJsonException;
import io.synapse.sdk.workspace.EngineUnavailableException;
import io.synapse.sdk.workspace.OutsideWorkspaceException;
import io.synapse.sdk.workspace.PathDeniedException;
import io.synapse.sdk.workspace.PathNotFoundException;
import io.synapse.sdk.workspace.WorkspaceException;
import io.synapse.sdk.workspace.WorkspaceLostException;
import io.synapse.sdk.workspace.WriteConflictException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Exceptions go from one JVM to another (a job of Spark, Flink or RMI throws them) with all that they say. */
class ExceptionSerializationTest {
    private static final LogStatistics DELIVERED = new LogStatistics(1, 2, 3, 4, 5, 6, 7, 8, TailProtocol.HTTP);

    static Stream<ClientException> all() throws IOException {
        return Stream.of(
                new ClientException(failure(), new IOException("cause")),
                new AuthenticationException(failure()),
                new AuthorizationException(failure()),
                new BadRequestException(
                        failure(), List.of(new BadRequestException.FieldError(List.of("body", "x"), "is missing"))),
                new CallCancelledException(failure(), new InterruptedException()),
                new ConflictException(failure()),
                new ConnectionException(failure(), new SocketTimeoutException("timeout")),
                new GpuUnavailableException(
                        failure(), Map.of("gpus", new ArrayList<>(List.of(1, Map.of("free", 0.5))))),
                new LogLostException(failure(), DELIVERED),
                new NotFoundException(failure()),
                new CircuitOpenException(failure(), new IOException("cause")),
                new RateLimitException(failure(), Duration.ofSeconds(3)),
                new RequestTimeoutException(RequestTimeoutException.Kind.WAIT, failure(), null),
                new ServerException(failure()),
                new StreamCutException(failure(), 7, new IOException("cause")),
                new StreamLimitExceededException(failure(), DELIVERED),
                new UnexpectedResponseException(failure(), unreadable()),
                new GatewayException(failure()
                        .detail(Map.of(
                                "detail",
                                Map.of(
                                        "error",
                                        "ServiceUnavailable",
                                        "retry_after",
                                        5,
                                        "request_id",
                                        "req_1",
                                        "fallback_service",
                                        "x")))),
                new AssignmentUnknownException(
                        "w1",
                        List.of("a", "b"),
                        new ConnectionException(failure(), new SocketTimeoutException("timeout"))),
                new SyncConflictException(failure().detail(Map.of("size", 7, "hash", "2d06800538d394c2"))),
                new UnsupportedByServerException(failure()),
                new WorkspaceException(WorkspaceException.Reason.IS_DIRECTORY, failure(), new IOException("cause")),
                new EngineUnavailableException(failure(), null),
                new OutsideWorkspaceException(failure(), null),
                new PathDeniedException(failure(), null),
                new PathNotFoundException(failure(), null),
                new WorkspaceLostException(failure(), null),
                new WriteConflictException("changed", "0".repeat(64), "@@ -1,1 +1,1 @@"),
                new BuildFailedException(new Build(
                        "b",
                        BuildStatus.FAILED,
                        (Container) Json.read(
                                "{\"status\":\"running\",\"kind\":\"gradio\",\"params\":{\"a\":[1]}}", Container.class),
                        null,
                        "the last line",
                        Instant.EPOCH,
                        Map.of("new", List.of(1)))));
    }

    /** As a server answers, and as whoever makes one for a test may say it. */
    private static Failure failure() {
        Map<String, @Nullable Object> detail = new LinkedHashMap<>();
        detail.put(
                "list",
                Arrays.asList(1, null, Map.of("x", 1.5).values().stream().toList()));
        detail.put("view", new TreeMap<>(Map.of("a", "b")).tailMap("a").values());
        detail.put("other", new Object());
        Map<String, List<String>> headers =
                Map.of("Retry-After", List.of("1", "2").subList(0, 1));
        return new Failure(418, "message", detail, headers, "GET http://h/x", 3, true);
    }

    private static IOException unreadable() throws IOException {
        try {
            Json.read("{\"x\":", Map.class);
            throw new AssertionError();
        } catch (UnreadableJsonException e) {
            return e;
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void eachSaysTheSameAfterwards(ClientException exception) throws Exception {
        ClientException copy = copy(exception);

        assertThat(copy).hasSameClassAs(exception).hasMessage(exception.getMessage());
        assertThat(copy.failure()).isEqualTo(exception.failure());
        assertThat(copy.failure().header("retry-after"))
                .isEqualTo(exception.failure().header("Retry-After"));
        assertThat(accessors(exception)).isNotEmpty();
        for (Method accessor : accessors(exception)) {
            assertThat(accessor.invoke(copy)).as(accessor.getName()).isNotNull().isEqualTo(accessor.invoke(exception));
        }
        if (exception.getCause() != null) {
            assertThat(copy.getCause())
                    .hasSameClassAs(exception.getCause())
                    .hasMessage(exception.getCause().getMessage());
        }
    }

    @Test
    void noExceptionIsForgotten() throws IOException {
        List<String> existing = new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.synapse.sdk")
                        .stream()
                        .filter(type -> type.isAssignableTo(ClientException.class))
                        .map(type -> type.getName())
                        .toList();

        assertThat(all().map(exception -> exception.getClass().getName()))
                .containsExactlyInAnyOrderElementsOf(existing);
    }

    private static List<Method> accessors(ClientException exception) {
        return Arrays.stream(exception.getClass().getMethods())
                .filter(method -> ClientException.class.isAssignableFrom(method.getDeclaringClass()))
                .filter(method -> method.getParameterCount() == 0 && !Modifier.isStatic(method.getModifiers()))
                .toList();
    }

    private static ClientException copy(ClientException exception) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(exception);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (ClientException) in.readObject();
        }
    }
}
