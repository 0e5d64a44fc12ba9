package io.synapse.sdk.gateway;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.internal.value.Attributes;
import io.synapse.sdk.internal.value.Attributes.Key;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A command to be executed. Immutable: each setter returns a modified copy, and throws a {@link BadRequestException}
 * when a value is out of its range.
 */
public final class ExecuteRequest extends GatewayRequest {
    /** The time limit of a command without its own (wire/gateway.md, section 2). */
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    private static final Key<String> COMMAND = new Key<>("command", "");
    private static final Key<@Nullable String> WORKING_DIR = Key.of("working_dir");
    private static final Key<@Nullable Integer> TIMEOUT = Key.of("timeout");

    private ExecuteRequest(Attributes attributes) {
        super(attributes);
        if (command().isBlank()) {
            throw BadRequestException.refused("the command to execute cannot be blank");
        }
    }

    /**
     * A request to execute a command.
     *
     * @param command a line of the shell {@code sh}. A gateway executes only some programs, named by the first word
     * @throws BadRequestException when it is blank
     */
    public static ExecuteRequest of(String command) {
        return new ExecuteRequest(Attributes.NONE.with(COMMAND, command));
    }

    /** The command. */
    public String command() {
        return attributes.get(COMMAND);
    }

    /** The folder that it runs in; null for the gateway's own. */
    public @Nullable String workingDir() {
        return attributes.get(WORKING_DIR);
    }

    /** Sets the folder that it runs in, which must exist on the gateway's machine. */
    public ExecuteRequest workingDir(String folder) {
        return new ExecuteRequest(attributes.with(WORKING_DIR, folder));
    }

    /** The time limit of the command; 30 s by default. */
    public Duration timeout() {
        Integer seconds = attributes.get(TIMEOUT);
        return seconds == null ? DEFAULT_TIMEOUT : Duration.ofSeconds(seconds);
    }

    /**
     * Sets the time limit of the command: a whole number of seconds, from 1 to 2147483647. The original answers nothing
     * but an internal error after 30 s, whatever the limit, and does not end a command whose time is up.
     */
    public ExecuteRequest timeout(Duration limit) {
        if (limit.getNano() != 0 || limit.getSeconds() < 1 || limit.getSeconds() > Integer.MAX_VALUE) {
            throw BadRequestException.refused(
                    "the time limit of a command is a whole number of seconds, from 1 to 2147483647, not " + limit);
        }
        return new ExecuteRequest(attributes.with(TIMEOUT, (int) limit.getSeconds()));
    }
}
