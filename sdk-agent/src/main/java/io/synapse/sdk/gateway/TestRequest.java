package io.synapse.sdk.gateway;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.internal.value.Attributes;
import io.synapse.sdk.internal.value.Attributes.Key;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A project to be tested. Immutable: each setter returns a modified copy. */
public final class TestRequest extends GatewayRequest {
    private static final Key<String> PROJECT_DIR = new Key<>("project_dir", "");
    private static final Key<@Nullable String> TEST_COMMAND = Key.of("test_command");
    private static final Key<Boolean> COVERAGE = new Key<>("coverage", false);

    private TestRequest(Attributes attributes) {
        super(attributes);
        if (projectDir().isBlank()) {
            throw BadRequestException.refused("the folder of the project cannot be blank");
        }
    }

    /**
     * A request to test the project in this folder.
     *
     * @param projectDir a folder on the service's machine
     * @throws BadRequestException when it is blank
     */
    public static TestRequest of(String projectDir) {
        return new TestRequest(Attributes.NONE.with(PROJECT_DIR, Objects.requireNonNull(projectDir, "projectDir")));
    }

    /** The folder of the project. */
    public String projectDir() {
        return attributes.get(PROJECT_DIR);
    }

    /** The command; null for the server's choice. */
    public @Nullable String testCommand() {
        return attributes.get(TEST_COMMAND);
    }

    /** Sets the command. */
    public TestRequest testCommand(String testCommand) {
        return new TestRequest(attributes.with(TEST_COMMAND, testCommand));
    }

    /** Whether coverage is measured; false by default. */
    public boolean coverage() {
        return attributes.get(COVERAGE);
    }

    /** Sets whether coverage is measured. */
    public TestRequest coverage(boolean coverage) {
        return new TestRequest(attributes.with(COVERAGE, coverage));
    }
}
