package io.synapse.sdk.it.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.synapse.sdk.workspace.CommandResult;
import io.synapse.sdk.workspace.Workspace;
import io.synapse.sdk.workspace.WorkspaceAgent;
import io.synapse.sdk.workspace.WorkspaceException;
import io.synapse.sdk.workspace.WorkspaceException.Reason;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What tests of a workspace have in common. */
public interface WorkspaceTests {
    /** The one that the tests of a class share. */
    Workspace workspace();

    /** An agent that no other test uses. */
    WorkspaceAgent newAgent();

    /** What a command prints, without the last line end. */
    static String output(WorkspaceAgent agent, String command) {
        CommandResult result = agent.execute(command);
        assertThat(result.code()).as(result.output()).isZero();
        return result.output().strip();
    }

    /** Fails unless a call fails for this reason. */
    static void assertFails(Reason reason, ThrowingCallable call) {
        WorkspaceException failure = catchThrowableOfType(WorkspaceException.class, call);
        assertThat(failure).as("a failure because of %s", reason).isNotNull();
        assertThat(failure.reason()).as(failure.getMessage()).isEqualTo(reason);
    }

    /**
     * The processes of all users with {@code sleep} and one of these numbers of seconds as their command line. Numbers tell
     * the processes of one test from those of others.
     */
    static List<String> sleeping(WorkspaceAgent observer, String numbers) {
        return observer.execute("for each in /proc/[0-9]*; do tr '\\0' ' ' <$each/cmdline; echo; done 2>/dev/null"
                        + " | grep -E '^([^ ]*/)?(busybox )?sleep (" + numbers + ") $'; true")
                .output()
                .lines()
                .toList();
    }
}
