package io.synapse.sdk.it.ray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.synapse.sdk.AuthenticationException;
import io.synapse.sdk.AuthorizationException;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.JobStatus;
import io.synapse.sdk.LogStream;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.TailOptions;
import io.synapse.sdk.TailProtocol;
import io.synapse.sdk.job.Job;
import io.synapse.sdk.job.JobSubmission;
import io.synapse.sdk.ray.RayClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A cluster that answers only to those who show its token: it goes wherever it must, and nowhere else. */
@Tag("one-jdk")
@Timeout(120)
class RayTokenIT {
    private static final String TOKEN = "s3cret-token-of-the-test";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static RayCluster cluster;
    private static RayClient client;

    /** A job that is over. */
    private static String job;

    @BeforeAll
    static void start() throws IOException {
        cluster = RayCluster.startWithToken(TOKEN);
        client = cluster.client();
        job = client.submitJob(JobSubmission.of("seq 1 100"));
        assertThat(client.waitForJob(job, PATIENCE).status()).isEqualTo(JobStatus.SUCCEEDED);
    }

    @AfterAll
    static void stop() throws IOException {
        if (cluster != null) {
            cluster.close();
        }
        if (client != null) {
            client.close();
        }
    }

    @Test
    void withoutItNothingIsAnswered() throws IOException {
        try (RayClient nobody = RayClient.builder().baseUrl(cluster.address()).build()) {
            everyCallFails(nobody, AuthenticationException.class, "Unauthorized: Missing authentication token");
        }
    }

    @Test
    void withAnotherOneNothingIsAnsweredEither() throws IOException {
        try (RayClient stranger = RayClient.builder()
                .baseUrl(cluster.address())
                .authToken("n0t-the-token")
                .build()) {
            everyCallFails(stranger, AuthorizationException.class, "Forbidden: Invalid authentication token");
        }
    }

    @Test
    void withItEverythingIs() {
        String id = StartedJob.submit(client, JobSubmission.of("sleep 1000"));

        assertThat(client.listJobs()).extracting(Job::id).contains(job, id);
        assertThat(client.getJobLogs(job)).contains("\n99\n100\n");
        client.stopJob(id);
        assertThat(client.waitForJob(id, PATIENCE).status()).isEqualTo(JobStatus.STOPPED);
        client.deleteJob(id);
        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> client.getJob(id));
        assertThat(client.listNodes()).hasSize(1);
        assertThat(client.listTasks()).isEmpty();
        assertThat(client.getVersion().rayVersion()).isEqualTo("2.58.0");
        assertThat(client.getClusterStatus()).isNotNull();
        assertThat(client.listServeApplications()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void itIsShownWhereALogIsFollowedAndNeverLogged(TailProtocol protocol) throws Exception {
        String printed = followWithEveryLoggerOpen(protocol);

        assertThat(printed)
                .contains(Files.readString(cluster.jobLog(job)))
                .contains("GET " + cluster.address() + "/api/jobs/" + job)
                .doesNotContain(TOKEN);
    }

    private static void everyCallFails(RayClient caller, Class<? extends ClientException> how, String why) {
        List<Runnable> calls = List.of(
                () -> caller.submitJob(JobSubmission.of("true")),
                caller::listJobs,
                () -> caller.getJob(job),
                () -> caller.getJobLogs(job),
                () -> follow(caller, TailProtocol.WEBSOCKET),
                () -> follow(caller, TailProtocol.HTTP),
                () -> follow(caller, TailProtocol.AUTO),
                () -> caller.stopJob(job),
                () -> caller.deleteJob(job),
                () -> caller.waitForJob(job, PATIENCE),
                caller::listNodes,
                caller::listTasks,
                caller::getVersion,
                caller::listServeApplications);
        assertThat(calls)
                .allSatisfy(call -> assertThatExceptionOfType(how)
                        .isThrownBy(call::run)
                        .withMessageContaining(why)
                        .satisfies(failure ->
                                assertThat(failure.mayHaveBeenExecuted()).isFalse()));
        assertThat(client.listJobs()).extracting(Job::id).contains(job);
    }

    private static void follow(RayClient caller, TailProtocol protocol) {
        try (LogStream log = caller.tailJobLogs(job, TailOptions.DEFAULT.protocol(protocol))) {
            log.forEach(line -> {});
        }
    }

    private static String followWithEveryLoggerOpen(TailProtocol protocol) throws IOException, InterruptedException {
        ProcessBuilder follower = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=trace",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName(),
                        job,
                        protocol.name())
                .redirectErrorStream(true);
        follower.environment().put("RAY_API_SERVER_ADDRESS", cluster.address().toString());
        follower.environment().put("RAY_AUTH_TOKEN", TOKEN);
        Process process = follower.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    /** Follows a log on the cluster of its environment. */
    public static final class Program {
        private Program() {}

        /** Arguments: the job and the protocol. */
        public static void main(String[] arguments) throws IOException {
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            try (RayClient client = RayClient.fromEnvironment();
                    LogStream log = client.tailJobLogs(
                            arguments[0], TailOptions.DEFAULT.protocol(TailProtocol.of(arguments[1])))) {
                log.transferTo(text);
            }
            System.out.println(text.toString(StandardCharsets.UTF_8));
        }
    }
}
