package io.synapse.sdk.embedded.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class MachineTest {
    @Test
    void keepsItsIdForASeed() {
        String id = new Machine("one").identity().id();

        assertThat(id).matches("[0-9a-f]{56}");
        assertThat(new Machine("one").identity().id()).isEqualTo(id);
        assertThat(new Machine("another").identity().id()).isNotEqualTo(id);
    }

    @Test
    void hasAnAddressOfItsOwn() throws Exception {
        NodeIdentity identity = new Machine("seed").identity();

        // Literal digits, so no name server is asked.
        assertThat(NetworkInterface.getByInetAddress(InetAddress.getByName(identity.ip())))
                .isNotNull();
        assertThat(identity.hostName()).isNotBlank().doesNotContainAnyWhitespaces();
    }

    @Test
    void measuresPlausibleFigures() {
        MachineLoad load = new Machine("seed").load();

        assertThat(load.cpus()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(load.busyCpus()).isBetween(0.0, (double) load.cpus());
        assertThat(load.memory().availableBytes())
                .isPositive()
                .isLessThanOrEqualTo(load.memory().totalBytes());
    }

    @Test
    void countsCachesThatWouldYieldAsAvailableMemory() {
        assertThat(Memory.parseMeminfo(List.of(
                        "MemTotal:       24684084 kB",
                        "MemFree:         1000000 kB",
                        "MemAvailable:   23544320 kB",
                        "HugePages_Total:       0")))
                .contains(new Memory(24684084L * 1024, 23544320L * 1024));
        assertThat(Memory.parseMeminfo(List.of("MemTotal: 1 kB", "MemFree: 1 kB")))
                .isEmpty();
    }

    @Test
    void keepsTheGpuCountOnceTheDriverAnswered() {
        Gpu gpu = new Gpu(0, "T4", "GPU-0", null, null, null, null, null, List.of());
        Queue<List<Gpu>> answers = new ArrayDeque<>(List.of(List.of(), List.of(gpu)));
        Machine machine =
                new Machine(new NodeIdentity("a1b2", "box", "127.0.0.1"), MachineLoad::measure, answers::remove);

        assertThat(machine.gpuCount()).isZero();
        assertThat(machine.gpuCount()).isEqualTo(1);
        assertThat(machine.gpuCount()).isEqualTo(1);
    }
}
