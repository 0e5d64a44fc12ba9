package io.synapse.sdk.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.Page;
import io.synapse.sdk.agent.AgentClient;
import io.synapse.sdk.embedded.Caller.Answer;
import io.synapse.sdk.embedded.internal.plugin.PluginReleases;
import io.synapse.sdk.embedded.internal.plugin.SamplePlugin;
import io.synapse.sdk.plugin.PluginRelease;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The releases of an agent with 45 plugins in its folder, and one that was uploaded to the agent before. */
class PluginReleaseRoutesTest {
    private static EmbeddedAgent agent;
    private static AgentClient client;
    private static Caller caller;
    private static Path data;

    @BeforeAll
    static void start(@TempDir Path root) throws IOException {
        data = root.resolve("data");
        keep(SamplePlugin.of("uploaded", "2.0+build.1"));
        Path folder = Files.createDirectory(root.resolve("plugins"));
        for (int i = 10; i < 55; i++) {
            SamplePlugin.of("demo", "1." + i).unpack(folder.resolve("demo" + i));
        }
        agent = EmbeddedAgent.builder()
                .dataDirectory(data)
                .pluginDirectory(folder)
                .start();
        client = Clients.of(agent);
        caller = Caller.of(agent);
    }

    @AfterAll
    static void stop() {
        client.close();
        agent.close();
    }

    @Test
    void aReleaseSaysWhatItsConfigSays() {
        PluginRelease release = client.getPluginRelease("demo@1.10");

        assertThat(release.id()).isEqualTo("demo@1.10");
        assertThat(release.code()).isEqualTo("demo@1.10");
        assertThat(release.plugin()).isEqualTo("demo");
        assertThat(release.version()).isEqualTo("1.10");
        assertThat(release.name()).isEqualTo("A sample");
        assertThat(release.category()).isEqualTo("custom");
        assertThat(release.firstAction()).contains(new PluginRelease.Action("gradio", "plugin.gradio_interface.app"));
    }

    @Test
    void listsComeInPages() {
        Page<PluginRelease> first = client.listPluginReleases();

        assertThat(first.count()).isEqualTo(46);
        assertThat(first.results()).hasSize(20);
        assertThat(client.listAllPluginReleases().stream().map(PluginRelease::reference))
                .hasSize(46)
                .doesNotHaveDuplicates()
                .isSorted()
                .contains("demo@1.10", "demo@1.54", "uploaded@2.0+build.1");
    }

    @Test
    void theLinksLeadFromPageToPage() {
        JsonNode second =
                caller.get("plugin_releases/?page=2&page_size=15&status=a%20b").json();

        assertThat(second.path("count").asInt()).isEqualTo(46);
        assertThat(second.path("results")).hasSize(15);
        assertThat(second.path("next").asText())
                .isEqualTo(agent.baseUrl() + "/plugin_releases/?page=3&page_size=15&status=a+b");
        assertThat(second.path("previous").asText())
                .isEqualTo(agent.baseUrl() + "/plugin_releases/?page=1&page_size=15&status=a+b");
        JsonNode last = caller.get("plugin_releases/?page=4&page_size=15").json();
        assertThat(last.path("results")).hasSize(1);
        assertThat(last.path("next").isNull()).isTrue();
        assertThat(caller.get("plugin_releases/").json().path("previous").isNull())
                .isTrue();
    }

    /** The client refuses links to another origin, and "localhost" is one for it. */
    @Test
    void theLinksAreOnTheOriginThatTheCallerUsed() {
        Caller local =
                new Caller(URI.create(agent.baseUrl().toString().replace("127.0.0.1", "localhost")), agent.token());

        assertThat(local.get("plugin_releases").json().path("next").asText())
                .startsWith("http://localhost:" + agent.baseUrl().getPort() + "/plugin_releases?");
    }

    @ParameterizedTest
    @CsvSource({
        "page=0,        400, page must be a number from 1",
        "page=x,        400, page must be a number from 1",
        "page=4,        404, there is no page 4; the last one is 3",
        "page_size=0,   400, page_size must be a number from 1 to 100",
        "page_size=101, 400, page_size must be a number from 1 to 100"
    })
    void aPageThatCannotBeIsRefused(String query, int status, String sentence) {
        Answer answer = caller.get("plugin_releases/?" + query);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.detail()).isEqualTo(sentence);
    }

    @Test
    void creatingNamesAReleaseWhoseFilesAreHere() {
        Answer created = caller.post("plugin_releases/", "{\"plugin\":\"demo\",\"version\":\"1.11\"}");

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json())
                .isEqualTo(caller.get("plugin_releases/demo@1.11").json());
        assertThat(client.createPluginRelease("demo", "1.12").reference()).isEqualTo("demo@1.12");
        assertThatThrownBy(() -> client.createPluginRelease("demo", "9"))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("createContainer")
                .hasMessageContaining("--plugin-dir");
        assertThat(caller.post("plugin_releases/", "{\"plugin\":\"demo\",\"version\":1.11}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void anUploadedReleaseIsFoundAfterARestartAndCanBeDeleted() throws IOException {
        keep(SamplePlugin.of("goes", "1.0+a"));
        List<String> spellings = List.of("goes@1.0+a", "goes%401.0%2Ba", "goes%401%2E0%2ba/");

        assertThat(spellings)
                .allSatisfy(spelling -> assertThat(caller.get("plugin_releases/" + spelling)
                                .json()
                                .path("id")
                                .asText())
                        .isEqualTo("goes@1.0+a"));
        assertThat(client.getPluginRelease("goes@1.0+a").version()).isEqualTo("1.0+a");
        client.deletePluginRelease("goes@1.0+a");
        assertThatThrownBy(() -> client.getPluginRelease("goes@1.0+a")).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> client.deletePluginRelease("goes@1.0+a")).isInstanceOf(NotFoundException.class);
    }

    @Test
    void aReleaseOfThePluginFolderIsNotDeleted() {
        assertThatThrownBy(() -> client.deletePluginRelease("demo@1.13"))
                .isInstanceOfSatisfying(
                        ClientException.class, e -> assertThat(e.statusCode()).isEqualTo(409));

        assertThat(client.getPluginRelease("demo@1.13").version()).isEqualTo("1.13");
    }

    /** As an upload does. */
    private static void keep(SamplePlugin plugin) throws IOException {
        new PluginReleases(data.resolve("plugins"), null).keep(plugin.archive());
    }
}
