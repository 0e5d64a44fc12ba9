package io.synapse.sdk.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.synapse.sdk.ClientListener;
import io.synapse.sdk.Operation;
import io.synapse.sdk.agent.AgentClient;
import io.synapse.sdk.embedded.EmbeddedAgent;
import io.synapse.sdk.job.JobSubmission;
import io.synapse.sdk.testkit.FaultProxy;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The published jars work as modules: nothing they need is missing from their module-info. */
@Timeout(120)
class ModulePathIT {
    /** The quickstart, after saying which modules it runs on, and how many requests a submission takes there. */
    public static final class Program {
        private Program() {}

        /** Runs it. */
        public static void main(String[] arguments) {
            System.out.println(Operation.class.getModule());
            System.out.println(AgentClient.class.getModule());
            System.out.println(EmbeddedAgent.class.getModule());
            System.out.println(FaultProxy.class.getModule());
            System.out.println("requests " + requestsOfOneSubmission());
            Quickstart.main(arguments);
        }

        /** One that could not read its answer would ask whether the job is there. The proxy needs no JUnit. */
        private static int requestsOfOneSubmission() {
            AtomicInteger requests = new AtomicInteger();
            ClientListener counting = new ClientListener() {
                @Override
                public void attemptFinished(Call call, Attempt attempt) {
                    requests.incrementAndGet();
                }
            };
            try (EmbeddedAgent agent = EmbeddedAgent.start();
                    FaultProxy proxy = FaultProxy.inFrontOf(agent.baseUrl());
                    AgentClient client = AgentClient.builder()
                            .baseUrl(proxy.uri())
                            .agentToken(agent.token())
                            .listener(counting)
                            .build()) {
                client.submitJob(JobSubmission.of("true"));
            }
            return requests.get();
        }
    }

    @Test
    void theQuickstartRunsOnTheModulePath() throws IOException, InterruptedException {
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--module-path",
                        Files.readString(Path.of("target", "class-path.txt")) + File.pathSeparator + testKit(),
                        "--add-modules",
                        "ALL-MODULE-PATH",
                        "-cp",
                        "target/classes:target/test-classes",
                        Program.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(output)
                .contains("module io.synapse.sdk.core\nmodule io.synapse.sdk.agent\nmodule io.synapse.sdk.embedded\n"
                        + "module io.synapse.sdk.testkit\n")
                .contains("\nrequests 1\n")
                .contains("SUCCEEDED");
        assertThat(program.waitFor()).isZero();
    }

    /** The jar, which is not among those that the examples run on. */
    private static String testKit() {
        return Path.of(FaultProxy.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .toString();
    }
}
