package io.synapse.sdk.gateway.server.internal.command;

import io.synapse.sdk.gateway.server.internal.GatewayFailure;
import io.synapse.sdk.gateway.server.internal.GatewayFailure.Kind;
import io.synapse.sdk.workspace.WorkspaceAgent;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The commands that a gateway runs (wire/gateway.md, sections 2 and 7): programs of a list only, never through a shell of
 * the caller's, and none at all unless that was switched on.
 */
public final class Commands {
    /** The programs that the original allows. */
    public static final Set<String> DEFAULT_PROGRAMS = Set.of(
            "echo", "ls", "pwd", "date", "cat", "head", "tail", "wc", "grep", "find", "python", "pip", "npm", "node",
            "git", "make");

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    private final boolean isAllowed;
    private final Set<String> programs;
    private final CommandRunner runner;

    /**
     * Commands of callers.
     *
     * @param isAllowed whether any may run
     * @param programs which may: names, which are looked up on the PATH, or absolute paths
     * @param workspace where they run; null for this machine
     * @param threads where outputs are read
     */
    public Commands(boolean isAllowed, Set<String> programs, @Nullable WorkspaceAgent workspace, Executor threads) {
        this.isAllowed = isAllowed;
        this.programs = Set.copyOf(programs);
        this.runner = workspace == null ? new LocalCommands(threads) : new WorkspaceCommands(workspace);
    }

    /**
     * Refuses all commands, if none may run.
     *
     * @throws GatewayFailure of kind refused
     */
    public void requireAllowed() {
        if (!isAllowed) {
            throw new GatewayFailure(Kind.REFUSED, "this gateway executes no commands; whoever runs it can allow it");
        }
    }

    /**
     * Runs a command. One that is not allowed, fails or takes too long is an answer.
     *
     * @param now the time for the answer
     * @param live gets the output as it comes; null where nobody follows it
     * @return the fields of the answer
     */
    public Map<String, @Nullable Object> run(CommandOrder order, Supplier<String> now, @Nullable Consumer<String> live)
            throws IOException, InterruptedException {
        List<String> words;
        try {
            words = order.arguments().isEmpty() ? CommandLine.words(order.command()) : order.arguments();
        } catch (CommandLine.SyntaxException e) {
            return refused(order, "Command not allowed: " + e.getMessage());
        }
        if (words.isEmpty() || !programs.contains(words.get(0))) {
            return refused(order, "Command not allowed");
        }
        Duration timeout = order.timeout().isZero() ? DEFAULT_TIMEOUT : order.timeout();
        CommandOutcome outcome = timeout.isNegative()
                ? new CommandOutcome(-1, "", "", Duration.ZERO, true, false)
                : runner.run(words, order.workingDir(), order.environment(), timeout, live);
        return answer(order, outcome, now.get());
    }

    private static Map<String, @Nullable Object> refused(CommandOrder order, String why) {
        return answer(order, new CommandOutcome(-1, "", why, Duration.ZERO, false, false), "");
    }

    private static Map<String, @Nullable Object> answer(CommandOrder order, CommandOutcome outcome, String time) {
        String errors = outcome.stderr();
        String reason = outcome.reason().orElse("");
        String separator = errors.isEmpty() || errors.endsWith("\n") || reason.isEmpty() ? "" : "\n";
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("success", outcome.exitCode() == 0);
        fields.put("command", order.command().isEmpty() ? String.join(" ", order.arguments()) : order.command());
        fields.put("exit_code", outcome.exitCode());
        fields.put("stdout", outcome.stdout());
        fields.put("stderr", errors + separator + reason);
        fields.put("duration_seconds", Math.round(outcome.duration().toNanos() / 1e6) / 1e3);
        fields.put("executed_at", time);
        return fields;
    }
}
