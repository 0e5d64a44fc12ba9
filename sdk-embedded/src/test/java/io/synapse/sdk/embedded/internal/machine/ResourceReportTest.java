package io.synapse.sdk.embedded.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ResourceReportTest {
    private static final Duration TIME_TO_LIVE = Duration.ofSeconds(5);
    private static final long GIB = 1L << 30;
    private static final NodeIdentity IDENTITY = new NodeIdentity("a1b2", "box", "10.0.0.7");
    private static final Gpu BUSY =
            new Gpu(0, "A100", "GPU-a", 80.0, 1024L, 4096L, null, null, List.of(new Gpu.Process(42, 1000L)));
    private static final Gpu SILENT = new Gpu(1, "A100", "GPU-b", null, null, null, null, null, List.of());

    private final ObjectMapper mapper = new ObjectMapper();
    private final SettableClock clock = new SettableClock();
    private final AtomicInteger measurements = new AtomicInteger();

    @Test
    void describesTheClusterOfOneMachine() throws Exception {
        assertThat(json(report(List.of(BUSY, SILENT)).clusterResources(false, TIME_TO_LIVE, 3)))
                .isEqualTo(mapper.readTree("""
                {"collected_at": "2026-01-02T03:04:05Z", "stale": false,
                 "cpu": {"total": 8.0, "used": 1.5, "available": 6.5},
                 "memory": {"total": 17179869184.0, "used": 12884901888.0, "available": 4294967296.0},
                 "gpu": {"total_gpus": 2, "available_gpus": 1, "total_memory_bytes": 4294967296,
                         "available_memory_bytes": 3221225472, "max_utilization": 80.0, "avg_utilization": 80.0},
                 "running_jobs": 3, "total_serve_replicas": 0, "node_counts": {"total": 1, "alive": 1, "dead": 0},
                 "nodes": [{
                   "node_id": "a1b2", "host_name": "box", "ip": "10.0.0.7", "is_head_node": true, "state": "ALIVE",
                   "accelerator_type": "A100",
                   "cpu": {"total": 8.0, "used": 1.5, "available": 6.5},
                   "memory": {"total": 17179869184.0, "used": 12884901888.0, "available": 4294967296.0},
                   "gpus": [
                     {"index": 0, "name": "A100", "uuid": "GPU-a", "utilization_gpu": 80.0, "memory_used": 1024,
                      "memory_total": 4096, "processes_pids": {"42": {"pid": 42, "gpu_memory_usage": 1000}},
                      "memory_used_ratio": 0.25},
                     {"index": 1, "name": "A100", "uuid": "GPU-b", "processes_pids": {}}]}]}
                """));
    }

    @Test
    void listsTheMachineAsANode() throws Exception {
        JsonNode node = json(report(List.of(BUSY)).node());

        assertThat(node.get("node_id").asText()).isEqualTo("a1b2");
        assertThat(node.get("state").asText()).isEqualTo("ALIVE");
        assertThat(node.get("alive").asBoolean()).isTrue();
        assertThat(node.get("resources_total"))
                .isEqualTo(mapper.readTree("{\"CPU\": 8.0, \"memory\": 17179869184.0, \"GPU\": 1.0}"));
        assertThat(json(report(List.of()).node()).get("resources_total").has("GPU"))
                .isFalse();
    }

    @Test
    void summarisesTheGpusOfAllNodes() throws Exception {
        JsonNode status = json(report(List.of(BUSY)).gpuStatus());

        assertThat(status.get("total_gpus").asInt()).isEqualTo(1);
        assertThat(status.at("/nodes/0/gpus/0/uuid").asText()).isEqualTo("GPU-a");
        assertThat(json(report(List.of()).gpuStatus()).get("max_utilization").asDouble(-1))
                .isZero();
        assertThat(json(report(List.of(SILENT)).gpuStatus()).has("max_utilization"))
                .as("what no driver says is left out")
                .isFalse();
    }

    @Test
    void usesAMeasurementUntilItExpires() {
        ResourceReport report = report(List.of());
        report.clusterResources(true, TIME_TO_LIVE, 0);

        clock.advance(TIME_TO_LIVE.minusMillis(1));
        assertThat(report.clusterResources(true, TIME_TO_LIVE, 9))
                .as("old figures, but the caller's own count")
                .containsEntry("collected_at", "2026-01-02T03:04:05Z")
                .containsEntry("running_jobs", 9);
        assertThat(measurements).hasValue(1);

        clock.advance(Duration.ofMillis(1));
        assertThat(report.clusterResources(true, TIME_TO_LIVE, 0))
                .containsEntry("collected_at", "2026-01-02T03:04:10Z");
        assertThat(measurements).hasValue(2);
    }

    @Test
    void measuresAnewWhenToldToOrWhenTheClockWentBack() {
        ResourceReport report = report(List.of());
        report.clusterResources(true, TIME_TO_LIVE, 0);

        report.clusterResources(false, TIME_TO_LIVE, 0);
        assertThat(measurements).hasValue(2);

        clock.advance(Duration.ofHours(-1));
        report.clusterResources(true, TIME_TO_LIVE, 0);
        assertThat(measurements).hasValue(3);
    }

    private ResourceReport report(List<Gpu> gpus) {
        MachineLoad load = new MachineLoad(8, 1.5, new Memory(16 * GIB, 4 * GIB));
        return new ResourceReport(
                new Machine(
                        IDENTITY,
                        () -> {
                            measurements.incrementAndGet();
                            return load;
                        },
                        () -> gpus),
                clock);
    }

    private JsonNode json(Object value) throws Exception {
        return mapper.readTree(mapper.writeValueAsString(value));
    }

    private static final class SettableClock extends Clock {
        private Instant now = Instant.parse("2026-01-02T03:04:05Z");

        void advance(Duration duration) {
            now = now.plus(duration);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
