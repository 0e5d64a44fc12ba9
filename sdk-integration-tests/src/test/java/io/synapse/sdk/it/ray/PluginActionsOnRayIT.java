package io.synapse.sdk.it.ray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synapse.sdk.ConflictException;
import io.synapse.sdk.JobStatus;
import io.synapse.sdk.LogStream;
import io.synapse.sdk.agent.AgentClient;
import io.synapse.sdk.embedded.Clients;
import io.synapse.sdk.embedded.EmbeddedAgent;
import io.synapse.sdk.embedded.PluginSources;
import io.synapse.sdk.embedded.PythonWheel;
import io.synapse.sdk.job.Job;
import io.synapse.sdk.plugin.PluginDebugRequest;
import io.synapse.sdk.plugin.PluginRunRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Actions of plugins as jobs of a real cluster: files and packages of the agent's machine get there. */
@WithRayCluster
@Timeout(240)
@Tag("one-jdk")
class PluginActionsOnRayIT {
    private static final String RELEASE = "speaker@1.0.0";
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    private Path folder;

    private Path source;
    private EmbeddedAgent agent;
    private AgentClient client;

    @BeforeEach
    void start(RayCluster cluster) throws IOException {
        Path plugins = Files.createDirectory(folder.resolve("plugins"));
        source = PluginSources.write(plugins);
        agent = EmbeddedAgent.builder()
                .pluginDirectory(plugins)
                .rayAddress(cluster.address().toString())
                .start();
        client = Clients.of(agent);
    }

    @AfterEach
    void stop() {
        client.close();
        agent.close();
    }

    @Test
    void anActionIsAJobOfTheClusterWithItsParamsAndItsFiles() throws IOException {
        // On the cluster too, all files of a release are there.
        Files.writeString(source.resolve(".gitignore"), "plugin/words.py\n");
        PluginRunRequest request = PluginRunRequest.of("train")
                .params(Map.of("epochs", 3, "said", "it's \"$HOME\" `späße`\n"))
                .language("ko");

        String id = client.runPluginRelease(RELEASE, request).jobId();

        assertThat(followed(id))
                .contains("hello train ko", "{\"epochs\": 3, \"said\": \"it's \\\"$HOME\\\" `späße`\\n\"}");
        Job job = client.getJob(id);
        assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(job.metadata()).containsEntry("plugin_release", RELEASE).containsEntry("plugin_action", "train");
        assertThat(agent.dataDirectory().resolve("plugins/runs")).isEmptyDirectory();
        assertThatThrownBy(() -> client.runPluginRelease(RELEASE, request.jobId(id)))
                .isInstanceOf(ConflictException.class);
    }

    /** Those that grow most on their way: with a few more, Ray could start no process. */
    @Test
    void theLargestParamsThatAreTakenGetThere() {
        PluginRunRequest request = PluginRunRequest.of("fail").params(Map.of("text", "é".repeat(19_990)));

        String id = client.runPluginRelease(RELEASE, request).jobId();

        assertThat(client.waitForJob(id, PATIENCE).driverExitCode()).isEqualTo(7);
    }

    /** On every process of the job: a task finds what its action has. */
    @Test
    void requirementsAreInstalledForTheActionAndItsTasks() throws IOException {
        String wheel = PythonWheel.write(folder, "greetings", "text = 'hello from a package'");
        PluginDebugRequest request = PluginDebugRequest.of(
                        PluginRunRequest.of("count").requirements(List.of(wheel)))
                .config(Map.of("actions", Map.of("count", Map.of("entrypoint", "counting.run.main"))))
                .modules(Map.of("counting.words", "from greetings import text\n", "counting.run", """
                        import ray
                        @ray.remote
                        def task():
                            from counting.words import text
                            return text
                        from counting.words import text
                        ray.init()
                        print(text, "and", ray.get(task.remote()))
                        """));

        String id = client.runDebugPluginRelease(request).jobId();

        assertThat(followed(id)).contains("hello from a package and hello from a package");
        assertThat(client.getJob(id).status()).isEqualTo(JobStatus.SUCCEEDED);
    }

    @Test
    void requirementsThatFailAreTheJobsFailureWithPipsErrorInItsLog() {
        String missing = "nothing @ file:///no/such/nothing-1-py3-none-any.whl";

        String id = client.runPluginRelease(
                        RELEASE, PluginRunRequest.of("train").requirements(List.of(missing)))
                .jobId();

        Job job = client.waitForJob(id, PATIENCE);
        assertThat(job.status()).isEqualTo(JobStatus.FAILED);
        assertThat(job.message()).contains("/no/such/nothing-1-py3-none-any.whl");
        assertThat(client.getJobLogs(id)).contains("ERROR: ").doesNotContain("hello train");
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
