package io.synapse.sdk.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.BaseClient;
import io.synapse.sdk.JobStatus;
import io.synapse.sdk.job.Job;
import io.synapse.sdk.job.JobFilter;
import io.synapse.sdk.job.JobType;
import io.synapse.sdk.ray.RayClient;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Jobs listed by a filter, from an agent and from Ray, by both kinds of client. */
class JobFilterTest {
    /** In the order of their ids; their start times are in another order, c and e have none, b and d the same. */
    private static final String JOBS = "["
            + job("a", "RUNNING", "SUBMISSION", "300000000000", "\"team\":\"vision\",\"run\":\"1\"") + ","
            + job("b", "SUCCEEDED", "SUBMISSION", "500000000000", "\"team\":\"vision\"") + ","
            + job("c", "PENDING", "SUBMISSION", "0", "\"team\":\"speech\",\"run\":\"1\"") + ","
            + job("d", "RUNNING", "DRIVER", "500000000000", "") + ","
            + job("e", "PENDING", "SUBMISSION", "null", "\"run\":\"2\"") + ","
            + job("f", "FAILED", "SUBMISSION", "400000000000", "\"run\":\"1\"") + "]";

    private final MockWebServer server = new MockWebServer();

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    static Stream<Arguments> filters() {
        JobFilter all = JobFilter.ALL;
        return Stream.of(
                Arguments.of(all, "abcdef"),
                Arguments.of(all.status(JobStatus.RUNNING), "ad"),
                Arguments.of(all.status(JobStatus.FAILED, JobStatus.PENDING), "cef"),
                Arguments.of(all.status(JobStatus.STOPPED), ""),
                Arguments.of(all.status(JobStatus.RUNNING).status(), "abcdef"),
                Arguments.of(all.metadata("run", "1"), "acf"),
                Arguments.of(all.metadata("run", "1").metadata("team", "vision"), "a"),
                Arguments.of(all.metadata("run", "1").metadata("run", "2"), "e"),
                Arguments.of(all.metadata("run", ""), ""),
                Arguments.of(all.type(JobType.DRIVER), "d"),
                Arguments.of(all.type(JobType.DRIVER).type(null), "abcdef"),
                Arguments.of(all.newest(100), "cebdfa"),
                Arguments.of(all.newest(1), "c"),
                Arguments.of(all.newest(3), "ceb"),
                Arguments.of(all.status(JobStatus.RUNNING).newest(1), "d"),
                Arguments.of(all.newest(1).metadata("team", "vision"), "b"));
    }

    @ParameterizedTest
    @MethodSource("filters")
    void onlyTheJobsThatMatchAreListed(JobFilter filter, String ids) {
        for (Operations kind : Operations.values()) {
            try (BaseClient agent = agent();
                    BaseClient ray = ray()) {
                assertThat(list(kind, agent, filter)).as("%s agent", kind).isEqualTo(ids);
                assertThat(list(kind, ray, filter)).as("%s Ray", kind).isEqualTo(ids);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Operations.class)
    void noServerIsAskedForFewer(Operations kind) throws InterruptedException {
        try (BaseClient agent = agent()) {
            list(kind, agent, JobFilter.ALL.status(JobStatus.RUNNING).newest(1));
        }

        assertThat(server.takeRequest().getTarget()).isEqualTo("/jobs/");
    }

    @Test
    void aFilterIsAValue() {
        JobFilter filter = JobFilter.ALL.status(JobStatus.RUNNING).metadata("run", "1");

        assertThat(filter)
                .isEqualTo(JobFilter.ALL.metadata("run", "1").status(JobStatus.RUNNING))
                .hasToString("JobFilter{statuses=[RUNNING], metadata={run=1}}");
        assertThat(JobFilter.ALL.newest()).isNull();
        assertThatThrownBy(() -> JobFilter.ALL.newest(0)).isInstanceOf(BadRequestException.class);
    }

    private String list(Operations kind, BaseClient client, JobFilter filter) {
        server.enqueue(new MockResponse.Builder().body(JOBS).build());
        List<?> jobs = (List<?>) kind.call(client, "listJobs", filter);
        return String.join("", jobs.stream().map(job -> ((Job) job).id()).toList());
    }

    private BaseClient agent() {
        return AgentClient.builder()
                .baseUrl(server.url("/").toString())
                .agentToken("token")
                .build();
    }

    private BaseClient ray() {
        return RayClient.builder().baseUrl(server.url("/").toString()).build();
    }

    private static String job(String id, String status, String type, String start, String metadata) {
        return "{\"submission_id\":\"" + id + "\",\"status\":\"" + status + "\",\"type\":\"" + type
                + "\",\"start_time\":" + start + ",\"metadata\":{" + metadata + "}}";
    }
}
