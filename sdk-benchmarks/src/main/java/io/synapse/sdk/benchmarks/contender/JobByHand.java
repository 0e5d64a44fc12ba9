package io.synapse.sdk.benchmarks.contender;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * A job as one would write it down without the SDK, and how one would ask for it.
 *
 * @param submissionId its id
 * @param status where it stands
 * @param entrypoint what it runs
 * @param message in words, how it stands
 * @param startTime when it began, in milliseconds
 * @param endTime when it ended, in milliseconds
 * @param metadata words of the submitter's own
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record JobByHand(
        @JsonProperty("submission_id") String submissionId,
        String status,
        String entrypoint,
        @Nullable String message,
        @JsonProperty("start_time") @Nullable Long startTime,
        @JsonProperty("end_time") @Nullable Long endTime,
        Map<String, String> metadata) {
    /** Asks for a job. */
    public static JobByHand get(OkHttpClient client, ObjectMapper mapper, String url, String id) throws IOException {
        try (Response answer =
                client.newCall(request(url + "/jobs/" + id + "/")).execute()) {
            return mapper.readValue(answer.body().byteStream(), JobByHand.class);
        }
    }

    /** Asks for all jobs, as maps. */
    public static List<?> list(OkHttpClient client, ObjectMapper mapper, String url) throws IOException {
        try (Response answer = client.newCall(request(url + "/jobs/")).execute()) {
            return mapper.readValue(answer.body().byteStream(), List.class);
        }
    }

    private static Request request(String url) {
        return new Request.Builder()
                .url(url)
                .header("Authorization", Token.VALUE)
                .build();
    }
}
