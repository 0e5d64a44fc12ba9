package io.synapse.sdk.docker.internal.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether the process that opened a workspace is still there. */
class ContainerOwnerTest {
    private final ContainerOwner mine = ContainerOwner.current();

    @Test
    void thisProcessIsAliveAndOnThisMachine() {
        assertThat(ContainerOwner.parse(mine.label())).contains(mine);
        assertThat(mine.isOnThisMachine()).isTrue();
        assertThat(mine.isAlive()).isTrue();
    }

    @Test
    void anIdThatWasGivenAgainIsAnotherProcess() {
        assertThat(new ContainerOwner(mine.machine(), mine.processId(), mine.start() - 1).isAlive())
                .isFalse();
    }

    @Test
    void anEndedProcessIsNotAlive() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();

        assertThat(new ContainerOwner(mine.machine(), ended.pid(), 0).isAlive()).isFalse();
    }

    @Test
    void anotherStartOfTheMachineIsAnotherMachine() {
        assertThat(new ContainerOwner("other", mine.processId(), mine.start()).isOnThisMachine())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a/b/c", "a/1", "a/1/2/3", "//"})
    void whatIsNoLabelOfOursIsNobody(String label) {
        assertThat(ContainerOwner.parse(label)).isEmpty();
    }
}
