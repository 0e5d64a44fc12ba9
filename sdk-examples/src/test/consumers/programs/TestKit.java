import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.synapse.sdk.JobStatus;
import io.synapse.sdk.agent.AgentClient;
import io.synapse.sdk.embedded.EmbeddedAgent;
import io.synapse.sdk.experiment.ExperimentClient;
import io.synapse.sdk.experiment.ExperimentJob;
import io.synapse.sdk.experiment.ExperimentStatus;
import io.synapse.sdk.experiment.ExperimentSubmission;
import io.synapse.sdk.experiments.EmbeddedExperiments;
import io.synapse.sdk.job.JobSubmission;
import io.synapse.sdk.testkit.Fault;
import io.synapse.sdk.testkit.FaultProxy;
import io.synapse.sdk.testkit.WithEmbeddedAgent;
import io.synapse.sdk.testkit.WithExperiments;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs test classes that the test kit gives an agent or an experiment server, on the JUnit that the project has. */
final class TestKit {
    private static final Set<URI> ADDRESSES = new LinkedHashSet<>();
    private static final Set<AgentClient> CLIENTS = new LinkedHashSet<>();

    @WithEmbeddedAgent
    static class JobsTest {
        private final FaultProxy ofConstructor;

        JobsTest(EmbeddedAgent agent, FaultProxy proxy) {
            ofConstructor = proxy;
            ADDRESSES.add(agent.baseUrl());
            ADDRESSES.add(proxy.uri());
        }

        @Test
        void aJobRuns(AgentClient client) {
            CLIENTS.add(client);
            String id = client.submitJob(JobSubmission.of("exit 0"));
            assertEquals(JobStatus.SUCCEEDED, client.waitForJob(id, Duration.ofMinutes(1)).status());
        }

        @RepeatedTest(2)
        void aFaultIsThisTestsOnly(FaultProxy proxy, AgentClient client) {
            CLIENTS.add(client);
            assertSame(ofConstructor, proxy);
            proxy.next(Fault.status(503));
            client.healthCheck();
            assertEquals(2, proxy.requests().size());
        }
    }

    @WithExperiments(workers = 1, command = "true")
    static class ExperimentsTest {
        @Test
        void aWorkerRunsAJob(EmbeddedExperiments server, ExperimentClient client) {
            ADDRESSES.add(server.baseUrl());
            ExperimentJob job = client.submitExperiment(ExperimentSubmission.ofConfig("lr: 0.1\n").project("demo"));
            job = client.waitForExperiment(job.experimentUid(), Duration.ofMinutes(1));
            assertEquals(ExperimentStatus.COMPLETED, job.status());
        }
    }

    public static void main(String[] arguments) throws IOException {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(JobsTest.class), selectClass(ExperimentsTest.class))
                                .build(),
                        listener);
        TestExecutionSummary summary = listener.getSummary();
        summary.getFailures().forEach(failure -> failure.getException().printStackTrace(System.out));
        System.out.println(jar(ExtendWith.class) + ": " + summary.getTestsSucceededCount() + " succeeded, "
                + summary.getTotalFailureCount() + " failed");

        // One agent, for each of its three tests a proxy and a client, and one experiment server.
        assertEquals(5, ADDRESSES.size());
        assertEquals(3, CLIENTS.size());
        for (URI address : ADDRESSES) {
            assertThrows(ConnectException.class, () -> new Socket(address.getHost(), address.getPort()).close());
        }
        CLIENTS.forEach(client -> assertThrows(IllegalStateException.class, client::healthCheck));
        System.out.println("all closed");
    }

    private static String jar(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .getFileName()
                .toString();
    }
}
