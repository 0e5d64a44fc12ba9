package io.synapse.sdk.ray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.RetryPolicy;
import io.synapse.sdk.ServerException;
import io.synapse.sdk.agent.AgentClient;
import io.synapse.sdk.job.JobSubmission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes over the wire when a job brings a folder along. */
class WorkingDirectoryUploadTest {
    private static final String PACKAGE = "_ray_pkg_[0-9a-f]{40}\\.zip";

    @TempDir
    Path folder;

    private final MockWebServer server = new MockWebServer();
    private final CountDownLatch answerVersion = new CountDownLatch(1);
    private int lookup = 404;
    private int upload = 200;
    private RayClient client;

    @BeforeEach
    void start() throws IOException {
        Files.writeString(folder.resolve("main.py"), "print('hello')\n");
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
                String path = request.getUrl().encodedPath();
                if (path.equals("/api/version")) {
                    answerVersion.await(10, TimeUnit.SECONDS);
                    return new MockResponse(200, okhttp3.Headers.of(), "{\"version\":\"4\"}");
                } else if (path.startsWith("/api/packages/")) {
                    return new MockResponse.Builder()
                            .code(request.getMethod().equals("PUT") ? upload : lookup)
                            .build();
                }
                return new MockResponse(200, okhttp3.Headers.of(), "{\"submission_id\":\"j\"}");
            }
        });
        server.start();
        client = RayClient.builder()
                .baseUrl(server.url("/").toString())
                .retryPolicy(RetryPolicy.NEVER)
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void aFolderThatTheClusterLacksIsUploadedAndNamed() throws Exception {
        answerVersion.countDown();
        client.submitJob(submission());
        assertThat(server.takeRequest().getTarget()).isEqualTo("/api/version");
        String lookedUp = server.takeRequest().getTarget();
        assertThat(lookedUp).matches("/api/packages/gcs/" + PACKAGE);
        RecordedRequest put = server.takeRequest();
        assertThat(put.getMethod()).isEqualTo("PUT");
        assertThat(put.getTarget()).isEqualTo(lookedUp);
        assertThat(put.getHeaders().get("Content-Type")).isEqualTo("application/octet-stream");
        assertThat(put.getBody().utf8()).startsWith("PK");
        String name = lookedUp.substring(lookedUp.lastIndexOf('/') + 1);
        assertThat(server.takeRequest().getBody().utf8())
                .contains("\"runtime_env\":{\"working_dir\":\"gcs://" + name + "\"}");
        assertThat(leftBehind()).isZero();
    }

    @Test
    void aFolderThatTheClusterHasIsNotUploadedAgain() throws Exception {
        answerVersion.countDown();
        lookup = 200;
        client.submitJob(submission());
        assertThat(Stream.of(server.takeRequest(), server.takeRequest(), server.takeRequest())
                        .map(RecordedRequest::getMethod))
                .containsExactly("GET", "GET", "POST");
        assertThat(server.getRequestCount()).isEqualTo(3);
    }

    @Test
    void noJobIsSubmittedWhenTheUploadFails() {
        answerVersion.countDown();
        upload = 500;
        assertThatThrownBy(() -> client.submitJob(submission())).isInstanceOf(ServerException.class);
        assertThat(server.getRequestCount()).isEqualTo(3);
        assertThat(leftBehind()).isZero();
    }

    @Test
    void aServerThatTakesLessIsExplained() {
        answerVersion.countDown();
        upload = 413;
        assertThatThrownBy(() -> client.submitJob(submission()))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("too large for the server");
        assertThat(server.getRequestCount()).isEqualTo(3);
        assertThat(leftBehind()).isZero();
    }

    @Test
    void anAsynchronousCallerDoesNotWaitForThePacking() {
        CompletableFuture<String> submitted = client.async().submitJob(submission());
        assertThat(submitted).isNotDone();
        answerVersion.countDown();
        assertThat(submitted).succeedsWithin(10, TimeUnit.SECONDS).isEqualTo("j");
        assertThat(leftBehind()).isZero();
    }

    @Test
    void oneWorkingDirectoryIsEnough() {
        assertThatThrownBy(() -> submission().workingDir("/srv/job"))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("one working directory");
        assertThatThrownBy(() ->
                        submission().workingDirectory(folder).runtimeEnv(Map.of("working_dir", "s3://bucket/x.zip")))
                .isInstanceOf(BadRequestException.class);
    }

    @Test
    void anAgentIsNotAskedToTakeAFolder() {
        try (AgentClient agent =
                AgentClient.builder().baseUrl(server.url("/").toString()).build()) {
            assertThatThrownBy(() -> agent.submitJob(submission()))
                    .isInstanceOf(BadRequestException.class)
                    .hasMessageContaining("an agent takes no folders");
        }
        assertThat(server.getRequestCount()).isZero();
    }

    private JobSubmission submission() {
        return JobSubmission.of("python main.py").submissionId("j").workingDirectory(folder);
    }

    private static long leftBehind() {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().matches("synapse-.*\\.zip"))
                    .count();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
