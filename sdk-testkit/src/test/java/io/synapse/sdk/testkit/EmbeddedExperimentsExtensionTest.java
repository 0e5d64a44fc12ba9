package io.synapse.sdk.testkit;

import static io.synapse.sdk.testkit.LaunchedTests.assertNobodyAt;
import static io.synapse.sdk.testkit.LaunchedTests.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.synapse.sdk.agent.AgentClient;
import io.synapse.sdk.experiment.AsyncExperimentClient;
import io.synapse.sdk.experiment.Device;
import io.synapse.sdk.experiment.ExperimentClient;
import io.synapse.sdk.experiment.ExperimentStatus;
import io.synapse.sdk.experiment.ExperimentSubmission;
import io.synapse.sdk.experiment.Sweep;
import io.synapse.sdk.experiments.EmbeddedExperiments;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.launcher.listeners.TestExecutionSummary.Failure;

/** The extension inside runs of JUnit, looked at from outside; what it shares with that of agents is tested there. */
class EmbeddedExperimentsExtensionTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Set<EmbeddedExperiments> SERVERS = ConcurrentHashMap.newKeySet();
    private static final Set<FaultProxy> PROXIES = ConcurrentHashMap.newKeySet();
    private static final Set<ExperimentClient> CLIENTS = ConcurrentHashMap.newKeySet();

    @BeforeEach
    void forget() {
        SERVERS.clear();
        PROXIES.clear();
        CLIENTS.clear();
    }

    @Test
    void givesAClassOneServerAndEachTestClientsAndAProxy() {
        run(3, Map.of(), Plain.class);

        assertThat(SERVERS).hasSize(1);
        assertThat(PROXIES).hasSize(2);
        assertAllClosed();
    }

    @Test
    void startsWorkersThatRunJobsAndNestedClassesShareThem() {
        run(2, Map.of(), Trained.class);

        assertThat(SERVERS).hasSize(1);
        assertAllClosed();
    }

    @Test
    void startsServersAndWorkersAsItIsTold() {
        run(1, Map.of(), Configured.class);

        assertThat(SERVERS).extracting(EmbeddedExperiments::token).containsExactly("chosen");
        assertAllClosed();
    }

    @Test
    void givesEachTestAServerOfItsOwnFromAFieldOfTheInstance() {
        run(2, Map.of(), OfItsOwn.class);

        assertThat(SERVERS).hasSize(2);
        assertAllClosed();
    }

    @Test
    void standsBesideTheExtensionOfAgents() {
        run(1, Map.of(), Both.class);

        assertAllClosed();
    }

    @ParameterizedTest
    @ValueSource(classes = {CommandWithoutWorkers.class, WorkersWithoutCommand.class, FewerThanNone.class, Other.class})
    void refusesAnAnnotationThatDoesNotFit(Class<?> unfit) {
        assertThat(LaunchedTests.summary(Map.of(), unfit).getFailures())
                .extracting(Failure::getException)
                .singleElement()
                .asString()
                .contains("ExtensionConfigurationException", "@io.synapse.sdk.testkit.WithExperiments(");
    }

    @Test
    void closesTheServerOfWorkersThatCannotStart() {
        assertThat(LaunchedTests.summary(Map.of(), Unstartable.class).getTotalFailureCount())
                .isEqualTo(1);

        assertThat(SERVERS).hasSize(1);
        assertAllClosed();
    }

    @Test
    void refusesFewerWorkersThanNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EmbeddedExperimentsExtension().withWorkers(-1, worker -> worker));
    }

    private static void assertAllClosed() {
        assertThat(SERVERS).isNotEmpty().allSatisfy(server -> assertNobodyAt(server.baseUrl()));
        assertThat(PROXIES).allSatisfy(proxy -> assertNobodyAt(proxy.uri()));
        assertThat(CLIENTS)
                .allSatisfy(client -> assertThatThrownBy(client::getServer)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("closed"));
    }

    private static void seen(EmbeddedExperiments server, ExperimentClient client) {
        SERVERS.add(server);
        CLIENTS.add(client);
    }

    private static List<String> hosts(ExperimentClient client) {
        return client.listDevices().stream().map(Device::hostId).sorted().toList();
    }

    @WithExperiments
    static class Plain {
        @RepeatedTest(2)
        void goesThroughTheProxy(
                EmbeddedExperiments server, ExperimentClient client, AsyncExperimentClient async, FaultProxy proxy) {
            seen(server, client);
            PROXIES.add(proxy);
            client.getServer();
            async.getServer().join();
            assertThat(proxy.requests()).hasToString("[GET /api/, GET /api/]");
        }

        @Test
        void hasNoWorkers(EmbeddedExperiments server, ExperimentClient client) {
            seen(server, client);
            assertThat(client.listDevices()).isEmpty();
        }
    }

    @WithExperiments(
            workers = 2,
            command = {
                "sh",
                "-c",
                "mkdir -p logs/demo && printf 'step,loss\\n0,0.5\\n' >logs/demo/$SYNAPSE_EXPERIMENT_UID.csv"
            })
    static class Trained {
        @Test
        void trains(EmbeddedExperiments server, ExperimentClient client) {
            seen(server, client);
            Sweep sweep = client.submitSweep(
                    ExperimentSubmission.ofConfig("lr: [0.1, 0.2, 0.3]\n").project("demo"));
            assertThat(sweep.jobs()).hasSize(3).allSatisfy(job -> {
                String uid = job.experimentUid();
                assertThat(client.waitForExperiment(uid, PATIENCE).status()).isEqualTo(ExperimentStatus.COMPLETED);
                assertThat(client.getMetrics("demo", uid).rows()).containsExactly(Map.of("step", 0.0, "loss", 0.5));
            });
        }

        @Nested
        class Inner {
            @Test
            void sharesTheServer(EmbeddedExperiments server, ExperimentClient client) {
                seen(server, client);
                await().atMost(PATIENCE).until(() -> hosts(client).equals(List.of("worker-1", "worker-2")));
            }
        }
    }

    static class Configured {
        @RegisterExtension
        static final EmbeddedExperimentsExtension EXPERIMENTS = EmbeddedExperimentsExtension.of(
                        () -> EmbeddedExperiments.builder().token("chosen").start())
                .withWorkers(1, worker -> worker.command("true").hostId("own"));

        @Test
        void runsOnTheChosenServer(EmbeddedExperiments server, ExperimentClient client) {
            seen(server, client);
            await().atMost(PATIENCE).until(() -> hosts(client).equals(List.of("own")));
        }
    }

    static class OfItsOwn {
        @RegisterExtension
        final EmbeddedExperimentsExtension experiments = EmbeddedExperimentsExtension.of(EmbeddedExperiments::start);

        @RepeatedTest(2)
        void findsNoProject(EmbeddedExperiments server, ExperimentClient client) {
            seen(server, client);
            assertThat(client.listExperimentJobs()).isEmpty();
            client.submitExperiment(ExperimentSubmission.ofConfig("lr: 0.1\n").project("demo"));
        }
    }

    @WithExperiments
    @WithEmbeddedAgent
    static class Both {
        @Test
        void hasBoth(AgentClient agent, EmbeddedExperiments server, ExperimentClient client) {
            seen(server, client);
            agent.healthCheck();
            client.getServer();
        }
    }

    static class Unstartable {
        @RegisterExtension
        static final EmbeddedExperimentsExtension EXPERIMENTS = EmbeddedExperimentsExtension.of(() -> {
                    EmbeddedExperiments server = EmbeddedExperiments.start();
                    SERVERS.add(server);
                    return server;
                })
                .withWorkers(2, worker -> worker.hostId("../x"));

        @Test
        void isNotReached() {}
    }

    @WithExperiments(command = "true")
    static class CommandWithoutWorkers {
        @Test
        void isNotReached() {}
    }

    @WithExperiments(workers = 1)
    static class WorkersWithoutCommand {
        @Test
        void isNotReached() {}
    }

    @WithExperiments(workers = -1, command = "true")
    static class FewerThanNone {
        @Test
        void isNotReached() {}
    }

    @WithExperiments
    static class Other {
        @Nested
        @WithExperiments(workers = 1, command = "true")
        class Inner {
            @Test
            void isNotReached() {}
        }
    }
}
