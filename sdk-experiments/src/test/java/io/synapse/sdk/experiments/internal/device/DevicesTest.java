package io.synapse.sdk.experiments.internal.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.synapse.sdk.embedded.internal.Database;
import io.synapse.sdk.experiments.internal.Failure;
import io.synapse.sdk.experiments.internal.Json;
import io.synapse.sdk.experiments.internal.TestDatabase;
import io.synapse.sdk.experiments.internal.event.Events;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevicesTest {
    private final AtomicLong nanos = new AtomicLong();
    private final List<String> told = new ArrayList<>();
    private final Events events = new Events() {
        @Override
        public void record(Handle transaction, String type, Map<String, ?> data) {
            told.add(type + " " + data.get("host_id"));
        }

        @Override
        public void send(String type, Map<String, ?> data) {
            told.add(type + " " + data.get("host_id").toString() + " " + data.get("status"));
        }
    };

    @TempDir
    private Path folder;

    private Database database;
    private Devices devices;

    @BeforeEach
    void open() throws IOException {
        database = TestDatabase.open(folder);
        devices = new Devices(database.jdbi(), events, nanos::get);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whileAWorkerReportsNoOtherMayUnderItsName() throws IOException {
        beat("{\"host_id\": \"a\", \"worker_id\": \"1\"}");
        nanos.addAndGet(Duration.ofSeconds(15).toNanos());

        assertRefused("{\"host_id\": \"a\", \"worker_id\": \"2\"}");
        beat("{\"host_id\": \"b\", \"worker_id\": \"2\"}");
        devices.close();
        devices = new Devices(database.jdbi(), events, nanos::get);
        assertRefused("{\"host_id\": \"a\", \"worker_id\": \"2\"}");
        nanos.addAndGet(Duration.ofSeconds(16).toNanos());

        beat("{\"host_id\": \"a\", \"worker_id\": \"2\"}");
        assertRefused("{\"host_id\": \"a\", \"worker_id\": \"1\"}");
        beat("{\"host_id\": \"a\"}"); // does not say who it is
    }

    private void assertRefused(String beat) {
        assertThatThrownBy(() -> beat(beat))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.status()).isEqualTo(409));
    }

    @Test
    void aMachineIsHealthyForThirtySecondsThenStaleThenDisconnected() {
        beat("{\"host_id\": \"a\"}");

        assertThat(status()).isEqualTo("healthy");
        pass(30);
        assertThat(status()).isEqualTo("healthy");
        pass(1);
        assertThat(status()).isEqualTo("stale");
        pass(29);
        assertThat(status()).isEqualTo("stale");
        pass(1);
        assertThat(status()).isEqualTo("disconnected");
    }

    @Test
    void eachBeatReplacesAllFields() {
        beat("{\"host_id\": \"a\", \"cpu_util\": 5, \"torch_version\": \"2\"}");
        beat("{\"host_id\": \"a\", \"cpu_util\": 6}");

        assertThat(devices.documents().get(0)).doesNotContainKey("torch_version");
        assertThat(devices.documents().get(0).get("cpu_util")).hasToString("6");
    }

    @Test
    void clientsAreToldOfAMachineAtMostOnceATickAndOfEachChangeOfItsStatus() {
        for (int beat = 0; beat < 10; beat++) {
            beat("{\"host_id\": \"a\"}");
        }
        devices.tick();
        devices.tick();
        pass(31);
        devices.tick();
        pass(31);
        devices.tick();
        devices.tick();

        assertThat(told)
                .containsExactly(
                        "device_update \"a\" healthy", "device_update \"a\" stale", "device_update \"a\" disconnected");
    }

    @Test
    void aGpuIsIdleByAReportOfTheLastTenSecondsWhenNothingWorksOnIt() {
        beat("{\"host_id\": \"a\", \"gpus\": [{\"id\": 0, \"util\": 9.9}, {\"id\": 1, \"util\": 10},"
                + " {\"id\": 2, \"util\": 0}]}");

        assertThat(idle()).containsExactly(0);
        pass(10);
        assertThat(idle()).containsExactly(0);
        pass(1);
        assertThat(idle()).isEmpty();
    }

    @Test
    void onlyADisconnectedMachineCanBeDeleted() {
        beat("{\"host_id\": \"a\"}");
        assertThatThrownBy(() -> devices.delete("a")).satisfies(failure -> assertStatus(failure, 400));
        assertThatThrownBy(() -> devices.delete("b")).satisfies(failure -> assertStatus(failure, 404));

        pass(61);
        devices.delete("a");

        assertThat(devices.documents()).isEmpty();
        assertThat(told).containsExactly("device_removed a");
    }

    @Test
    void aMachineIsKnownAfterARestartAndDisconnectedUntilItReports() throws IOException {
        beat("{\"host_id\": \"a\", \"cpu_util\": 5}");
        devices.drain("a", true);
        devices.close();
        close();
        open();

        assertThat(status()).isEqualTo("disconnected");
        assertThat(devices.documents().get(0).get("cpu_util")).hasToString("5");
        assertThat(devices.find("a").orElseThrow().isDraining()).isTrue();
        beat("{\"host_id\": \"a\"}");
        assertThat(status()).isEqualTo("healthy");
        assertThat(devices.find("a").orElseThrow().isDraining()).isTrue();
    }

    @Test
    void theNameOfTheGuideIsTakenToo() {
        beat("{\"device_name\": \"a\", \"gpus\": []}");

        assertThat(devices.find("a")).isPresent();
    }

    @Test
    void aBeatWithoutAHostOrWithABadOneOrAFieldOfAnotherTypeIsRefused() {
        assertThatThrownBy(() -> beat("{}")).satisfies(failure -> assertStatus(failure, 400));
        assertThatThrownBy(() -> beat("{\"host_id\": \"../a\"}")).satisfies(failure -> assertStatus(failure, 400));
        assertThatThrownBy(() -> beat("{\"host_id\": \"a\", \"cpu_util\": \"x\"}"))
                .satisfies(failure -> assertStatus(failure, 422));
        assertThat(devices.documents()).isEmpty();
    }

    private static void assertStatus(Throwable failure, int status) {
        assertThat(failure)
                .isInstanceOfSatisfying(
                        Failure.class, it -> assertThat(it.status()).isEqualTo(status));
    }

    private void beat(String json) {
        devices.beat(Heartbeat.of((ObjectNode) Json.tree(json)));
    }

    private Object status() {
        return devices.documents().get(0).get("status");
    }

    private List<Integer> idle() {
        return devices.idleGpus(devices.find("a").orElseThrow(), Set.of(2)).stream()
                .map(Gpu::id)
                .toList();
    }

    private void pass(int seconds) {
        nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }
}
