package io.synapse.sdk.embedded.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.synapse.sdk.embedded.internal.Json;
import io.synapse.sdk.embedded.internal.backend.RefusedException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeasibilityTest {
    private static final long GIB = 1L << 30;

    /** 8 CPUs, all busy; 16 GiB, 4 of them available; two GPUs, one of them free. */
    private final Machine machine = new Machine(
            new NodeIdentity("a1b2", "box", "10.0.0.7"),
            () -> new MachineLoad(8, 8, new Memory(16 * GIB, 4 * GIB)),
            () -> List.of(gpu(0, List.of(new Gpu.Process(42, null))), gpu(1, List.of())));

    @Test
    void saysYesToWhatFits() {
        assertThat(check(Map.of("kind", "job", "num_cpus", 2, "num_gpus", 0.25, "memory_bytes", GIB, "replicas", 4)))
                .containsEntry("feasible", true)
                .containsEntry("allowed", true)
                .containsEntry("reasons", List.of())
                .containsEntry("feasible_replicas", 4)
                .containsEntry("required", Map.of("num_cpus", 8.0, "num_gpus", 1.0, "memory_bytes", 4 * GIB))
                .containsEntry("available", Map.of("num_cpus", 8.0, "num_gpus", 1.0, "memory_bytes", 4 * GIB));
    }

    @Test
    void givesEveryReasonAgainstAndHowManyWouldFit() {
        assertThat(check(Map.of(
                        "kind", "job", "num_cpus", 4.5, "num_gpus", 0.5, "memory_bytes", 3 * GIB, "replicas", 3)))
                .containsEntry("feasible", false)
                .containsEntry("allowed", false)
                .containsEntry("feasible_replicas", 1)
                .containsEntry(
                        "reasons",
                        List.of(
                                "13.5 CPUs are needed and this machine has 8",
                                "1.5 GPUs are needed and this machine has 1 free",
                                "9 GiB of memory are needed and this machine has 4 GiB available"));
    }

    @ParameterizedTest
    @CsvSource({"serve, no Ray Serve", "container, no containers"})
    void saysNoToWhatTheLocalBackendHasNot(String kind, String reason) {
        assertThat(check(Map.of("kind", kind)))
                .containsEntry("feasible", false)
                .containsEntry("feasible_replicas", 0)
                .extractingByKey("reasons")
                .asString()
                .contains(reason);
    }

    @Test
    void takesAbsentAndNullNumbersForNoWish() {
        Map<String, Object> body = new HashMap<>(Map.of("kind", "task", "metadata", Map.of("a", 1)));
        body.put("memory_bytes", null);

        assertThat(ResourceRequest.parse(Json.MAPPER.valueToTree(body)))
                .isEqualTo(new ResourceRequest(ResourceRequest.Kind.TASK, 0, 0, 0, 1));
        assertThat(check(body)).containsEntry("feasible", true).containsEntry("feasible_replicas", 1);
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertRefused(Map.of("kind", "actor"), "kind must be job, serve, container or task, not actor");
        assertRefused(Map.of(), "kind must be job, serve, container or task, not null");
        assertRefused(Map.of("kind", "job", "num_cpus", -1), "num_cpus must be a number from 0 on");
        assertRefused(Map.of("kind", "job", "num_gpus", "two"), "num_gpus must be a number from 0 on");
        assertRefused(Map.of("kind", "job", "memory_bytes", Double.NaN), "memory_bytes must be a number from 0 on");
        assertRefused(Map.of("kind", "job", "replicas", 0), "replicas must be a whole number from 1 on");
        assertRefused(Map.of("kind", "job", "replicas", 1.5), "replicas must be a whole number from 1 on");
    }

    @Test
    void tellsWhatCouldNeverRunFromWhatMustWait() {
        assertThat(machine.cannotEverRun(8, 16 * GIB)).isEmpty();
        assertThat(machine.cannotEverRun(8.5, 0)).contains("8.5 CPUs are needed and this machine has 8");
        assertThat(machine.cannotEverRun(0, 17 * GIB))
                .contains("17 GiB of memory are needed and this machine has 16 GiB");
    }

    private Map<String, Object> check(Map<String, ?> body) {
        return new Feasibility(machine).check(ResourceRequest.parse(Json.MAPPER.valueToTree(body)));
    }

    private static void assertRefused(Map<String, ?> body, String sentence) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> ResourceRequest.parse(Json.MAPPER.valueToTree(body)))
                .withMessage(sentence);
    }

    private static Gpu gpu(int index, List<Gpu.Process> processes) {
        return new Gpu(index, "T4", "GPU-" + index, 0.0, 0L, 15360L, null, null, processes);
    }
}
