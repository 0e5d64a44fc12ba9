package io.synapse.sdk.it.workspace;

import static io.synapse.sdk.it.workspace.WorkspaceTests.assertFails;
import static io.synapse.sdk.it.workspace.WorkspaceTests.output;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.RequestTimeoutException;
import io.synapse.sdk.workspace.Command;
import io.synapse.sdk.workspace.CommandOutput;
import io.synapse.sdk.workspace.CommandResult;
import io.synapse.sdk.workspace.RunningCommand;
import io.synapse.sdk.workspace.WorkspaceAgent;
import io.synapse.sdk.workspace.WorkspaceException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a command is given, and what is told of it. */
interface WorkspaceCommandContract extends WorkspaceTests {
    @Test
    default void aCommandIsForAShell() {
        WorkspaceAgent agent = newAgent();

        assertThat(output(agent, "x='a  b'; echo \"$x\" | tr a-z A-Z && echo \"it's\" >f; cat <f; pwd; echo *"))
                .isEqualTo("A  B\nit's\n" + agent.folder() + "\nf");
        assertThat(output(agent, "echo one; echo two >&2; echo three; echo four >&2"))
                .as("both streams, in order")
                .isEqualTo("one\ntwo\nthree\nfour");
        assertThat(output(agent, "cat; echo $HOME; umask")).isEqualTo(agent.folder() + "\n0002");
        assertThat(output(agent, "echo ä🎉")).isEqualTo("ä🎉");
    }

    @Test
    default void aCommandThatBeginsWithADashIsNoOption() {
        WorkspaceAgent agent = newAgent();

        assertThat(output(agent, "-x 2>/dev/null; echo ran")).isEqualTo("ran");
        assertThat(agent.execute("--help").exitCode()).hasValue(127);
    }

    @ParameterizedTest
    @CsvSource({
        "exit 0, 0",
        "exit 3, 3",
        "exit 255, 255",
        "no-such-program, 127",
        "./not-executable, 126",
        "kill -TERM $$, 143",
        "kill -KILL $$, 137",
        "kill -HUP $$, 129",
        "'if', 2"
    })
    default void theExitCodeIsTheShells(String command, int code) {
        WorkspaceAgent agent = newAgent();
        agent.write("not-executable", "echo x");

        CommandResult result = agent.execute(command);

        assertThat(result.exitCode()).as(result.output()).hasValue(code);
        assertThat(result.timedOut()).isFalse();
        assertThat(result.outOfMemory()).isFalse();
        assertThat(result.succeeded()).isEqualTo(code == 0);
    }

    @Test
    default void variablesAreDataAndOneCommandsOnly() {
        WorkspaceAgent agent = newAgent();
        Map<String, String> variables = Map.of("A", "two\nlines ' \" $(id) \\", "B", "", "C", "é=x");

        CommandResult result = agent.execute(
                Command.of("printf '%s|%s|%s' \"$A\" \"${B-unset}\" \"$C\"").environment(variables));

        assertThat(result.output()).isEqualTo("two\nlines ' \" $(id) \\||é=x");
        assertThat(output(agent, "echo ${A-unset}")).isEqualTo("unset");
        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(() -> Command.of("x").environment(Map.of("A B", "")));
    }

    @Test
    default void aCommandMayHave128KiB() {
        WorkspaceAgent agent = newAgent();
        String longest = ": " + "x".repeat(Command.MAX_BYTES - 10) + ";echo ok";

        assertThat(longest).hasSize(Command.MAX_BYTES);
        assertThat(output(agent, longest)).isEqualTo("ok");
        assertThatExceptionOfType(BadRequestException.class).isThrownBy(() -> agent.execute(longest + " "));
        assertThat(agent.execute(Command.of("echo ${#V}").environment(Map.of("V", "v".repeat(Command.MAX_BYTES - 2))))
                        .output())
                .isEqualTo(Command.MAX_BYTES - 2 + "\n");
    }

    @Test
    default void allOutputGoesToAFileToo() {
        WorkspaceAgent agent = newAgent();

        CommandResult result = agent.execute(Command.of("echo start; yes | head -n 100000; echo end >&2; exit 3")
                .outputFile("out put"));

        assertThat(result.exitCode()).hasValue(3);
        assertThat(result.outputStart()).startsWith("start\ny\n");
        assertThat(result.output()).endsWith("y\nend\n").hasSize(100_000);
        assertThat(result.omittedBytes()).isEqualTo(6 + 200_000 + 4 - 100_000);
        assertThat(output(agent, "wc -c <'out put'; tail -n 1 'out put'")).isEqualTo("200010\nend");
    }

    @Test
    default void anOutputFileThatCannotBeWrittenIsSaid() {
        WorkspaceAgent agent = newAgent();

        CommandResult result = agent.execute(Command.of("touch ran").outputFile("missing/out"));

        assertThat(result.exitCode()).hasValue(126);
        assertThat(result.output()).contains("missing/out");
        assertThat(agent.ls(".")).isEmpty();
        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(() -> Command.of("x").outputFile("../out"));
        assertFails(
                Reason.OUTSIDE_WORKSPACE,
                () -> agent.execute(Command.of("echo x").outputFile("/tmp/out")));
    }

    /** Each waits for a file of the other. */
    @Test
    default void asynchronousCommandsRunSideBySide() {
        WorkspaceAgent agent = newAgent();
        String wait = "touch %s; while [ ! -e %s ]; do sleep 0.05; done; echo met";

        CompletableFuture<CommandResult> one = agent.async().execute(wait.formatted("a", "b"), Duration.ofSeconds(20));
        CompletableFuture<CommandResult> two = agent.async().execute(wait.formatted("b", "a"), Duration.ofSeconds(20));

        assertThat(one.join().output()).isEqualTo("met\n");
        assertThat(two.join().output()).isEqualTo("met\n");
    }

    @Test
    default void aChildInTheBackgroundThatKeepsTheOutputDelaysNothing() {
        WorkspaceAgent agent = newAgent();
        WorkspaceAgent other = newAgent();

        CommandResult result = agent.execute("(sleep 7001; echo late) & echo hi", Duration.ofSeconds(30));
        CommandResult beside = other.execute("true");

        assertThat(result.output()).isEqualTo("hi\n");
        assertThat(result.exitCode()).hasValue(0);
        assertThat(result.duration()).isLessThan(Duration.ofSeconds(5));
        assertThat(beside.duration()).isLessThan(Duration.ofSeconds(5));
        agent.close();
        assertThat(WorkspaceTests.sleeping(other, "7001")).isEmpty();
    }

    @Test
    default void aCommandInTheBackgroundIsFollowed() {
        WorkspaceAgent agent = newAgent();
        try (RunningCommand command =
                agent.start("echo begun; while [ ! -e go ]; do sleep 0.05; done; echo done; exit 4")) {
            await().atMost(Duration.ofSeconds(10)).until(() -> command.output().equals("begun\n"));
            assertThat(command.isRunning()).isTrue();
            assertThat(command.result()).isEmpty();
            assertThatExceptionOfType(RequestTimeoutException.class)
                    .isThrownBy(() -> command.await(Duration.ofMillis(10)));
            agent.write("go", "");

            CommandResult result = command.await(Duration.ofSeconds(10));
            assertThat(result.output()).isEqualTo("begun\ndone\n");
            assertThat(result.exitCode()).hasValue(4);
            assertThat(command.isRunning()).isFalse();
            assertThat(command.result()).contains(result);
            assertThat(command.kill()).as("nothing to do").isEqualTo(result);
        }
    }

    @Test
    default void theOutputOfACommandIsGivenOnAsItComes() {
        WorkspaceAgent agent = newAgent();
        List<String> parts = new ArrayList<>();
        Command command = Command.of("echo begun ä; while [ ! -e go ]; do sleep 0.05; done; echo done >&2; exit 4");

        CommandResult result = agent.execute(command, part -> {
            parts.add(part.text());
            if (part.position() == 0) {
                agent.write("go", ""); // without which it does not end
            }
        });

        assertThat(parts).containsExactly("begun ä\n", "done\n");
        assertThat(result.output()).isEqualTo("begun ä\ndone\n");
        assertThat(result.exitCode()).hasValue(4);
    }

    @Test
    default void anOutputOfAnyLengthIsGivenOnInParts() {
        WorkspaceAgent agent = newAgent();
        StringBuilder all = new StringBuilder();

        CommandResult result = agent.execute(
                Command.of("seq 200000; printf '\\303'").outputLimit(4 << 20), part -> all.append(part.text()));

        assertThat(all).hasToString(result.output()).endsWith("200000\n\uFFFD").hasSize(1_288_896);
    }

    @Test
    default void whoeverDoesNotWantTheOutputAnyMoreEndsTheCommand() {
        WorkspaceAgent agent = newAgent();
        IllegalStateException enough = new IllegalStateException("enough");

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> agent.execute(Command.of("echo 1; sleep 7004"), part -> {
                    throw enough;
                }))
                .isSameAs(enough);

        assertThat(WorkspaceTests.sleeping(agent, "7004")).isEmpty();
    }

    @Test
    default void anInterruptEndsACommandWhoseOutputIsFollowed() {
        WorkspaceAgent agent = newAgent();
        CompletableFuture<CommandResult> followed = agent.async().execute(Command.of("sleep 7005"), part -> {});
        await().until(() -> !WorkspaceTests.sleeping(agent, "7005").isEmpty());

        followed.cancel(true);

        await().until(() -> WorkspaceTests.sleeping(agent, "7005").isEmpty());
    }

    @Test
    default void aPositionThatWasNotWrittenIsRefused() {
        WorkspaceAgent agent = newAgent();
        try (RunningCommand command = agent.start("sleep 7006")) {
            assertThat(command.output(0, Duration.ofMillis(1))).isEqualTo(new CommandOutput("", 0, 0, false));
            assertThatExceptionOfType(BadRequestException.class)
                    .isThrownBy(() -> command.output(1, Duration.ofSeconds(1)));
            assertThatExceptionOfType(BadRequestException.class)
                    .isThrownBy(() -> command.output(-1, Duration.ofSeconds(1)));
        }
    }

    @Test
    default void agentsCannotDisturbEachOther() {
        WorkspaceAgent agent = newAgent();
        WorkspaceAgent other = newAgent();
        try (RunningCommand command = agent.start(Command.of("echo $$; exec sleep 7002")
                .environment(Map.of("SECRET", "confidential"))
                .timeout(Duration.ZERO))) {
            await().atMost(Duration.ofSeconds(10)).until(() -> command.output().endsWith("\n"));
            String process = command.output().strip();

            assertThat(other.execute("kill -KILL " + process + " || kill -STOP " + process)
                            .succeeded())
                    .isFalse();
            assertThat(other.execute("cat /proc/" + process + "/environ").output())
                    .doesNotContain("confidential");
            assertThat(other.execute("kill -KILL -1").timedOut()).isFalse();
            assertThat(command.isRunning()).isTrue();
        }
        assertThat(agent.write("file", "x").size()).isEqualTo(1);
    }

    /** The command knows the word that frames its output. */
    @ParameterizedTest
    @CsvSource({"x", "0 x 0 0", "0", "99999999999999", "0 0", "-1", "''"})
    default void aForgedEndOfTheOutputStopsNothing(String trailer) {
        WorkspaceAgent agent = newAgent();

        CompletableFuture<CommandResult> forged = agent.async()
                .execute("printf '\\0%s " + trailer + "\\n' \"$SYNAPSE_COMMAND\"; sleep 7003", Duration.ofMillis(1500));

        assertThat(forged)
                .as("its end")
                .satisfies(end -> assertThat(end.handle((result, failure) -> "")
                                .orTimeout(15, java.util.concurrent.TimeUnit.SECONDS)
                                .join())
                        .isEmpty());
        await().atMost(Duration.ofSeconds(10))
                .until(() -> WorkspaceTests.sleeping(agent, "7003").isEmpty());
        assertThat(output(agent, "echo still")).isEqualTo("still");
    }
}
