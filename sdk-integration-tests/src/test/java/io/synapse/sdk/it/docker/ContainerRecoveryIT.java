package io.synapse.sdk.it.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.synapse.sdk.ServerException;
import io.synapse.sdk.agent.AgentClient;
import io.synapse.sdk.container.Container;
import io.synapse.sdk.container.ContainerRequest;
import io.synapse.sdk.container.ContainerStatus;
import io.synapse.sdk.it.tail.Agent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Agents that are killed, and engines that go away: what is on record afterwards, and what is left in the engine. */
@WithDockerEngine
@Timeout(300)
@Tag("one-jdk")
class ContainerRecoveryIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    /** Moments of a creation, by the words in the log of its build that tell of them. */
    @ParameterizedTest
    @CsvSource({"building image", "Step 3/", "Successfully built", "started container"})
    void aKilledAgentLeavesNeitherOrphansNorLostPorts(String moment, DockerEngine engine) throws Exception {
        Plugin plugin = Plugin.of("killed-" + moment.replaceAll("\\W", ""), "1", "import time\ntime.sleep(3600)\n");
        Path directory = folder.resolve("data");
        Agent agent = start(engine, directory);
        try {
            try (AgentClient client = agent.client()) {
                client.async().createContainer(ContainerRequest.ofArchive(plugin.zipInto(folder)));
                await().atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(5))
                        .until(() -> log(directory).contains(moment));
            }
            agent.kill();
            agent.startAgain();

            try (AgentClient client = agent.client()) {
                assertThat(client.listAllContainers()).singleElement().satisfies(record -> {
                    assertThat(record.status()).isEqualTo(ContainerStatus.FAILED);
                    assertThat(record.error()).isEqualTo("the agent ended while it was being made");
                    assertThat(record.hostPort()).isNull();
                });
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(ours(engine, plugin)).isEmpty());
                Container next = client.createContainer(ContainerRequest.ofArchive(
                        Plugin.quick(plugin.code(), plugin.version()).zipInto(folder)));
                assertThat(Page.of(next.endpoint()).text()).isEqualTo("{}");
                client.deleteContainer(next.id());
            }
        } finally {
            agent.kill();
        }
    }

    @Test
    void aContainerOutlivesItsAgent(DockerEngine engine) throws Exception {
        Agent agent = start(engine, folder.resolve("data"));
        try {
            Container made;
            try (AgentClient client = agent.client()) {
                made = client.createContainer(ContainerRequest.ofArchive(
                        Plugin.quick("outliving", "1").zipInto(folder)));
            }
            agent.kill();
            assertThat(Page.of(made.endpoint()).text()).isEqualTo("{}");
            agent.startAgain();

            try (AgentClient client = agent.client()) {
                Container found = client.getContainer(made.id());
                assertThat(found.status()).isEqualTo(ContainerStatus.RUNNING);
                assertThat(found.containerId()).isEqualTo(made.containerId());
                assertThat(client.createContainer(ContainerRequest.ofRelease("outliving@1"))
                                .restarted())
                        .isTrue();
                client.deleteContainer(made.id());
            }
        } finally {
            agent.kill();
        }
    }

    @Test
    void aContainerWhoseRestartWasCutShortByAKillIsKept(DockerEngine engine) throws Exception {
        Agent agent = start(engine, folder.resolve("data"));
        try {
            Container made;
            try (AgentClient client = agent.client()) {
                made = client.createContainer(
                        ContainerRequest.ofArchive(Plugin.quick("waiting", "1").zipInto(folder)));
                for (int other = 0; other < 4; other++) { // so many are built at once
                    client.createContainer(ContainerRequest.ofArchive(
                                    Plugin.slowToBuild("slow-" + other, "1").zipInto(folder))
                            .withoutWaiting());
                }
                client.createContainer(ContainerRequest.ofRelease("waiting@1").withoutWaiting());
                assertThat(client.getContainer(made.id()).status()).hasToString("restarting");
            }
            agent.kill();
            agent.startAgain();

            try (AgentClient client = agent.client()) {
                Container found = client.getContainer(made.id());
                assertThat(found.status()).isEqualTo(ContainerStatus.RUNNING);
                assertThat(found.containerId()).isEqualTo(made.containerId());
                assertThat(Page.of(found.endpoint()).text()).isEqualTo("{}");
                client.deleteContainer(made.id());
            }
        } finally {
            agent.kill();
        }
    }

    @Test
    void anEngineThatGoesAwayAndComesBackIsTold() throws Exception {
        try (DockerEngine engine = DockerEngine.start()) {
            Agent agent = start(engine, folder.resolve("data"));
            try (AgentClient client = agent.client()) {
                Container made = client.createContainer(ContainerRequest.ofArchive(
                        Plugin.quick("restarted", "1").zipInto(folder)));

                engine.stopDaemon();
                assertThatExceptionOfType(ServerException.class)
                        .isThrownBy(() -> client.getContainer(made.id()))
                        .satisfies(refusal -> assertThat(refusal.statusCode()).isEqualTo(503))
                        .withMessageContaining("Docker Engine");
                assertThat(String.valueOf(client.healthCheck().docker())).contains("available=false");
                assertThat(client.listJobs()).isEmpty();

                engine.startDaemon();
                Container found = client.getContainer(made.id());
                assertThat(found.status()).isEqualTo(ContainerStatus.EXITED);
                Container again = client.createContainer(ContainerRequest.ofRelease("restarted@1"));
                assertThat(again.restarted()).isTrue();
                assertThat(again.id()).isEqualTo(made.id());
                assertThat(Page.of(again.endpoint()).text()).isEqualTo("{}");
            } finally {
                agent.kill();
            }
        }
    }

    private static Agent start(DockerEngine engine, Path directory) throws IOException {
        return Agent.start(directory, "--docker-host", engine.host(), "--gradio-base-image", engine.baseImage());
    }

    /** What the builds of an agent say so far. */
    private static String log(Path directory) throws IOException {
        if (!Files.exists(directory.resolve("builds"))) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        try (Stream<Path> logs = Files.list(directory.resolve("builds"))) {
            for (Path log : logs.filter(Files::isRegularFile).toList()) {
                text.append(Files.readString(log));
            }
        }
        return text.toString();
    }

    private static List<String> ours(DockerEngine engine, Plugin plugin) throws Exception {
        return engine.docker(
                        "ps", "--all", "--quiet", "--filter", "label=io.synapse.plugin-release=" + plugin.reference())
                .lines()
                .toList();
    }
}
