package io.synapse.sdk.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;

/**
 * One line of requests.jsonl: a call of the published Python client and what it sent for it.
 *
 * @param call the name of the call and its variant
 * @param arguments what it was called with
 * @param requests what it sent
 */
record Recording(String call, JsonNode arguments, List<JsonNode> requests) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static List<Recording> all() throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Recording.class.getResourceAsStream("/requests.jsonl")),
                StandardCharsets.UTF_8))) {
            return lines.lines().map(Recording::parse).toList();
        }
    }

    private static Recording parse(String line) {
        try {
            JsonNode recorded = JSON.readTree(line);
            return new Recording(
                    recorded.get("call").textValue(),
                    recorded.get("arguments"),
                    StreamSupport.stream(recorded.get("requests").spliterator(), false)
                            .toList());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return call + " " + arguments;
    }
}
