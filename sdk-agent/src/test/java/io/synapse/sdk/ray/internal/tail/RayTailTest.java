package io.synapse.sdk.ray.internal.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.JobStatus;
import io.synapse.sdk.LogLostException;
import io.synapse.sdk.LogStream;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.Resilience;
import io.synapse.sdk.RetryPolicy;
import io.synapse.sdk.ServerException;
import io.synapse.sdk.TailOptions;
import io.synapse.sdk.TailProtocol;
import io.synapse.sdk.agent.internal.tail.CountingBreaker;
import io.synapse.sdk.ray.RayClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.HttpUrl;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A dashboard that does what a real one does rarely: files that vanish, shrink, or end before their end. */
class RayTailTest {
    private final MockWebServer server = new MockWebServer();
    private final Dashboard dashboard = new Dashboard();
    private RayClient client;

    @BeforeEach
    void start() throws IOException {
        server.setDispatcher(dashboard);
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
    void aJobThatIsOverIsReadFromItsFileAtOnce() {
        dashboard.job("SUCCEEDED", "n1", 0).file(ok("one\ntwo"));
        LogStream log = follow();
        assertThat(log.stream()).containsExactly("one", "two");
        assertThat(log.finalStatus()).contains(JobStatus.SUCCEEDED);
        assertThat(dashboard.logRequests).singleElement().satisfies(url -> {
            assertThat(url.encodedPath()).isEqualTo("/api/v0/logs/file");
            assertThat(url.queryParameter("node_id")).isEqualTo("n1");
            assertThat(url.queryParameter("filename")).isEqualTo("job-driver-j.log");
            assertThat(url.queryParameter("lines")).isEqualTo("-1");
            assertThat(url.queryParameter("timeout")).isEqualTo("604800");
        });
    }

    @Test
    void aFileThatBreaksOffIsReadAgainFromWhereItBroke() {
        dashboard
                .job("SUCCEEDED", "n1", 0)
                .file(brokenAfter("one\ntwo\nthree\n", 1))
                .file(ok("one\ntwo\nthree\n"));
        LogStream log = follow();
        assertThat(log.stream()).containsExactly("one", "two", "three");
        assertThat(log.statistics().reconnects()).isOne();
    }

    @Test
    void aPendingJobsLogIsWaitedFor() {
        dashboard
                .job("PENDING", null, null)
                .job("RUNNING", "n1", null)
                .job("SUCCEEDED", "n1", 0)
                .file(text(500, "A file is not found at: /logs/job-driver-j.log"))
                .file(ok("one\n"));
        assertThat(follow().stream()).containsExactly("one");
    }

    @Test
    void aJobThatNeverRanHasWhatTheHeadSaysOfIt() {
        dashboard.job("FAILED", null, null).node("head", "ALIVE").file(ok("Runtime env is setting up.\n"));
        LogStream log = follow();
        assertThat(log.stream()).containsExactly("Runtime env is setting up.");
        assertThat(log.finalStatus()).contains(JobStatus.FAILED);
        assertThat(dashboard.logRequests.get(0).queryParameter("node_id")).isEqualTo("head");
    }

    @Test
    void aJobThatNeverRanMayHaveNoLogAtAll() {
        dashboard
                .job("FAILED", null, null)
                .node("head", "ALIVE")
                .file(text(500, "A file is not found at: /logs/job-driver-j.log"));
        LogStream log = follow();
        assertThat(log.stream()).isEmpty();
        assertThat(log.finalStatus()).contains(JobStatus.FAILED);
    }

    @Test
    void aFileThatWasRemovedIsALostLog() {
        dashboard.job("SUCCEEDED", "n1", 0).file(text(500, "A file is not found at: /logs/job-driver-j.log"));
        assertThatThrownBy(() -> follow().stream().toList())
                .isInstanceOf(LogLostException.class)
                .hasMessage("the rest of the log of job j is lost: its file is not there any more;"
                        + " 0 bytes of it were delivered before");
    }

    @Test
    void aNodeThatDiedTookTheLogAlong() {
        dashboard
                .job("FAILED", "n1", null)
                .file(brokenAfter("one\ntwo\n", 1))
                .file(text(500, "Agent for node id: n1 doesn't exist."))
                .node("n1", "DEAD");
        List<String> lines = new ArrayList<>();
        LogStream log = follow();
        assertThatThrownBy(() -> log.forEach(lines::add))
                .isInstanceOf(LogLostException.class)
                .hasMessageContaining("it was on node n1, which is dead; 4 bytes of it were delivered before");
        assertThat(lines).containsExactly("one");
        assertThat(log.finalStatus()).isEmpty();
    }

    @Test
    void aNodeThatIsAliveMayHaveAPassingFault() {
        dashboard
                .job("SUCCEEDED", "n1", 0)
                .file(brokenAfter("one\ntwo\n", 1))
                .file(text(500, "Agent for node id: n1 doesn't exist."))
                .node("n1", "ALIVE")
                .file(ok("one\ntwo\n"));
        assertThat(follow().stream()).containsExactly("one", "two");
    }

    @Test
    void aNodeWhoseAgentIsOffIsSaidToBeUnreadableAtOnce() {
        dashboard
                .agentAddress("http://192.0.2.2:-1")
                .job("RUNNING", "n1", null)
                .file(text(500, "Agent for node id: n1 doesn't exist."));
        assertThatThrownBy(() -> follow().stream().toList())
                .isInstanceOf(ServerException.class)
                .hasMessage("the server ended the log of job j: nothing can read files of node n1:"
                        + " its dashboard agent is off (http://192.0.2.2:-1)");
    }

    @Test
    void aFileThatShrankIsALostLog() {
        dashboard.job("SUCCEEDED", "n1", 0).file(brokenAfter("one\ntwo\n", 1)).file(ok("one"));
        assertThatThrownBy(() -> follow().stream().toList())
                .isInstanceOf(LogLostException.class)
                .hasMessageContaining("it has 3 bytes now; 4 bytes");
    }

    @Test
    void aConnectionThatBreaksInWhatIsRepeatedIsNoProofThatAFileShrank() {
        String text = "one\ntwo\nthree\nfour\n";
        dashboard
                .job("SUCCEEDED", "n1", 0)
                .file(brokenAfter(text, 3))
                .file(chunkedAndCutInTheMiddle(text))
                .file(ok(text));
        assertThat(follow().stream()).containsExactly("one", "two", "three", "four");
    }

    @Test
    void aFileThatCannotBeReadIsAnErrorInTheServersWords() {
        dashboard.job("SUCCEEDED", "n1", 0).file(text(500, "disk on fire")).node("n1", "ALIVE");
        assertThatThrownBy(() -> follow().stream().toList())
                .isInstanceOf(ServerException.class)
                .hasMessageContaining("disk on fire");
    }

    @Test
    void aJobThatIsNotThereIsSaidToBeNotThere() {
        assertThatThrownBy(() -> follow().stream().toList())
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("Job j does not exist");
    }

    @Test
    void aFileThatWasCutAndHasGrownAgainIsALostLog() {
        dashboard.job("SUCCEEDED", "n1", 0).file(brokenAfter("one\ntwo\n", 1)).file(ok("ONE\ntwo\nthree\n"));
        assertThatThrownBy(() -> follow().stream().toList())
                .isInstanceOf(LogLostException.class)
                .hasMessageContaining("what the server repeats of it is another text; 4 bytes");
    }

    @Test
    void aFileThatIsFollowedIsReadAgainOnceTheJobIsOver() {
        dashboard
                .job("RUNNING", "n1", null)
                .job("SUCCEEDED", "n1", 0)
                .file(endless("one\ntwo\n"))
                .file(ok("one\ntwo\nthree\n"));
        LogStream log = follow();
        assertThat(log.stream()).containsExactly("one", "two", "three");
        assertThat(log.statistics().reconnects()).isZero();
        assertThat(dashboard.logRequests)
                .extracting(HttpUrl::encodedPath)
                .containsExactly("/api/v0/logs/stream", "/api/v0/logs/file");
    }

    @Test
    void anEmptyLogIsNoFailureOfTheDashboard() {
        client.close();
        client = RayClient.builder()
                .baseUrl(server.url("/").toString())
                .readTimeout(Duration.ofMillis(500))
                .build();
        CountingBreaker breaker = new CountingBreaker();
        MockResponse late =
                new MockResponse.Builder().headersDelay(20, TimeUnit.SECONDS).build();
        dashboard
                .job("RUNNING", "n1", null)
                .job("SUCCEEDED", "n1", 0)
                .file(late)
                .file(ok("one\n"));

        LogStream log = client.with(Resilience.NONE.circuitBreaker(url -> breaker))
                .tailJobLogs("j", TailOptions.DEFAULT.protocol(TailProtocol.HTTP));

        assertThat(log.stream()).containsExactly("one");
        assertThat(breaker.releases).hasValue(1);
        assertThat(breaker.failures).hasValue(0);
    }

    @Test
    void aFileThatWasCutWhileItWasFollowedIsALostLog() {
        dashboard
                .job("RUNNING", "n1", null)
                .job("SUCCEEDED", "n1", 0)
                .file(endless("one\ntwo\n"))
                .file(ok("two\nthree\nfour\n"));
        assertThatThrownBy(() -> follow().stream().toList()).isInstanceOf(LogLostException.class);
    }

    @Test
    void anAsynchronousLogNeedsOneThread() throws Exception {
        client.close();
        var executor = java.util.concurrent.Executors.newSingleThreadExecutor();
        try {
            client = RayClient.builder()
                    .baseUrl(server.url("/").toString())
                    .executor(executor)
                    .build();
            dashboard
                    .job("RUNNING", "n1", null)
                    .job("SUCCEEDED", "n1", 0)
                    .file(endless("one\n"))
                    .file(ok("one\ntwo\n"));
            List<String> lines = new ArrayList<>();
            assertThat(client.async()
                            .tailJobLogs("j")
                            .forEachLine(lines::add)
                            .get(10, java.util.concurrent.TimeUnit.SECONDS))
                    .isEqualTo(JobStatus.SUCCEEDED);
            assertThat(lines).containsExactly("one", "two");
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void aJobThatWasNotSubmittedHasNoLog() {
        dashboard.driverJob();
        assertThatThrownBy(() -> follow().stream().toList())
                .isInstanceOf(BadRequestException.class)
                .hasMessage("job 02000000 was not submitted: nothing keeps a log of it");
        assertThatThrownBy(() ->
                        client.async().tailJobLogs("j").forEachLine(line -> {}).join())
                .hasCauseInstanceOf(BadRequestException.class);
        assertThat(dashboard.logRequests).isEmpty();
    }

    @Test
    void aFailureThatAnOldServerWritesBehindTheTextIsNoText() {
        String report = "[get_logs] Fetch log error: A file is not found at: /tmp/job-driver-j.log";
        dashboard.version("2.41.0").job("SUCCEEDED", "n1", 0).file(ok("one\n" + report));
        List<String> lines = new ArrayList<>();
        assertThatThrownBy(() -> follow().forEach(lines::add)).isInstanceOf(LogLostException.class);
        assertThat(lines).containsExactly("one");
    }

    @Test
    void whatLooksLikeSuchAFailureIsTextOfANewServer() {
        String report = "[get_logs] Fetch log error: printed by the job";
        dashboard.version("2.58.0").job("SUCCEEDED", "n1", 0).file(ok("[1]\n" + report));
        assertThat(follow().stream()).containsExactly("[1]", report);
    }

    @Test
    void aQuestionThatFailsWhileTheFileIsReadBreaksTheConnectionOnly() {
        String report = "[get_logs] Fetch log error: printed by the job";
        dashboard
                .version("\",") // makes an answer that cannot be read
                .job("SUCCEEDED", "n1", 0)
                .file(ok("one\n" + report))
                .file(ok("one\n"));
        assertThat(follow().stream()).containsExactly("one");
    }

    @Test
    void anEmptyAnswerIsNotBelievedAtOnce() {
        dashboard.job("SUCCEEDED", "n1", 0).file(ok("")).file(ok("one\n"));
        assertThat(follow().stream()).containsExactly("one");
    }

    @Test
    void aByteOrderMarkAndBytesThatAreNoTextAreDelivered() throws IOException {
        byte[] bytes = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF, 'a', (byte) 0xFF, '\n'};
        dashboard
                .job("SUCCEEDED", "n1", 0)
                .file(new MockResponse.Builder().body(new Buffer().write(bytes)).build());
        assertThat(follow().stream()).containsExactly("\uFEFFa\uFFFD");
        java.io.ByteArrayOutputStream copy = new java.io.ByteArrayOutputStream();
        assertThat(follow().transferTo(copy)).isEqualTo(6);
        assertThat(copy.toByteArray()).isEqualTo(bytes);
    }

    @Test
    void aStreamGoesOnBehindAStoredPosition() {
        dashboard.job("SUCCEEDED", "n1", 0).file(ok("one\ntwo\nthree\n"));
        LogStream first = follow();
        first.iterator().next();
        TailOptions options = TailOptions.DEFAULT.from(
                io.synapse.sdk.LogPosition.parse(first.position().toString()));
        first.close();
        assertThat(client.tailJobLogs("j", options).stream()).containsExactly("two", "three");
    }

    private LogStream follow() {
        return client.tailJobLogs(
                "j", TailOptions.DEFAULT.protocol(TailProtocol.HTTP).reconnectTimeout(Duration.ofSeconds(10)));
    }

    private static MockResponse ok(String text) {
        return text(200, text);
    }

    private static MockResponse text(int status, String text) {
        return new MockResponse.Builder()
                .code(status)
                .setHeader("Content-Type", "text/plain; charset=utf-8")
                .body(text)
                .build();
    }

    /** An answer that does not end. */
    private static MockResponse endless(String text) {
        return new MockResponse.Builder()
                .body(new Buffer().writeUtf8(text))
                .setHeader("Content-Length", text.length() + 1)
                .build();
    }

    /** An answer whose announced length never comes. */
    private static MockResponse brokenAfter(String text, int lines) {
        int end = 0;
        for (int line = 0; line < lines; line++) {
            end = text.indexOf('\n', end) + 1;
        }
        return new MockResponse.Builder()
                .body(new Buffer().writeString(text.substring(0, end), StandardCharsets.UTF_8))
                .setHeader("Content-Length", text.length())
                .onResponseEnd(mockwebserver3.SocketEffect.ShutdownConnection.INSTANCE)
                .build();
    }

    /** An answer in chunks, as the dashboard gives, that ends between two of them. */
    private static MockResponse chunkedAndCutInTheMiddle(String text) {
        return new MockResponse.Builder()
                .chunkedBody(text, 2)
                .onResponseBody(mockwebserver3.SocketEffect.ShutdownConnection.INSTANCE)
                .build();
    }

    /** Says what a test has put into it; the last of each kind goes on for ever. */
    private static final class Dashboard extends Dispatcher {
        final List<HttpUrl> logRequests = new CopyOnWriteArrayList<>();
        private final Deque<MockResponse> jobs = new ArrayDeque<>();
        private final Deque<MockResponse> nodes = new ArrayDeque<>();
        private final Deque<MockResponse> files = new ArrayDeque<>();

        private String version = "2.58.0";
        private String agentAddress = "http://192.0.2.2:52365";

        /** Where the jobs to come say that the agent of their node is. */
        Dashboard agentAddress(String address) {
            agentAddress = address;
            return this;
        }

        Dashboard job(String status, String node, Integer exitCode) {
            jobs.add(text(
                    200,
                    "{\"type\":\"SUBMISSION\",\"job_id\":null,\"submission_id\":\"j\",\"status\":\"" + status
                            + "\",\"driver_agent_http_address\":\"" + agentAddress
                            + "\",\"driver_node_id\":" + (node == null ? "null" : "\"" + node + "\"")
                            + ",\"driver_exit_code\":" + exitCode + "}"));
            return this;
        }

        /** A job that Ray knows because its driver has connected. */
        Dashboard driverJob() {
            jobs.add(text(
                    200,
                    "{\"type\":\"DRIVER\",\"job_id\":\"02000000\",\"submission_id\":null,\"status\":\"SUCCEEDED\"}"));
            return this;
        }

        Dashboard version(String number) {
            version = number;
            return this;
        }

        Dashboard node(String id, String state) {
            nodes.add(text(
                    200,
                    "{\"result\":true,\"msg\":\"\",\"data\":{\"result\":{\"total\":1,\"result\":[{\"node_id\":\"" + id
                            + "\",\"state\":\"" + state + "\"}]}}}"));
            return this;
        }

        Dashboard file(MockResponse answer) {
            files.add(answer);
            return this;
        }

        @Override
        public synchronized MockResponse dispatch(RecordedRequest request) {
            String path = request.getUrl().encodedPath();
            if (path.startsWith("/api/v0/logs/")) {
                logRequests.add(request.getUrl());
                return next(files);
            } else if (path.equals("/api/version")) {
                return text(200, "{\"version\":\"4\",\"ray_version\":\"" + version + "\"}");
            } else if (path.equals("/api/v0/nodes")) {
                return next(nodes);
            }
            return jobs.isEmpty() ? text(404, "Job j does not exist") : next(jobs);
        }

        private static MockResponse next(Deque<MockResponse> answers) {
            return answers.size() > 1 ? answers.remove() : answers.element();
        }
    }
}
