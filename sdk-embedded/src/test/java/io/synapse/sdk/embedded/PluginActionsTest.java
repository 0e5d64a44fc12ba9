package io.synapse.sdk.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.ConflictException;
import io.synapse.sdk.JobStatus;
import io.synapse.sdk.LogStream;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.agent.AgentClient;
import io.synapse.sdk.embedded.Caller.Answer;
import io.synapse.sdk.job.Job;
import io.synapse.sdk.plugin.PluginDebugRequest;
import io.synapse.sdk.plugin.PluginRunRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Actions of plugins become jobs like any other: of releases, and of sources that are none. */
@Timeout(120)
class PluginActionsTest {
    private static final String RELEASE = "speaker@1.0.0";
    private static final String NO_FILE = "nothing @ file:///no/such/nothing-1-py3-none-any.whl";

    /** Making an environment for packages takes seconds on a machine that is busy. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private Path plugins;
    private Path source;
    private Path data;
    private EmbeddedAgent agent;
    private AgentClient client;

    @BeforeEach
    void start() throws IOException {
        Prerequisite.python();
        plugins = Files.createDirectory(folder.resolve("plugins"));
        source = PluginSources.write(plugins);
        data = folder.resolve("data");
        open();
    }

    private void open() {
        agent = EmbeddedAgent.builder()
                .pluginDirectory(plugins)
                .dataDirectory(data)
                .start();
        client = Clients.of(agent);
    }

    @AfterEach
    void stop() {
        if (agent != null) {
            client.close();
            agent.close();
        }
    }

    @Test
    void anActionIsAJobWithItsParamsAndItsFiles() {
        PluginRunRequest request = PluginRunRequest.of("train")
                .params(Map.of("epochs", 3, "said", "it's \"$HOME\" `späße`\n"))
                .language("ko")
                .jobId("training-1");

        String id = client.runPluginRelease(RELEASE, request).jobId();

        assertThat(id).isEqualTo("training-1");
        assertThat(followed(id))
                .containsExactly(
                        "hello train ko",
                        "{\"epochs\": 3, \"said\": \"it's \\\"$HOME\\\" `späße`\\n\"}",
                        "['config.yaml', 'plugin']");
        Job job = client.getJob(id);
        assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(job.metadata()).isEqualTo(Map.of("plugin_release", RELEASE, "plugin_action", "train"));
    }

    @Test
    void whatAnActionWritesIsItsJobsAndGoesWithIt() throws IOException {
        String first = run("train");
        String second = run("train");
        assertThat(followed(first)).contains("['config.yaml', 'plugin']");
        assertThat(followed(second)).contains("['config.yaml', 'plugin']");
        Path files = data.resolve("jobs").resolve(first).resolve("files");
        assertThat(files.resolve("weights.bin")).hasContent("trained");
        assertThat(source.resolve("weights.bin")).doesNotExist();

        client.deleteJob(first);

        assertThat(files).doesNotExist();
        assertThat(data.resolve("plugins/runs")).isEmptyDirectory();
    }

    @Test
    void aFailureOfAnActionIsItsJobs() {
        String id = run("fail");

        Job job = client.waitForJob(id, PATIENCE);

        assertThat(job.status()).isEqualTo(JobStatus.FAILED);
        assertThat(job.driverExitCode()).isEqualTo(7);
    }

    @Test
    void requirementsOfThePluginAndOfTheRequestAreInstalledFirst() throws IOException {
        Path wheels = Files.createDirectory(folder.resolve("wheels"));
        String ofPlugin = PythonWheel.write(wheels, "of_plugin", "text = 'of the plugin'");
        String ofRequest = PythonWheel.write(wheels, "of_request", "text = 'of the request'");
        Files.writeString(source.resolve("requirements.txt"), "# what it needs\n\n" + ofPlugin + "\n");
        Files.writeString(
                source.resolve("plugin/train.py"),
                "import of_plugin, of_request\nprint(of_plugin.text, of_request.text)\n");

        String id = client.runPluginRelease(
                        RELEASE, PluginRunRequest.of("train").requirements(List.of(ofRequest)))
                .jobId();

        assertThat(followed(id)).endsWith("of the plugin of the request");
        assertThat(client.getJob(id).status()).isEqualTo(JobStatus.SUCCEEDED);
    }

    @Test
    void requirementsThatFailAreTheJobsFailureWithPipsErrorInItsLog() {
        String id = client.runPluginRelease(
                        RELEASE, PluginRunRequest.of("train").requirements(List.of(NO_FILE)))
                .jobId();

        assertThat(followed(id))
                .anyMatch(line -> line.startsWith("ERROR: "))
                .noneMatch(line -> line.startsWith("hello"));
        Job job = client.getJob(id);
        assertThat(job.status()).isEqualTo(JobStatus.FAILED);
        assertThat(job.message()).contains("ERROR: ");
    }

    @Test
    void anIdIsTakenOnce() {
        PluginRunRequest request = PluginRunRequest.of("train").jobId("once");
        client.runPluginRelease(RELEASE, request);

        assertThatThrownBy(() -> client.runPluginRelease(RELEASE, request))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("already exists");

        client.waitForJob("once", PATIENCE);
        assertThat(client.listJobs()).hasSize(1);
        assertThat(data.resolve("plugins/runs")).isEmptyDirectory();
    }

    /** Whatever an agent that was killed had unpacked, for no job or for one that did not come on record. */
    @Test
    void theNextAgentDeletesWhatBelongsToNoJob() throws Exception {
        client.close();
        agent.close();
        Path unpacked = PluginSources.write(Files.createDirectories(data.resolve("plugins/runs/123")));
        Path moved = PluginSources.write(Files.createDirectories(data.resolve("jobs/unknown/files")));
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("agent.db"));
                Statement submission = database.createStatement()) {
            submission.execute("INSERT INTO deleted_job (id) VALUES ('unknown')");
        }

        open();

        assertThat(unpacked).doesNotExist();
        assertThat(data.resolve("plugins/runs")).isEmptyDirectory();
        assertThat(moved).doesNotExist();
        assertThat(followed(run("train"))).contains("hello train None");
    }

    @Test
    void anActionThatIsNotThereIsRefusedWithThoseThatAre() {
        assertThatThrownBy(() -> run("tune"))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("tune")
                .hasMessageContaining("gradio, train, fail");
        assertThatThrownBy(() -> client.runPluginRelease("silent@1.0.0", PluginRunRequest.of("train")))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("--plugin-dir");
        assertThatThrownBy(() -> run("gradio"))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("container");
        assertThat(client.listJobs()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]| object",
                "{}| action",
                "{\"action\":7}| action",
                "{\"action\":\"train\",\"colour\":1}| colour",
                "{\"action\":\"train\",\"params\":[1]}| params",
                "{\"action\":\"train\",\"params\":\"{}\"}| params",
                "{\"action\":\"train\",\"requirements\":\"numpy\"}| requirements",
                "{\"action\":\"train\",\"requirements\":[7]}| requirements",
                "{\"action\":\"train\",\"requirements\":[\"\"]}| requirements",
                "{\"action\":\"train\",\"requirements\":[\"--pre\"]}| requirements",
                "{\"action\":\"train\",\"requirements\":[\" -r /etc/passwd\"]}| requirements",
                "{\"action\":\"train\",\"requirements\":[\"numpy\\n--pre\"]}| requirements",
                "{\"action\":\"train\",\"job_id\":\"a/b\"}| job_id",
                "{\"action\":\"train\",\"job_id\":7}| job_id",
                "{\"action\":\"train\",\"language\":\"$(reboot)\"}| language",
                "{\"action\":\"train\",\"plugin_path\":\"/\"}| plugin_path"
            })
    void aRequestThatCannotBeHonouredIsRefusedAndNothingIsKeptOfIt(String body, String named) {
        Answer answer = Caller.of(agent).post("plugin_releases/" + RELEASE + "/run/", body);

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.detail()).contains(named);
        assertThat(client.listJobs()).isEmpty();
    }

    @Test
    void paramsThatNoProcessCouldBeGivenAreRefused() {
        PluginRunRequest request = PluginRunRequest.of("train").params(Map.of("text", "x".repeat(40_000)));

        assertThatThrownBy(() -> client.runPluginRelease(RELEASE, request))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("params are larger");

        String most = client.runPluginRelease(
                        RELEASE, PluginRunRequest.of("train").params(Map.of("text", "x".repeat(39_980))))
                .jobId();
        assertThat(client.waitForJob(most, PATIENCE).status()).isEqualTo(JobStatus.SUCCEEDED);
    }

    @Test
    void aFolderRunsAsItIsAtThatMoment() throws IOException {
        Path elsewhere = PluginSources.write(folder.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("plugin/words.py"), "greeting = 'changed'\n");
        Files.delete(elsewhere.resolve("plugin/gradio_interface.py"));

        String id = debug(PluginDebugRequest.of(PluginRunRequest.of("train")).pluginPath(elsewhere.toString()));

        assertThat(followed(id)).startsWith("changed train None");
        assertThat(elsewhere.resolve("weights.bin")).doesNotExist();
    }

    @Test
    void modulesAreSentAlong() {
        PluginDebugRequest request = PluginDebugRequest.of(PluginRunRequest.of("count"))
                .config(Map.of("actions", Map.of("count", Map.of("entrypoint", "counting.run.main"))))
                .modules(Map.of(
                        "counting", "most = 3\n",
                        "counting.numbers", "from counting import most\nall = range(most)\n",
                        "counting.run", "from counting.numbers import all\nprint(*all)\n"));

        assertThat(followed(debug(request))).containsExactly("0 1 2");
    }

    @Test
    void modulesTakeThePlaceOfThoseInTheFolder() {
        PluginDebugRequest request = PluginDebugRequest.of(PluginRunRequest.of("train"))
                .pluginPath(source.toString())
                .modules(Map.of("plugin.words", "greeting = 'of the request'\n"));

        assertThat(followed(debug(request))).startsWith("of the request train None");
        assertThat(source.resolve("plugin/words.py")).hasContent("greeting = 'hello'\n");
    }

    @Test
    void aFolderWithALinkInItIsRefusedAsAReleaseWouldBe() throws IOException {
        Files.createSymbolicLink(source.resolve("link"), source.resolve("config.yaml"));

        assertThatThrownBy(() -> debug(
                        PluginDebugRequest.of(PluginRunRequest.of("train")).pluginPath(source.toString())))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("symbolic link");
        assertThat(data.resolve("plugins/runs")).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}| plugin_path",
                "{\"modules\":{}}| plugin_path",
                "{\"plugin_path\":7}| plugin_path",
                "{\"plugin_path\":\"relative\"}| plugin_path",
                "{\"plugin_path\":\"/no/such/folder\"}| plugin_path",
                "{\"plugin_path\":\"/etc/passwd\"}| plugin_path",
                "{\"modules\":[\"a\"]}| modules",
                "{\"modules\":{\"a\":1}}| modules",
                "{\"modules\":{\"../a\":\"\"}}| modules",
                "{\"modules\":{\"a/b\":\"\"}}| modules",
                "{\"modules\":{\".a\":\"\"}}| modules",
                "{\"modules\":{\"a..b\":\"\"}}| modules",
                "{\"modules\":{\"m\":\"x=1\"}}| config",
                "{\"modules\":{\"m\":\"x=1\"},\"config\":[]}| config",
                "{\"modules\":{\"m\":\"x=1\"},\"config\":{\"actions\":[]}}| actions",
                "{\"modules\":{\"m\":\"x=1\"},\"config\":{\"actions\":{\"train\":{\"entrypoint\":\"../m\"}}}}| entrypoint",
                "{\"modules\":{\"m\":\"x=1\"},\"config\":{\"actions\":{\"train\":{\"entrypoint\":\"n.main\"}}}}| n.py"
            })
    void aSourceThatCannotBeUsedIsRefusedAndNothingIsKeptOfIt(String fields, String named) {
        String body = fields.equals("{}") ? "{\"action\":\"train\"}" : "{\"action\":\"train\"," + fields.substring(1);

        Answer answer = Caller.of(agent).post("plugin_releases/run_debug/", body);

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.detail()).contains(named);
        assertThat(client.listJobs()).isEmpty();
        assertThat(data.resolve("plugins/runs")).isEmptyDirectory();
    }

    private String run(String action) {
        return client.runPluginRelease(RELEASE, PluginRunRequest.of(action)).jobId();
    }

    private String debug(PluginDebugRequest request) {
        return client.runDebugPluginRelease(request).jobId();
    }

    /** The lines of a job's log, to its end. */
    private List<String> followed(String id) {
        List<String> lines = new ArrayList<>();
        try (LogStream log = client.tailJobLogs(id)) {
            log.forEach(lines::add);
        }
        return lines;
    }
}
