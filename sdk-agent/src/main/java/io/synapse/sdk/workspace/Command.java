package io.synapse.sdk.workspace;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.internal.value.Attributes;
import io.synapse.sdk.internal.value.Attributes.Key;
import io.synapse.sdk.internal.value.ValueObject;
import io.synapse.sdk.workspace.internal.Arguments;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A command for a shell ({@code sh -c}), with its limits. Immutable: each setter returns a modified copy, and throws a
 * {@link BadRequestException} when a value is out of its range.
 */
public final class Command extends ValueObject {
    /** The longest command in bytes: Linux takes no longer argument. */
    public static final int MAX_BYTES = Arguments.MAX_ARGUMENT_BYTES;

    private static final int MAX_OUTPUT = 64 << 20;
    private static final Key<String> TEXT = new Key<>("command", "");
    private static final Key<@Nullable Duration> TIMEOUT = Key.of("timeout");
    private static final Key<Map<String, String>> ENVIRONMENT = new Key<>("envs", Map.of());
    private static final Key<Integer> OUTPUT_LIMIT = new Key<>("output_limit", 100_000);
    private static final Key<@Nullable String> OUTPUT_FILE = Key.of("output_file");

    private Command(Attributes attributes) {
        super(attributes);
        Arguments.requireText("command", text(), MAX_BYTES);
        Duration limit = timeout();
        if (limit != null && limit.isNegative()) {
            throw BadRequestException.refused("a time limit cannot be negative: " + limit);
        }
        environment().forEach(Arguments::requireVariable);
        if (outputLimit() < 0 || outputLimit() > MAX_OUTPUT) {
            throw BadRequestException.refused(
                    "the limit of the output must be 0 to " + MAX_OUTPUT + " bytes, not " + outputLimit());
        }
        String file = outputFile();
        if (file != null) {
            Arguments.requirePath(file);
        }
    }

    /**
     * A command.
     *
     * @param text as one types it into a shell: with pipes, quotes, variables; at most {@value #MAX_BYTES} bytes
     * @throws BadRequestException when it is blank, too long, or has a NUL character
     */
    public static Command of(String text) {
        return new Command(Attributes.NONE.with(TEXT, text));
    }

    /** What the shell executes. */
    public String text() {
        return attributes.get(TEXT);
    }

    /** The same with a time limit; zero for none. By default it is the workspace's, 300 s. */
    public Command timeout(Duration limit) {
        return new Command(attributes.with(TIMEOUT, limit));
    }

    /** The time limit; null for the workspace's. */
    public @Nullable Duration timeout() {
        return attributes.get(TIMEOUT);
    }

    /**
     * The same with these environment variables beside those of the container. The place for secrets: the Docker Engine
     * shows the text of commands in its events.
     */
    public Command environment(Map<String, String> variables) {
        return new Command(attributes.with(ENVIRONMENT, variables));
    }

    /** The environment variables; none by default. */
    public Map<String, String> environment() {
        return attributes.get(ENVIRONMENT);
    }

    /**
     * The same with another limit of the output that is kept, in bytes, 0 to 64 MiB; 100,000 by default. Of a longer output,
     * the first and the last half of this are kept.
     */
    public Command outputLimit(int bytes) {
        return new Command(attributes.with(OUTPUT_LIMIT, bytes));
    }

    /** The limit of the output that is kept, in bytes. */
    public int outputLimit() {
        return attributes.get(OUTPUT_LIMIT);
    }

    /** The same with all its output written to a file of the workspace; the result has its first and last part as ever. */
    public Command outputFile(String path) {
        return new Command(attributes.with(OUTPUT_FILE, path));
    }

    /** Where all its output is written to; null, the default, for no file. */
    public @Nullable String outputFile() {
        return attributes.get(OUTPUT_FILE);
    }
}
