package io.synapse.sdk.it.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.synapse.sdk.JobStatus;
import io.synapse.sdk.LogStream;
import io.synapse.sdk.TailOptions;
import io.synapse.sdk.TailProtocol;
import io.synapse.sdk.agent.AgentClient;
import io.synapse.sdk.container.BuildFailedException;
import io.synapse.sdk.container.BuildStatus;
import io.synapse.sdk.container.Container;
import io.synapse.sdk.container.ContainerRequest;
import io.synapse.sdk.container.ContainerStatus;
import io.synapse.sdk.embedded.Clients;
import io.synapse.sdk.embedded.EmbeddedAgent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Builds that are followed, that fail, and that are given up. */
@WithDockerEngine
@Timeout(180)
@Tag("one-jdk")
class BuildsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private EmbeddedAgent agent;
    private AgentClient client;

    @BeforeEach
    void startAgent(DockerEngine engine) throws Exception {
        agent = EmbeddedAgent.builder()
                .dockerHost(engine.host())
                .gradioBaseImage(engine.baseImage())
                .start();
        client = Clients.of(agent);
    }

    @AfterEach
    void stopAgent() {
        client.close();
        agent.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "http"})
    void aBuildIsFollowedWhileItGoesOn(String protocol, DockerEngine engine) throws Exception {
        Set<String> before = containers(engine);
        String build = begin(Plugin.slowToBuild("followed-" + protocol, "1"));
        TailOptions options = TailOptions.DEFAULT.protocol(TailProtocol.of(protocol));
        List<String> lines = new ArrayList<>();

        try (LogStream log = client.tailBuildLogs(build, options)) {
            for (String line : log) {
                lines.add(line);
                if (line.contains("Processing ./slow")) { // so it is seen while the build goes on
                    client.cancelBuild(build);
                }
            }
            assertThat(log.finalStatus()).contains(JobStatus.STOPPED);
        }

        assertThat(lines).anyMatch(line -> line.startsWith("Step 1/"));
        assertThat(String.join("\n", lines) + "\n").isEqualTo(client.getBuildLogs(build));
        assertThat(client.getBuildStatus(build).status()).isEqualTo(BuildStatus.CANCELLED);
        assertThat(client.listAllContainers()).singleElement().satisfies(record -> {
            assertThat(record.status()).isEqualTo(ContainerStatus.FAILED);
            assertThat(record.error()).isEqualTo("the build was cancelled");
        });
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(containers(engine)).isSubsetOf(before));
    }

    @Test
    void whoDoesNotWaitLearnsTheResultFromTheBuild() throws Exception {
        String build = begin(Plugin.quick("later", "1"));

        Container made = client.waitForBuild(build, PATIENCE);

        assertThat(made.restarted()).isFalse();
        assertThat(Page.of(made.endpoint()).text()).isEqualTo("{}");
        assertThat(client.getBuildStatus(build).result()).isEqualTo(made);
        try (LogStream log = client.tailBuildLogs(build)) {
            assertThat(log.stream().toList()).anyMatch(line -> line.startsWith("started container "));
            assertThat(log.finalStatus()).contains(JobStatus.SUCCEEDED);
        }
    }

    /** After 8 s the agent names the build in place of the container. */
    @Test
    void whoWaitsGetsTheContainerHoweverLongTheBuildTakes() throws Exception {
        String setup = "import setuptools, time\ntime.sleep(9)\nsetuptools.setup(name='local')\n";

        Container made = create(
                Plugin.quick("long", "1").with("requirements.txt", "./local\n").with("local/setup.py", setup));

        assertThat(made.restarted()).isFalse();
        assertThat(Page.of(made.endpoint()).text()).isEqualTo("{}");
    }

    @Test
    void requirementsThatCannotBeHadFailTheBuildWithPipsWords(DockerEngine engine) throws Exception {
        Set<String> before = containers(engine);
        Plugin plugin = Plugin.quick("unmet", "1").with("requirements.txt", "synapse-there-is-no-such-package==9\n");

        assertThatExceptionOfType(BuildFailedException.class)
                .isThrownBy(() -> create(plugin))
                .withMessageContaining("No matching distribution found for synapse-there-is-no-such-package==9")
                .satisfies(failed -> assertThat(failed.build().status()).isEqualTo(BuildStatus.FAILED));

        assertThat(client.listAllContainers()).singleElement().satisfies(record -> {
            assertThat(record.status()).isEqualTo(ContainerStatus.FAILED);
            assertThat(record.error()).contains("No matching distribution found");
            assertThat(record.endpoint()).isNull();
            assertThat(record.hostPort()).isNull();
        });
        assertThat(containers(engine)).isSubsetOf(before);
    }

    @Test
    void aPluginThatCrashesAtItsStartIsNotCalledRunning(DockerEngine engine) throws Exception {
        Set<String> before = containers(engine);
        Plugin plugin = Plugin.of("crashing", "1", "print('here it comes')\nimport no_such_module\n");

        assertThatExceptionOfType(BuildFailedException.class)
                .isThrownBy(() -> create(plugin))
                .withMessageContaining("No module named")
                .satisfies(failed -> assertThat(failed.build().error())
                        .contains("the plugin ended with exit code 1")
                        .contains("here it comes"));

        assertThat(client.listAllContainers()).singleElement().satisfies(record -> {
            assertThat(record.status()).isEqualTo(ContainerStatus.FAILED);
            assertThat(record.error()).contains("No module named 'no_such_module'");
            assertThat(record.endpoint()).isNull();
        });
        assertThat(containers(engine)).isSubsetOf(before);

        Container mended = create(Plugin.quick("crashing", "1"));
        assertThat(Page.of(mended.endpoint()).text()).isEqualTo("{}");
    }

    @Test
    void aChangeThatCannotBeBuiltLeavesTheContainerThatRuns() throws Exception {
        Plugin plugin = Plugin.quick("changing", "1");
        Container running = create(plugin);

        assertThatExceptionOfType(BuildFailedException.class)
                .isThrownBy(() -> create(plugin.with("requirements.txt", "synapse-there-is-no-such-package==9\n")));

        assertThat(Page.of(running.endpoint()).text()).isEqualTo("{}");
        Container found = client.getContainer(running.id());
        assertThat(found.status()).isEqualTo(ContainerStatus.RUNNING);
        assertThat(found.containerId()).isEqualTo(running.containerId());
        assertThat(found.error()).contains("No matching distribution found");
    }

    @Test
    void aBuildThatWaitsForItsTurnIsCancelledAtOnceAndKeepsNobodyFromClosing() throws Exception {
        List<String> builds = new ArrayList<>();
        for (int model = 0; model < 10; model++) { // more than are built at once
            builds.add(begin(Plugin.slowToBuild("queued-" + model, "1")));
        }
        awaitInLog(builds.get(0), "Processing ./slow");

        client.cancelBuild(builds.get(9));
        assertThat(client.getBuildStatus(builds.get(9)).status()).isEqualTo(BuildStatus.CANCELLED);

        long start = System.nanoTime();
        agent.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void aBuildThatTakesTooLongHasFailed(DockerEngine engine) throws Exception {
        Set<String> before = containers(engine);
        try (EmbeddedAgent impatient = EmbeddedAgent.builder()
                        .dockerHost(engine.host())
                        .gradioBaseImage(engine.baseImage())
                        .buildTimeout(Duration.ofSeconds(3))
                        .start();
                AgentClient itsClient = Clients.of(impatient)) {
            String build = begin(itsClient, Plugin.slowToBuild("hanging", "1"));

            assertThatExceptionOfType(BuildFailedException.class)
                    .isThrownBy(() -> itsClient.waitForBuild(build, PATIENCE))
                    .withMessageContaining("the build took more than 3 s");
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(containers(engine)).isSubsetOf(before));
    }

    @Test
    void deletingAContainerEndsItsBuild(DockerEngine engine) throws Exception {
        Set<String> before = containers(engine);
        String build = begin(Plugin.slowToBuild("given-up", "1"));
        awaitInLog(build, "Processing ./slow");

        client.deleteContainer(client.listAllContainers().iterator().next().id());

        assertThat(client.listAllContainers()).isEmpty();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(containers(engine)).isSubsetOf(before));
    }

    @Test
    void theAgentsEndIsTheBuildsEnd(DockerEngine engine) throws Exception {
        Set<String> before = containers(engine);
        awaitInLog(begin(Plugin.slowToBuild("abandoned", "1")), "Processing ./slow");

        agent.close();

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(containers(engine)).isSubsetOf(before));
    }

    private void awaitInLog(String build, String words) {
        await().atMost(PATIENCE).until(() -> client.getBuildLogs(build).contains(words));
    }

    private String begin(Plugin plugin) throws Exception {
        return begin(client, plugin);
    }

    private String begin(AgentClient caller, Plugin plugin) throws Exception {
        return caller.createContainer(
                        ContainerRequest.ofArchive(plugin.zipInto(folder)).withoutWaiting())
                .buildId();
    }

    private Container create(Plugin plugin) throws Exception {
        return client.createContainer(ContainerRequest.ofArchive(plugin.zipInto(folder)));
    }

    /** All of the engine, those too in which images are built. */
    private static Set<String> containers(DockerEngine engine) throws Exception {
        return new TreeSet<>(engine.docker("ps", "--all", "--quiet").lines().toList());
    }
}
