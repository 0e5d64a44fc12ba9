package io.synapse.sdk.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.synapse.sdk.Operation;
import io.synapse.sdk.agent.AgentClient;
import io.synapse.sdk.embedded.EmbeddedAgent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The published jars work as modules: nothing they need is missing from their module-info. */
@Timeout(120)
class ModulePathIT {
    /** The quickstart, after saying which modules it runs on. */
    public static final class Program {
        private Program() {}

        /** Runs it. */
        public static void main(String[] arguments) {
            System.out.println(Operation.class.getModule());
            System.out.println(AgentClient.class.getModule());
            System.out.println(EmbeddedAgent.class.getModule());
            Quickstart.main(arguments);
        }
    }

    @Test
    void theQuickstartRunsOnTheModulePath() throws IOException, InterruptedException {
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--module-path",
                        Files.readString(Path.of("target", "class-path.txt")),
                        "--add-modules",
                        "ALL-MODULE-PATH",
                        "-cp",
                        "target/classes:target/test-classes",
                        Program.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(output)
                .contains("module io.synapse.sdk.core\nmodule io.synapse.sdk.agent\nmodule io.synapse.sdk.embedded\n")
                .contains("SUCCEEDED");
        assertThat(program.waitFor()).isZero();
    }
}
