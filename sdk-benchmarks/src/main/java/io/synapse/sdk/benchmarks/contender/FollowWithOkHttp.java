package io.synapse.sdk.benchmarks.contender;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Follows an agent's log with OkHttp and a BufferedReader, as one would by hand. */
public final class FollowWithOkHttp {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private FollowWithOkHttp() {}

    /**
     * Runs it.
     *
     * @param args {@code events}: only counts what comes; {@code lines}: takes the log's lines out of it; then as for any
     *     follower
     */
    public static void main(String[] args) throws Exception {
        boolean onlyEvents = args[0].equals("events");
        OkHttpClient client = new OkHttpClient();
        Follower.time(
                (url, job) -> {
                    Request request = new Request.Builder()
                            .url(url + "/jobs/" + job + "/logs/stream/")
                            .header("Authorization", Token.VALUE)
                            .header("Accept-Encoding", "identity")
                            .build();
                    try (Response answer = client.newCall(request).execute();
                            BufferedReader reader = new BufferedReader(
                                    new InputStreamReader(answer.body().byteStream(), StandardCharsets.UTF_8))) {
                        return onlyEvents ? events(reader) : lines(reader);
                    }
                },
                Arrays.copyOfRange(args, 1, args.length));
    }

    private static long events(BufferedReader reader) throws IOException {
        long events = 0;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            events += line.isEmpty() ? 0 : 1;
        }
        return events;
    }

    private static long lines(BufferedReader reader) throws IOException {
        long lines = 0;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.startsWith("data: ")) {
                JsonNode event = MAPPER.readTree(line.substring("data: ".length()));
                if (event.get("type").asText().equals("log")) {
                    lines += event.get("message")
                            .asText()
                            .lines()
                            .filter(any -> true)
                            .count();
                }
            }
        }
        return lines;
    }
}
