package io.synapse.sdk.it.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.synapse.sdk.AuthorizationException;
import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.ConflictException;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.agent.AgentClient;
import io.synapse.sdk.container.Container;
import io.synapse.sdk.container.ContainerFilter;
import io.synapse.sdk.container.ContainerRequest;
import io.synapse.sdk.container.ContainerStatus;
import io.synapse.sdk.container.ContainerUpdate;
import io.synapse.sdk.container.DockerContainer;
import io.synapse.sdk.container.DockerContainerRequest;
import io.synapse.sdk.docker.ContainerLimits;
import io.synapse.sdk.embedded.Clients;
import io.synapse.sdk.embedded.EmbeddedAgent;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a container that is made, asked for again, changed, stopped, removed or deleted. */
@WithDockerEngine
@Timeout(180)
@Tag("one-jdk")
class ContainersIT {
    @TempDir
    private Path folder;

    private EmbeddedAgent agent;
    private AgentClient client;

    @BeforeEach
    void startAgent(DockerEngine engine) throws Exception {
        agent = EmbeddedAgent.builder()
                .dockerHost(engine.host())
                .gradioBaseImage(engine.baseImage())
                .pluginDirectory(Files.createDirectory(folder.resolve("plugins")))
                .containerLimits(ContainerLimits.DEFAULT
                        .memoryBytes(512L << 20)
                        .cpus(0.5)
                        .pids(64))
                .start();
        client = Clients.of(agent);
    }

    @AfterEach
    void stopAgent() {
        client.close();
        agent.close();
    }

    @Test
    void anArchiveBecomesAPageAndAskingAgainRestartsIt() throws Exception {
        Plugin plugin = Plugin.quick("echo", "1.0.0");

        Container made = client.createContainer(ContainerRequest.ofArchive(plugin.zipInto(folder))
                .model(7)
                .params(Map.of("a", 1))
                .envs(Map.of("GREETING", "hello"))
                .metadata(Map.of("team", "vision"))
                .labels(List.of("x", "y")));

        assertThat(made.restarted()).isFalse();
        assertThat(made.status()).hasToString("running");
        assertThat(made.pluginRelease()).isEqualTo(plugin.reference());
        assertThat(made.image()).isEqualTo("synapse-plugin-echo-1-0-0");
        assertThat(made.hostPort()).isBetween(7860, 8860);
        assertThat(made.endpoint()).isEqualTo("http://127.0.0.1:" + made.hostPort());
        assertThat(page(made).text()).isEqualTo("{\"a\":1}hello");

        Container again = client.createContainer(
                ContainerRequest.ofRelease(plugin.reference()).model(7));

        assertThat(again.restarted()).isTrue();
        assertThat(again.id()).isEqualTo(made.id());
        assertThat(dockerId(again)).isEqualTo(dockerId(made));
        assertThat(page(again).text()).isEqualTo("{\"a\":1}hello");
        assertThat(client.listAllContainers())
                .singleElement()
                .satisfies(listed -> assertThat(listed.id()).isEqualTo(made.id()));
    }

    @Test
    void aGradioPageIsServedAndPredictsWithItsParameters() throws Exception {
        Plugin plugin = Plugin.gradio("scale", "1");

        Page page = page(client.createContainer(
                ContainerRequest.ofArchive(plugin.zipInto(folder)).params(Map.of("factor", 3))));

        assertThat(page.text()).contains("gradio").contains("Scale");
        String event = page.post("/gradio_api/call/scale", "{\"data\": [14]}")
                .body()
                .replaceAll(".*\"event_id\":\\s*\"([^\"]+)\".*", "$1");
        assertThat(page.get("/gradio_api/call/scale/" + event).body())
                .contains("event: complete")
                .contains("[42]");
    }

    @Test
    void aContainerIsKeptWithinItsLimits() throws Exception {
        Container made = create(Plugin.quick("limits", "1"));

        Map<?, ?> limits = (Map<?, ?>) client.getContainer(made.id()).attrs().get("HostConfig");

        assertThat(limits.get("Memory")).isEqualTo(512 << 20);
        assertThat(limits.get("MemorySwap")).isEqualTo(512 << 20);
        assertThat(limits.get("NanoCpus")).isEqualTo(500_000_000);
        assertThat(limits.get("PidsLimit")).isEqualTo(64);
        assertThat(limits.get("CapDrop")).isEqualTo(List.of("ALL"));
        assertThat(limits.get("SecurityOpt")).isEqualTo(List.of("no-new-privileges"));
    }

    @Test
    void anotherModelGetsAContainerAndAPortOfItsOwn() throws Exception {
        Container first = create(Plugin.quick("models", "1"));

        Container second =
                client.createContainer(ContainerRequest.ofRelease("models@1").model(2));

        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(second.hostPort()).isNotEqualTo(first.hostPort());
        assertThat(page(first).text()).isEqualTo("{}");
        assertThat(page(second).text()).isEqualTo("{}");
    }

    @Test
    void otherParametersMakeAnotherContainerOfTheSameRecord() throws Exception {
        Container before = create(Plugin.quick("changed", "1"));

        Container after =
                client.createContainer(ContainerRequest.ofRelease("changed@1").params(Map.of("b", 2)));

        assertThat(after.id()).isEqualTo(before.id());
        assertThat(dockerId(after)).isNotEqualTo(dockerId(before));
        assertThat(after.restarted()).isFalse();
        assertThat(page(after).text()).isEqualTo("{\"b\":2}");
        assertThat(client.listDockerContainers())
                .noneMatch(found -> dockerId(before).equals(found.id()));
    }

    @Test
    void anArchiveWithOtherFilesTakesThePlaceOfTheOneBefore() throws Exception {
        Plugin plugin = Plugin.quick("edited", "1");
        Container before = create(plugin);

        Container after = create(plugin.with("plugin/more.py", "x = 1"));

        assertThat(after.id()).isEqualTo(before.id());
        assertThat(after.restarted()).isFalse();
        assertThat(dockerId(after)).isNotEqualTo(dockerId(before));
    }

    @Test
    void aContainerThatWasRemovedByHandIsMadeAnew(DockerEngine engine) throws Exception {
        Container before = create(Plugin.quick("removed", "1"));
        engine.docker("rm", "--force", dockerId(before));

        Container missing = client.getContainer(before.id());
        assertThat(missing.status()).hasToString("removed");
        assertThat(missing.endpoint()).isNull();
        assertThat(missing.hostPort()).isNull();

        Container anew = client.createContainer(ContainerRequest.ofRelease("removed@1"));
        assertThat(anew.id()).isEqualTo(before.id());
        assertThat(anew.restarted()).isFalse();
        assertThat(anew.rebuilt()).isTrue();
        assertThat(anew.additionalProperties())
                .containsEntry("detail", "its container was removed outside of this agent");
        assertThat(page(anew).text()).isEqualTo("{}");
    }

    @Test
    void aContainerThatDiedIsNotCalledRunning(DockerEngine engine) throws Exception {
        Container made = create(Plugin.quick("died", "1"));
        engine.docker("kill", dockerId(made));

        Container dead = client.getContainer(made.id());
        assertThat(dead.status()).hasToString("exited");
        assertThat(dead.endpoint()).isNull();
        assertThat(dead.error()).contains("ended with exit code 137").contains("serving");

        Container again = client.createContainer(ContainerRequest.ofRelease("died@1"));
        assertThat(again.restarted()).isTrue();
        assertThat(page(again).text()).isEqualTo("{}");
    }

    @Test
    void aContainerIsStoppedAndStartedByItsStatus() throws Exception {
        Container made = create(Plugin.quick("toggled", "1"));

        Container stopped = client.updateContainer(made.id(), ContainerUpdate.of(ContainerStatus.STOPPED));
        assertThat(stopped.status()).isEqualTo(ContainerStatus.STOPPED);
        assertThat(stopped.endpoint()).isNull();
        assertThat(client.getDockerContainer(made.containerId()).state()).isEqualTo("exited");
        assertThat(client.listContainers(ContainerFilter.status(ContainerStatus.STOPPED))
                        .results())
                .hasSize(1);
        assertThat(client.listContainers(ContainerFilter.status(ContainerStatus.RUNNING))
                        .results())
                .isEmpty();

        Container started = client.updateContainer(made.id(), ContainerUpdate.of(ContainerStatus.RUNNING));
        assertThat(started.status()).isEqualTo(ContainerStatus.RUNNING);
        assertThat(started.containerId()).isEqualTo(made.containerId());
        assertThat(page(started).text()).isEqualTo("{}");
        assertThat(client.updateContainer(made.id(), ContainerUpdate.of(ContainerStatus.RUNNING))
                        .updatedAt())
                .as("what runs is left alone")
                .isEqualTo(started.updatedAt());

        client.stopDockerContainer(made.containerId());
        assertThat(client.getContainer(made.id()).status()).isEqualTo(ContainerStatus.STOPPED);

        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(() -> client.updateContainer(made.id(), ContainerUpdate.of(ContainerStatus.REMOVED)))
                .withMessageContaining("running or stopped");
    }

    @Test
    void aContainerWhosePortWasTakenWhileItRestedGetsAnother() throws Exception {
        Container made = create(Plugin.quick("evicted", "1"));
        client.updateContainer(made.id(), ContainerUpdate.of(ContainerStatus.STOPPED));
        try (ServerSocket squatter = new ServerSocket()) {
            squatter.setReuseAddress(true);
            squatter.bind(new InetSocketAddress("127.0.0.1", made.hostPort()));

            Container anew = client.createContainer(ContainerRequest.ofRelease("evicted@1"));

            assertThat(anew.id()).isEqualTo(made.id());
            assertThat(anew.hostPort()).isNotEqualTo(made.hostPort());
            assertThat(anew.rebuilt()).isTrue();
            assertThat(page(anew).text()).isEqualTo("{}");
        }
    }

    @Test
    void aReleaseWithContainersIsKept() throws Exception {
        Container made = create(Plugin.quick("kept", "1"));

        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> client.deletePluginRelease("kept@1"))
                .withMessageContaining("container " + made.id());
        client.deleteContainer(made.id());
        client.deletePluginRelease("kept@1");

        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> client.getPluginRelease("kept@1"));
    }

    @Test
    void aDeletedContainerIsGone(DockerEngine engine) throws Exception {
        Container made = create(Plugin.quick("deleted", "1"));

        client.deleteContainer(made.id());

        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> client.getContainer(made.id()));
        assertThat(engine.docker("ps", "--all", "--quiet", "--no-trunc")).doesNotContain(dockerId(made));
    }

    @Test
    void aPortOnWhichSomethingListensIsSkipped() throws Exception {
        try (ServerSocket listener = new ServerSocket()) {
            listener.bind(new InetSocketAddress("127.0.0.1", firstFreePort()));

            Container made = create(Plugin.quick("skipped", "1"));

            assertThat(made.hostPort()).isGreaterThan(listener.getLocalPort());
            assertThat(page(made).text()).isEqualTo("{}");
        }
    }

    @Test
    void pluginsComeFromTheFolderToo() throws Exception {
        Plugin.quick("unpacked", "1").unpackedInto(folder.resolve("plugins"));
        Plugin.quick("zipped", "2").zipInto(folder.resolve("plugins"));

        assertThat(page(client.createContainer(ContainerRequest.ofRelease("unpacked@1")))
                        .text())
                .isEqualTo("{}");
        assertThat(page(client.createContainer(ContainerRequest.ofRelease("zipped@2")))
                        .text())
                .isEqualTo("{}");
    }

    @Test
    void aReleaseWithoutFilesIsRefusedNamingBothWays() {
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> client.createContainer(ContainerRequest.ofRelease("nowhere@1")))
                .withMessageContaining("nowhere@1")
                .withMessageContaining("archive")
                .withMessageContaining("--plugin-dir");
        assertThat(client.listAllContainers()).isEmpty();
    }

    @Test
    void parametersThatNoProcessCanTakeAreRefused() throws Exception {
        ContainerRequest request =
                ContainerRequest.ofArchive(Plugin.quick("huge", "1").zipInto(folder));

        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(() -> client.createContainer(request.params(Map.of("text", "x".repeat(140_000)))))
                .withMessageContaining("params is too long");
        assertThat(client.listAllContainers()).isEmpty();
    }

    @Test
    void aRawContainerRunsARelease() throws Exception {
        Plugin plugin = Plugin.quick("raw", "1");
        plugin.unpackedInto(folder.resolve("plugins"));

        DockerContainer made = client.createDockerContainer(
                DockerContainerRequest.of(plugin.reference()).params(Map.of("c", 3)));
        assertThat(client.getDockerContainer(made.id()).state()).isEqualTo("running");
        client.stopDockerContainer(made.id());
        assertThat(client.getDockerContainer(made.id()).state()).isEqualTo("exited");
        client.startDockerContainer(made.id());
        assertThat(client.getDockerContainer(made.id()).state()).isEqualTo("running");
        client.deleteDockerContainer(made.id());

        assertThat(client.listDockerContainers()).noneMatch(found -> made.id().equals(found.id()));
        assertThat(client.listAllContainers()).isEmpty();
    }

    @Test
    void containersOfOthersAreShownAndLeftAlone(DockerEngine engine) throws Exception {
        String foreign = engine.docker("run", "--detach", engine.baseImage(), "sleep", "1000");

        assertThat(client.listDockerContainers()).anyMatch(found -> foreign.equals(found.id()));
        assertThatExceptionOfType(AuthorizationException.class).isThrownBy(() -> client.deleteDockerContainer(foreign));
        assertThatExceptionOfType(AuthorizationException.class).isThrownBy(() -> client.stopDockerContainer(foreign));
        agent.close();

        assertThat(engine.docker("inspect", "--format", "{{.State.Running}}", foreign))
                .isEqualTo("true");
        engine.docker("rm", "--force", foreign);
    }

    @Test
    void anAgentWithoutADirectoryOfItsOwnLeavesNoContainer(DockerEngine engine) throws Exception {
        Container made = create(Plugin.quick("temporary", "1"));

        agent.close();

        assertThat(engine.docker("ps", "--all", "--quiet", "--no-trunc")).doesNotContain(dockerId(made));
    }

    private Container create(Plugin plugin) throws Exception {
        return client.createContainer(ContainerRequest.ofArchive(plugin.zipInto(folder)));
    }

    private static Page page(Container container) {
        return Page.of(container.endpoint());
    }

    private static String dockerId(Container container) {
        return container.containerId();
    }

    /** The one that the agent would take next. */
    private static int firstFreePort() throws Exception {
        for (int port = 7860; ; port++) {
            try (ServerSocket probe = new ServerSocket()) {
                probe.bind(new InetSocketAddress(port));
                return port;
            } catch (java.net.BindException e) {
                // somebody else's
            }
        }
    }
}
