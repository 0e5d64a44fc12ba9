package io.synapse.sdk.it.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.synapse.sdk.gateway.Analysis;
import io.synapse.sdk.gateway.AnalysisRequest;
import io.synapse.sdk.gateway.CodeRequest;
import io.synapse.sdk.gateway.CodeReview;
import io.synapse.sdk.gateway.GeneratedCode;
import io.synapse.sdk.gateway.Plan;
import io.synapse.sdk.gateway.PlanRequest;
import io.synapse.sdk.gateway.ReviewRequest;
import io.synapse.sdk.gateway.server.EmbeddedGateway;
import io.synapse.sdk.gateway.server.GatewayAgent;
import io.synapse.sdk.gateway.server.RuleAgent;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A program that reads a workflow is killed, and the next one goes on (wire/gateway.md, section 11, row 9). */
@Timeout(120)
@Tag("one-jdk")
class KilledReaderIT {
    @TempDir
    Path checkpoints;

    /** By rules, after a while, so that there is a time in which the reader waits. */
    private static final class SlowAgent implements GatewayAgent {
        private final RuleAgent rules = new RuleAgent();
        private final AtomicInteger plans = new AtomicInteger();

        @Override
        public String source() {
            return rules.source();
        }

        @Override
        public Plan plan(PlanRequest request, Consumer<String> pieces) throws InterruptedException {
            plans.incrementAndGet();
            TimeUnit.MILLISECONDS.sleep(400);
            return rules.plan(request, pieces);
        }

        @Override
        public GeneratedCode generateCode(CodeRequest request, Consumer<String> pieces) throws InterruptedException {
            TimeUnit.MILLISECONDS.sleep(400);
            return rules.generateCode(request, pieces);
        }

        @Override
        public Analysis analyze(AnalysisRequest request, Consumer<String> pieces) throws InterruptedException {
            TimeUnit.MILLISECONDS.sleep(400);
            return rules.analyze(request, pieces);
        }

        @Override
        public CodeReview review(ReviewRequest request, Consumer<String> pieces) throws InterruptedException {
            TimeUnit.MILLISECONDS.sleep(400);
            return rules.review(request, pieces);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 7})
    void whatAReaderWasGivenBeforeItWasKilledIsNotGivenAgain(int handled) throws Exception {
        SlowAgent agent = new SlowAgent();
        try (EmbeddedGateway gateway =
                EmbeddedGateway.builder().agent(agent).allowCommands(true).start()) {
            List<String> before = new ArrayList<>();
            Process killed = reader(gateway);
            try (BufferedReader lines = killed.inputReader()) {
                while (before.size() < handled) {
                    before.add(lines.readLine());
                }
                killed.toHandle().destroyForcibly(); // which leaves what was printed to be read
                lines.lines().forEach(before::add);
                killed.waitFor();
            }

            List<String> after;
            Process restarted = reader(gateway);
            try (BufferedReader lines = restarted.inputReader()) {
                after = lines.lines().toList();
            }

            assertThat(restarted.waitFor()).isZero();
            int again = after.get(0).equals(before.get(before.size() - 1)) ? 1 : 0; // killed while it handled this one
            assertThat(Stream.concat(before.stream(), after.stream().skip(again)))
                    .containsExactly(
                            "Started",
                            "started plan",
                            "completed plan",
                            "started analyze",
                            "completed analyze",
                            "started generate_code",
                            "completed generate_code",
                            "started review",
                            "completed review",
                            "started execute",
                            "completed execute",
                            "Completed");
            assertThat(agent.plans).hasValue(1);
        }
    }

    @Test
    void aWorkflowThatIsCompleteIsBegunAnew() throws Exception {
        SlowAgent agent = new SlowAgent();
        try (EmbeddedGateway gateway =
                EmbeddedGateway.builder().agent(agent).allowCommands(true).start()) {
            for (int run = 1; run <= 2; run++) {
                try (BufferedReader lines = reader(gateway).inputReader()) {
                    assertThat(lines.lines()).hasSize(12);
                }
                assertThat(agent.plans).hasValue(run);
            }
            assertThat(checkpoints).isEmptyDirectory();
        }
    }

    private Process reader(EmbeddedGateway gateway) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ReaderProgram.class.getName(),
                        gateway.baseUrl().toString(),
                        gateway.token(),
                        checkpoints.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
