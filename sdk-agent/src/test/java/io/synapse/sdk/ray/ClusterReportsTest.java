package io.synapse.sdk.ray;

import static io.synapse.sdk.ray.StateSamples.recorded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synapse.sdk.Models;
import io.synapse.sdk.UnexpectedResponseException;
import io.synapse.sdk.node.Gpu;
import io.synapse.sdk.node.GpuStatus;
import io.synapse.sdk.node.NodeGpus;
import io.synapse.sdk.resources.ResourceAmount;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers whose fields a dashboard (Ray 2.58.0) writes in camel case: what is in use, and the GPUs. */
class ClusterReportsTest {
    private static final String HEAD = "8ec97ac00dbd9e6ac86061cbcd76634cd59718864ca5806c8ececbca";

    private final MockWebServer server = new MockWebServer();
    private RayClient client;

    @BeforeEach
    void start() throws IOException {
        server.start();
        client = RayClient.builder().baseUrl(server.url("/").toString()).build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void whatIsUsedIsSaidUnderRaysOwnNames() {
        answer(recorded("cluster-status"));
        ClusterStatus status = client.getClusterStatus();

        assertThat(status.usage())
                .containsOnlyKeys("CPU", "memory", "object_store_memory", "node:10.0.0.2", "node:__internal_head__");
        ResourceAmount cpus = status.usage().get("CPU");
        assertThat(cpus.total()).isEqualTo(2);
        assertThat(cpus.used()).isEqualTo(0.10000000000000009);
        assertThat(cpus.available()).isEqualTo(1.9);
        assertThat(status.usageByNode()).containsOnlyKeys(HEAD);
        assertThat(status.usageByNode().get(HEAD)).isEqualTo(status.usage());
        assertThat(status.resourceDemand()).isEmpty();
        assertThat(status.time()).isEqualTo(Instant.parse("2026-11-21T08:45:32.930Z"));
        assertThat(status.autoscalingStatus()).contains("ResourceUsage: 0.1/2.0 CPU");
        assertThat(status.autoscalingError()).isNull();
        assertThat(status.additionalProperties()).containsKeys("autoscalerReport", "monitorPid");
    }

    @Test
    void namesThatCamelCaseMakesEqualStayAsTheyWereWritten() {
        answer("""
                {"data":{"clusterStatus":{"loadMetricsReport":{
                  "usage":{"acceleratorType:A100":[0,1],"myThing":[1,3],"type:T4X":[0,1],"gone":[0,"?"]},
                  "nodeTypes":[[{"accelerator_type:A100":1,"my_thing":1,"myThing":2,"type:T4x":1},1]],
                  "resourceDemand":[[{"CPU":50.0},4]]}}}}""");
        ClusterStatus status = client.getClusterStatus();

        assertThat(status.usage()).containsOnlyKeys("accelerator_type:A100", "myThing", "type:T4X");
        assertThat(status.resourceDemand()).containsExactly(new ClusterStatus.Demand(Map.of("CPU", 50.0), 4));
    }

    @Test
    void beforeTheFirstReportThereIsNothing() {
        answer("{\"result\":true,\"msg\":\"\",\"data\":{\"autoscalingStatus\":null,\"clusterStatus\":null}}");

        assertThat(client.getClusterStatus()).isEqualTo(Models.of(ClusterStatus.class, Map.of()));
    }

    @Test
    void theGpusOfEachNodeAreReadInTheModelsOfAnAgent() throws Exception {
        answer(recorded("node-reports"));
        GpuStatus status = client.getGpuStatus();

        assertThat(server.takeRequest().getTarget()).isEqualTo("/nodes?view=summary");
        assertThat(status.nodes()).extracting(NodeGpus::nodeId).containsExactly(HEAD, "f".repeat(56));
        assertThat(status.nodes()).extracting(NodeGpus::hostName).containsExactly("head", "worker");
        assertThat(status.nodes()).extracting(NodeGpus::ip).containsOnly("10.0.0.2");
        assertThat(status.nodes().get(1).gpus()).isEmpty();
        assertThat(status.gpus())
                .containsExactly(
                        Models.of(
                                Gpu.class,
                                Map.of(
                                        "index", 0,
                                        "name", "NVIDIA A10G",
                                        "uuid", "GPU-36e1567d",
                                        "utilization_gpu", 37,
                                        "memory_used", 4608,
                                        "memory_total", 23028,
                                        "processes_pids",
                                                List.of(nullable(
                                                        "pid", 51, "gpuMemoryUsage", 4608, "gpuUtilization", null)),
                                        "memory_used_ratio", 4608 / 23028.0,
                                        "power_mw", 61000,
                                        "temperature_c", 41)),
                        Models.of(
                                Gpu.class,
                                Map.of(
                                        "index", 1,
                                        "name", "NVIDIA A10G",
                                        "uuid", "GPU-1d0c2f3e",
                                        "memory_used", 0,
                                        "memory_total", 23028,
                                        "memory_used_ratio", 0)));
    }

    @Test
    void aNodeThatHasNotReportedYetHasNoGpus() {
        answer("{\"result\":true,\"data\":{\"summary\":[{\"raylet\":{\"nodeId\":\"n\"}},{}]}}");

        assertThat(client.getGpuStatus().nodes())
                .containsExactly(
                        Models.of(NodeGpus.class, Map.of("node_id", "n")), Models.of(NodeGpus.class, Map.of()));
    }

    @Test
    void noSummaryIsAnError() {
        answer("{\"result\":true,\"data\":{}}");

        assertThatThrownBy(() -> client.getGpuStatus()).isInstanceOf(UnexpectedResponseException.class);
    }

    private static Map<String, Object> nullable(Object... pairs) {
        Map<String, Object> map = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }

    private void answer(String body) {
        server.enqueue(new MockResponse.Builder().body(body).build());
    }
}
