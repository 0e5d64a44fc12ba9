package io.synapse.sdk.benchmarks.contender;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * A job as one would write it down without the SDK, with all that a server says of it, and how one would ask for it.
 *
 * @param type how it came about
 * @param jobId Ray's own id
 * @param submissionId its id
 * @param driverInfo the process that runs it
 * @param status where it stands
 * @param entrypoint what it runs
 * @param message in words, how it stands
 * @param errorType why it failed
 * @param startTime when it began, in milliseconds
 * @param endTime when it ended, in milliseconds
 * @param metadata words of the submitter's own
 * @param runtimeEnv the environment it was submitted with
 * @param driverAgentHttpAddress where the agent of the driver's node is
 * @param driverNodeId the node that the driver runs on
 * @param driverExitCode the exit code of its command
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record JobByHand(
        @Nullable String type,
        @Nullable String jobId,
        String submissionId,
        @Nullable DriverByHand driverInfo,
        String status,
        String entrypoint,
        @Nullable String message,
        @Nullable String errorType,
        @Nullable Long startTime,
        @Nullable Long endTime,
        Map<String, String> metadata,
        Map<String, Object> runtimeEnv,
        @Nullable String driverAgentHttpAddress,
        @Nullable String driverNodeId,
        @Nullable Long driverExitCode) {
    private static final TypeReference<List<JobByHand>> LIST = new TypeReference<>() {};

    /**
     * The process that runs a job.
     *
     * @param id its id
     * @param nodeIpAddress the address of its node
     * @param pid its process id there
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record DriverByHand(String id, String nodeIpAddress, String pid) {}

    /** Asks for a job. */
    public static JobByHand get(OkHttpClient client, ObjectMapper mapper, String url, String id) throws IOException {
        try (Response answer =
                client.newCall(request(url + "/jobs/" + id + "/")).execute()) {
            return mapper.readValue(answer.body().byteStream(), JobByHand.class);
        }
    }

    /** Asks for all jobs. */
    public static List<JobByHand> list(OkHttpClient client, ObjectMapper mapper, String url) throws IOException {
        try (Response answer = client.newCall(request(url + "/jobs/")).execute()) {
            return mapper.readValue(answer.body().byteStream(), LIST);
        }
    }

    private static Request request(String url) {
        return new Request.Builder()
                .url(url)
                .header("Authorization", Token.VALUE)
                .build();
    }
}
