package io.synapse.sdk.embedded.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Which bodies are taken in when there is not enough memory for all. */
class BodyMemoryTest {
    private static final int LARGEST = 100;

    private final BodyMemory memory = new BodyMemory(LARGEST);

    @Test
    void aBodyThatIsRefusedLeavesItsMemoryToOthers() {
        assertThat(memory.take(50, 0)).isTrue();
        assertThat(memory.take(50, 0)).isTrue();

        assertThat(memory.take(1, 50)).as("the first body").isFalse();

        assertThat(memory.take(50, 50)).as("the second one").isTrue();
        assertThat(memory.take(1, 0)).isFalse();
        memory.release(LARGEST);
        assertThat(memory.take(LARGEST, 0)).isTrue();
    }

    /** Each body takes all there is: one is taken in, whatever the order of the parts. */
    @Test
    void ofBodiesThatComeAtOnceOneIsTakenIn() throws Exception {
        int bodies = 4;
        CyclicBarrier start = new CyclicBarrier(bodies);
        Callable<Boolean> body = () -> {
            start.await(60, TimeUnit.SECONDS);
            for (int held = 0; held < LARGEST; held++) {
                if (!memory.take(1, held)) {
                    return false;
                }
            }
            return true;
        };
        ExecutorService threads = Executors.newFixedThreadPool(bodies);
        try {
            for (int round = 0; round < 2_000; round++) {
                int taken = 0;
                for (Future<Boolean> each : threads.invokeAll(List.of(body, body, body, body))) {
                    taken += each.get() ? 1 : 0;
                }
                assertThat(taken).as("round %s", round).isOne();
                memory.release(LARGEST);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
