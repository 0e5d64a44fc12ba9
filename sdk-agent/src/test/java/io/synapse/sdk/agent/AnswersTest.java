package io.synapse.sdk.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.synapse.sdk.container.Container;
import io.synapse.sdk.container.ContainerFilter;
import io.synapse.sdk.container.ContainerRequest;
import io.synapse.sdk.node.Gpu;
import io.synapse.sdk.node.GpuStatus;
import io.synapse.sdk.plugin.PluginRelease;
import io.synapse.sdk.resources.RuntimePolicy;
import io.synapse.sdk.system.ComposeConfig;
import io.synapse.sdk.system.SystemChange;
import io.synapse.sdk.system.SystemStatus;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What agents answer becomes typed values, in every form in which they say it. */
class AnswersTest {
    private final MockWebServer server = new MockWebServer();
    private AgentClient client;

    @BeforeEach
    void start() throws IOException {
        server.start();
        client = AgentClient.builder()
                .baseUrl(server.url("/").toString())
                .agentToken("token")
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    static Stream<Arguments> processesOfAGpu() {
        return Stream.of(
                Arguments.of("{\"42\":{\"memory\":3}}", Map.of("42", Map.of("memory", 3))),
                Arguments.of("[{\"pid\":42}]", List.of(Map.of("pid", 42))),
                Arguments.of("null", null));
    }

    @ParameterizedTest
    @MethodSource("processesOfAGpu")
    void theProcessesOfAGpuMayBeSaidInAnyWay(String said, Object expected) {
        answer("{\"nodes\":[{\"node_id\":\"n\",\"gpus\":[{\"index\":0,\"processes_pids\":" + said + "}]}]}");

        Gpu gpu = client.getClusterResources().nodes().get(0).gpus().get(0);

        assertThat(gpu.processesPids()).isEqualTo(expected);
    }

    @Test
    void gpusAreReadNodeByNodeWhereAnAgentSaysThemSo() {
        answer("{\"total_gpus\":1,\"nodes\":[{\"node_id\":\"n\",\"host_name\":\"h\",\"gpus\":[{\"index\":3}]}]}");
        answer("{\"total_gpus\":1,\"nodes\":4}");

        GpuStatus known = client.getGpuStatus();
        GpuStatus other = client.getGpuStatus();

        assertThat(known.gpus()).extracting(Gpu::index).containsExactly(3);
        assertThat(known.additionalProperties()).isEqualTo(Map.of("total_gpus", 1));
        assertThat(other.nodes()).isEmpty();
        assertThat(other.additionalProperties()).isEqualTo(Map.of("total_gpus", 1, "nodes", 4));
    }

    @Test
    void aFractionInThePolicyIsNotLost() {
        answer("{\"max_concurrent_jobs\":3,\"cpu_max_utilization_percent\":92.5,\"resource_cache_ttl_seconds\":0.5}");

        RuntimePolicy policy = client.getRuntimePolicy();

        assertThat(policy.maxConcurrentJobs()).isEqualTo(3);
        assertThat(policy.cpuMaxUtilizationPercent()).isEqualTo(92.5);
        assertThat(policy.resourceCacheTtlSeconds()).isEqualTo(0.5);
    }

    @Test
    void aReleaseBringsItsFirstActionToItsContainer() {
        answer("{\"id\":7,\"plugin\":\"demo\",\"version\":\"1.0.0\",\"code\":\"demo@1.0.0\",\"config\":{\"actions\":"
                + "{\"gradio\":{\"entrypoint\":\"plugin.gradio_interface.app\"},\"train\":{}}}}");

        PluginRelease release = client.getPluginRelease("demo@1.0.0");
        ContainerRequest request = ContainerRequest.ofRelease(release);

        assertThat(release.id()).isEqualTo("7");
        assertThat(request.action()).isEqualTo("gradio");
        assertThat(request.entrypoint()).isEqualTo("plugin/gradio_interface.py");
    }

    @Test
    void theAgentSaysWhatIsDoneToIt() {
        answer("{\"in_progress\":true,\"operation\":\"update\",\"started_at\":\"2026-11-21T06:00:00Z\","
                + "\"api_tag\":\"v1\",\"worker_tag\":null,\"backend\":\"local\"}");
        answer("{\"working_dir\":\"/srv\",\"config_files\":[\"a.yml\"],\"is_gpu_mode\":false}");
        answer("{\"status\":\"success\",\"message\":\"done\",\"up_output\":\"up\"}");

        assertThat(client.getSystemStatus())
                .isEqualTo(new SystemStatus(
                        true, "update", Instant.parse("2026-11-21T06:00:00Z"), "v1", null, Map.of("backend", "local")));
        assertThat(client.getComposeConfig()).isEqualTo(new ComposeConfig("/srv", List.of("a.yml"), false, Map.of()));
        assertThat(client.restartSystem()).isEqualTo(new SystemChange("success", "done", null, "up", Map.of()));
    }

    @ParameterizedTest
    @EnumSource(Operations.class)
    void allPagesAreOfTheSameFilter(Operations kind) throws Exception {
        answer("{\"count\":2,\"next\":\"" + server.url("/containers/?status=running&page_size=100&page=2")
                + "\",\"results\":[{\"id\":1}]}");
        answer("{\"count\":2,\"next\":null,\"results\":[{\"id\":\"2\"}]}");

        Object containers = kind.call(client, "listAllContainers", ContainerFilter.status("running"));

        assertThat((List<?>) containers)
                .extracting(container -> ((Container) container).id())
                .containsExactly("1", "2");
        assertThat(server.takeRequest().getTarget()).isEqualTo("/containers/?status=running&page_size=100");
        assertThat(server.takeRequest().getTarget()).isEqualTo("/containers/?status=running&page_size=100&page=2");
    }

    private void answer(String body) {
        server.enqueue(new MockResponse.Builder().body(body).build());
    }
}
