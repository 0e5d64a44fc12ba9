package io.synapse.sdk.it.workspace;

import static io.synapse.sdk.it.workspace.WorkspaceTests.output;
import static io.synapse.sdk.it.workspace.WorkspaceTests.sleeping;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.synapse.sdk.CallCancelledException;
import io.synapse.sdk.workspace.CommandResult;
import io.synapse.sdk.workspace.RunningCommand;
import io.synapse.sdk.workspace.WorkspaceAgent;
import io.synapse.sdk.workspace.WorkspaceException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a command is ended, nothing of it is left, and nothing else is missing. */
public interface WorkspaceEndingContract extends WorkspaceTests {
    /** All ways to leave a command, at once: in the background, with nohup, another session, a parent that has ended, without a mark. */
    String ESCAPES =
            "sleep 8001 & $(command -v nohup) sleep 8002 >/dev/null 2>&1 & setsid sleep 8003 & ((sleep 8004 &) &);"
                    + " env -i $(command -v sleep) 8005 & (setsid env -i $(command -v sleep) 8006 &);"
                    + " (trap '' TERM HUP INT; exec sleep 8007) & (sh -c 'setsid sh -c \"sleep 8008 & true\" &');"
                    + " (trap '' TERM; sleep 8009; sleep 8010) >/dev/null </dev/null 2>&1 & touch begun; sleep 8000";

    /** The processes of it. */
    String SLEEPING = "80[0-9][0-9]";

    /** What ends a command. */
    enum End {
        TIME_LIMIT,
        CANCEL,
        INTERRUPT,
        KILL
    }

    @ParameterizedTest
    @EnumSource
    default void nothingOfACommandIsLeft(End end) throws Exception {
        WorkspaceAgent agent = newAgent();
        WorkspaceAgent observer = newAgent();
        try (RunningCommand other = agent.start("setsid sleep 9001 & $(command -v nohup) sleep 9002 & (sleep 9003 &);"
                + " while [ ! -e go ]; do sleep 0.1; done; echo undisturbed")) {
            await().until(() -> sleeping(observer, "900[1-3]").size() == 3);

            end(agent, end, observer);

            assertThat(sleeping(observer, SLEEPING)).isEmpty();
            assertThat(sleeping(observer, "900[1-3]")).hasSize(3);
            agent.write("go", "");
            assertThat(other.await(Duration.ofSeconds(10)).output()).isEqualTo("undisturbed\n");
        }
        agent.close();
    }

    static void end(WorkspaceAgent agent, End end, WorkspaceAgent observer) throws Exception {
        switch (end) {
            case TIME_LIMIT -> {
                CommandResult result = agent.execute(ESCAPES, Duration.ofMillis(1500));
                assertThat(result.timedOut()).isTrue();
                assertThat(result.exitCode()).hasValue(124);
            }
            case CANCEL -> {
                CompletableFuture<CommandResult> future = agent.async().execute(ESCAPES);
                awaitAll(observer);
                future.cancel(true);
                assertThatExceptionOfType(CancellationException.class).isThrownBy(future::join);
            }
            case INTERRUPT -> interrupt(agent, observer);
            case KILL -> {
                RunningCommand command = agent.start(ESCAPES);
                awaitAll(observer);
                CommandResult result = command.kill();
                assertThat(command.isRunning()).isFalse();
                assertThat(result.timedOut()).isFalse();
                assertThat(result.succeeded()).isFalse();
            }
        }
    }

    static void awaitAll(WorkspaceAgent observer) {
        await().until(() -> sleeping(observer, SLEEPING).size() >= 10);
    }

    private static void interrupt(WorkspaceAgent agent, WorkspaceAgent observer) throws InterruptedException {
        AtomicReference<String> told = new AtomicReference<>("");
        Thread thread = new Thread(() -> {
            try {
                agent.execute(ESCAPES);
            } catch (CallCancelledException e) {
                told.set("cancelled, interrupted: " + Thread.currentThread().isInterrupted());
            }
        });
        thread.start();
        awaitAll(observer);
        thread.interrupt();
        thread.join(20_000);
        assertThat(told).hasValue("cancelled, interrupted: true");
    }

    @Test
    default void nothingOfAnAgentIsLeftWhenItIsClosed() {
        WorkspaceAgent agent = newAgent();
        WorkspaceAgent observer = newAgent();
        CompletableFuture<CommandResult> future = agent.async().execute(ESCAPES);
        awaitAll(observer);
        agent.write("kept", "x");

        agent.close();

        assertThat(sleeping(observer, SLEEPING)).isEmpty();
        assertThat(future)
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(CallCancelledException.class);
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> agent.ls("."));
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> agent.execute("true"));
        WorkspaceAgent again = workspace().agent(agent.name());
        assertThat(again.read("kept").content()).isEqualTo("x");
        assertThat(output(again, "cat kept")).isEqualTo("x");
    }

    /** What a command left in the background when it ended. */
    @Test
    default void theBackgroundEndsAtTheTimeLimit() {
        WorkspaceAgent agent = newAgent();
        WorkspaceAgent observer = newAgent();

        CommandResult result =
                agent.execute("setsid sleep 9011 >/dev/null 2>&1 & sleep 9012 & echo begun", Duration.ofSeconds(4));

        assertThat(result.output()).isEqualTo("begun\n");
        assertThat(result.timedOut()).isFalse();
        assertThat(sleeping(observer, "901[12]")).hasSize(2);
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(sleeping(observer, "901[12]")).isEmpty());
    }

    @Test
    default void theOutputUntilTheTimeLimitIsTold() {
        WorkspaceAgent agent = newAgent();

        CommandResult result = agent.execute("echo before; sleep 9021; echo after", Duration.ofSeconds(1));

        assertThat(result.output()).isEqualTo("before\n");
        assertThat(result.exitCode()).hasValue(124);
        assertThat(result.duration()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(8));
    }

    /** It gets SIGTERM first, and 2 s. Its limit leaves a busy machine the time to start the shell that sets the trap. */
    @Test
    default void aCommandCanTidyUp() {
        WorkspaceAgent agent = newAgent();

        CommandResult result = agent.execute(
                "trap 'echo tidied; touch tidied; exit 0' TERM; while :; do sleep 0.1; done", Duration.ofSeconds(4));

        assertThat(result.output()).endsWith("tidied\n");
        assertThat(result.timedOut()).isTrue();
        assertThat(output(agent, "ls")).isEqualTo("tidied");
    }

    /** The engine starts a command some time after it was told to, and several in any order. */
    @Test
    default void aCommandThatIsEndedBeforeItHasBegunDoesNotBeginLater() {
        List<CompletableFuture<Void>> ended = Stream.generate(this::newAgent)
                .limit(6)
                .map(agent -> CompletableFuture.runAsync(() -> {
                    for (int round = 0; round < 4; round++) {
                        agent.start("sleep 9041").kill();
                    }
                }))
                .toList();
        ended.forEach(CompletableFuture::join);

        assertThat(sleeping(newAgent(), "9041")).isEmpty();
    }

    /** Commands that resist: the time limit holds, and the agent can be used afterwards. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "bomb() { bomb | bomb & }; bomb; sleep 9031",
                "bomb() { (trap '' TERM; setsid sleep 9031 & bomb) & bomb; }; bomb; sleep 9031",
                "while :; do setsid sh -c 'sleep 9031' & sleep 0.01; done",
                "trap '' TERM; hop() { hop & }; hop; sleep 9031",
                "kill -STOP $PPID; kill -STOP $$",
                "unset SYNAPSE_COMMAND; exec setsid env -i sh -c 'while :; do sleep 0.05; done'"
            })
    default void aCommandThatResistsIsEnded(String command) {
        WorkspaceAgent agent = newAgent();
        WorkspaceAgent observer = newAgent();

        CompletableFuture<CommandResult> future = agent.async().execute(command, Duration.ofMillis(1500));

        assertThat(future.handle((result, failure) -> failure == null)
                        .orTimeout(20, TimeUnit.SECONDS)
                        .join())
                .as("a result")
                .isTrue();
        assertThat(future.join().succeeded()).isFalse();
        String left = "find /proc -maxdepth 1 -name '[1-9]*' -user $(stat -c %u " + agent.folder()
                + ") 2>/dev/null | while read -r each; do tr '\\0' ' ' <$each/cmdline | head -c 40; echo; done;true";
        // A command that ends by itself for lack of processes leaves the others until its time limit.
        await().atMost(Duration.ofSeconds(15))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(output(observer, left).lines())
                        .as("the one shell for file operations")
                        .hasSizeLessThanOrEqualTo(1));
        await("the init process has reaped most, and nobody lacks a process any more")
                .atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> Integer.parseInt(observer.execute("cat /proc/[1-9]*/stat 2>/dev/null | grep -c ') Z '")
                                .output()
                                .strip())
                        < 50);
        assertThat(output(agent, "echo fine")).isEqualTo("fine");
        assertThat(agent.write("file", "x").size()).isEqualTo(1);
    }

    /**
     * It takes each process that becomes free: a shell that can start none ends, and becomes another that goes on. Where nothing
     * can be started, neither can what ends it.
     */
    @Test
    default void aCommandThatLeavesNoRoomForAnotherProcessCanBeEnded() {
        WorkspaceAgent agent = newAgent();
        WorkspaceAgent observer = newAgent();
        try (RunningCommand command = agent.start("export fill='trap \"exec sh -c \\\"\\$fill\\\"\" EXIT;"
                + " while :; do sleep 9061 & done'; exec sh -c \"$fill\"")) {
            await("no room, and who needs some is told")
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThatExceptionOfType(WorkspaceException.class)
                            .isThrownBy(this::newAgent)
                            .withMessageContaining("as many processes as it may have"));

            assertThat(command.kill().succeeded()).isFalse();
        }
        assertThat(sleeping(observer, "9061")).isEmpty();
        assertThat(output(newAgent(), "echo fine")).isEqualTo("fine");
    }

    /** The shell for file operations is among them. */
    @Test
    default void anAgentMayKillAllItsProcesses() {
        WorkspaceAgent agent = newAgent();
        agent.write("file", "x");

        CommandResult result = agent.execute("kill -KILL -1; kill -KILL $$");

        assertThat(result.succeeded()).isFalse();
        assertThat(agent.read("file").content()).isEqualTo("x");
        await().atMost(Duration.ofSeconds(10))
                .ignoreExceptions()
                .until(() -> agent.write("file", "y").size() == 1);
    }
}
