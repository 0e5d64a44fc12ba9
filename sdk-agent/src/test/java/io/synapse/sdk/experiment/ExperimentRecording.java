package io.synapse.sdk.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import mockwebserver3.MockResponse;

/** One line of experiments-requests.jsonl: an exchange with the original. */
record ExperimentRecording(JsonNode line) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static List<ExperimentRecording> all() throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(ExperimentRecording.class.getResourceAsStream("/experiments-requests.jsonl")),
                StandardCharsets.UTF_8))) {
            return lines.lines().map(ExperimentRecording::parse).toList();
        }
    }

    /** The exchanges over HTTP that are no streams. */
    static List<ExperimentRecording> exchanges() throws IOException {
        return all().stream()
                .filter(each -> !each.method().equals("SSE") && !each.method().equals("WS"))
                .toList();
    }

    /** The first exchange of that request with that status. */
    static ExperimentRecording of(String request, int status) throws IOException {
        return exchanges().stream()
                .filter(each -> each.request().equals(request) && each.status() == status)
                .findFirst()
                .orElseThrow();
    }

    private static ExperimentRecording parse(String line) {
        try {
            return new ExperimentRecording(JSON.readTree(line));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    String method() {
        return line.get("method").textValue();
    }

    String path() {
        return line.get("path").textValue();
    }

    /** Method and path. */
    String request() {
        return method() + " " + path();
    }

    int status() {
        return line.get("status").intValue();
    }

    /** The JSON that was sent; missing if none was. */
    JsonNode body() {
        return line.path("request");
    }

    /** The answer. */
    JsonNode response() {
        return line.get("response");
    }

    /** The frames of a stream. */
    List<String> frames() {
        return JSON.convertValue(
                line.get("frames"), JSON.getTypeFactory().constructCollectionType(List.class, String.class));
    }

    /** The answer as it was on the wire but for the form of the JSON. */
    MockResponse answer() {
        String type = line.path("contentType").asText("application/json");
        return new MockResponse.Builder()
                .code(status())
                .setHeader("Content-Type", type)
                .body(
                        response().isTextual()
                                ? response().textValue()
                                : response().toString())
                .build();
    }

    @Override
    public String toString() {
        return line.path("case").asText("") + " " + request() + " " + status();
    }
}
