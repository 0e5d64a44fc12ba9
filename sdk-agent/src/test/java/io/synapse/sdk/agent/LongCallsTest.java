package io.synapse.sdk.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synapse.sdk.RequestTimeoutException;
import io.synapse.sdk.RetryPolicy;
import io.synapse.sdk.container.ContainerRequest;
import io.synapse.sdk.container.ContainerStatus;
import io.synapse.sdk.container.ContainerUpdate;
import io.synapse.sdk.container.DockerContainerRequest;
import io.synapse.sdk.plugin.PluginDebugRequest;
import io.synapse.sdk.plugin.PluginRunRequest;
import io.synapse.sdk.system.SystemUpdate;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an agent works on before it answers may take longer than its client lets others be silent, or calls take. */
class LongCallsTest {
    private static final PluginRunRequest RUN = PluginRunRequest.of("train");

    private final MockWebServer server = new MockWebServer();
    private AgentClient client;

    @BeforeEach
    void start() throws IOException {
        server.start();
        server.enqueue(new MockResponse.Builder()
                .body("{}")
                .headersDelay(500, TimeUnit.MILLISECONDS)
                .build());
        client = AgentClient.builder()
                .baseUrl(server.url("/").toString())
                .agentToken("token")
                .readTimeout(Duration.ofMillis(100))
                .callTimeout(Duration.ofMillis(200))
                .retryPolicy(RetryPolicy.NEVER)
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    static Stream<Arguments> longCalls() {
        return Stream.of(
                Arguments.of("runPluginRelease", new Object[] {"demo@1", RUN}),
                Arguments.of("runDebugPluginRelease", new Object[] {PluginDebugRequest.of(RUN)}),
                Arguments.of("createContainer", new Object[] {ContainerRequest.ofRelease("demo@1")}),
                Arguments.of(
                        "createContainer",
                        new Object[] {ContainerRequest.ofRelease("demo@1").withoutWaiting()}),
                Arguments.of("createDockerContainer", new Object[] {DockerContainerRequest.of("demo@1")}),
                Arguments.of("updateContainer", new Object[] {"1", ContainerUpdate.of(ContainerStatus.STOPPED)}),
                Arguments.of("updateSystem", new Object[] {SystemUpdate.configured()}),
                Arguments.of("restartSystem", new Object[0]));
    }

    @ParameterizedTest
    @MethodSource("longCalls")
    void theyAreWaitedFor(String operation, Object[] arguments) {
        assertThat(Operations.BLOCKING.call(client, operation, arguments)).isNotNull();
    }

    @Test
    void aRunIsWaitedForAsLongAsItsRequestSays() {
        assertThatThrownBy(() -> client.runPluginRelease("demo@1", RUN.timeout(Duration.ofMillis(50))))
                .isInstanceOf(RequestTimeoutException.class);
    }

    @Test
    void otherCallsAreNot() {
        assertThatThrownBy(() -> client.getPluginRelease("demo@1")).isInstanceOf(RequestTimeoutException.class);
    }
}
