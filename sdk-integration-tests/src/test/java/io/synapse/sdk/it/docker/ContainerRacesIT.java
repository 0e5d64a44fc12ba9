package io.synapse.sdk.it.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.synapse.sdk.agent.AgentClient;
import io.synapse.sdk.container.Container;
import io.synapse.sdk.container.ContainerRequest;
import io.synapse.sdk.embedded.Clients;
import io.synapse.sdk.embedded.EmbeddedAgent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many who create at the same time. */
@WithDockerEngine
@Timeout(180)
@Tag("one-jdk")
class ContainerRacesIT {
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

    @Test
    void sixteenWhoWantTheSameGetOneContainer(@TempDir Path folder, DockerEngine engine) throws Exception {
        Plugin plugin = Plugin.quick("wanted", "1");
        ContainerRequest request =
                ContainerRequest.ofArchive(plugin.zipInto(folder)).model(3);

        List<Container> made = all(LongStream.range(0, 16)
                .mapToObj(caller -> client.async().createContainer(request))
                .toList());

        assertThat(made).hasSize(16).allMatch(made.get(0)::equals);
        assertThat(ours(engine, plugin)).hasSize(1);
        assertThat(client.listAllContainers()).hasSize(1);

        List<Container> again = all(LongStream.range(0, 16)
                .mapToObj(caller -> client.async()
                        .createContainer(
                                ContainerRequest.ofRelease(plugin.reference()).model(3)))
                .toList());
        assertThat(again)
                .allMatch(container -> container.id().equals(made.get(0).id()));
        assertThat(again).allMatch(container -> Boolean.TRUE.equals(container.restarted()));
        assertThat(ours(engine, plugin)).hasSize(1);
    }

    @Test
    void twentyModelsGetTwentyPorts(@TempDir Path folder, DockerEngine engine) throws Exception {
        Plugin plugin = Plugin.quick("spread", "1");
        client.createContainer(
                ContainerRequest.ofArchive(plugin.zipInto(folder)).model(0));

        List<Container> made = all(LongStream.rangeClosed(1, 20)
                .mapToObj(model -> client.async()
                        .createContainer(
                                ContainerRequest.ofRelease(plugin.reference()).model(model)))
                .toList());

        assertThat(made).extracting(Container::hostPort).doesNotHaveDuplicates().hasSize(20);
        assertThat(made).extracting(Container::id).doesNotHaveDuplicates();
        for (Container container : made) {
            assertThat(Page.of(container.endpoint()).text()).isEqualTo("{}");
        }
        assertThat(ours(engine, plugin)).hasSize(21);
    }

    private static List<Container> all(List<CompletableFuture<Container>> calls) {
        List<Container> results = new ArrayList<>();
        for (CompletableFuture<Container> call : calls) {
            results.add(call.join());
        }
        return results;
    }

    private static List<String> ours(DockerEngine engine, Plugin plugin) throws Exception {
        return engine.docker(
                        "ps", "--all", "--quiet", "--filter", "label=io.synapse.plugin-release=" + plugin.reference())
                .lines()
                .toList();
    }
}
