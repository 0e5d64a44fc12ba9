package io.synapse.sdk.experiments;

import com.fasterxml.jackson.databind.JsonNode;
import io.synapse.sdk.experiments.internal.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** One line of experiments-requests.jsonl: an exchange with the original server, whose answers ours are compared with. */
record RecordedExchange(JsonNode line) {
    /** All of them, in the order in which they happened. */
    static List<RecordedExchange> all() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(RecordedExchange.class.getResourceAsStream("/experiments-requests.jsonl")),
                StandardCharsets.UTF_8))) {
            return lines.lines()
                    .map(line -> new RecordedExchange(Json.tree(line)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String method() {
        return line.path("method").asText();
    }

    String path() {
        return line.path("path").asText();
    }

    int status() {
        return line.path("status").asInt();
    }

    /** Sends the request to another server. */
    HttpResponse<String> send(Caller caller) throws IOException, InterruptedException {
        BodyPublisher body =
                line.has("request") ? BodyPublishers.ofString(Json.text(line.get("request"))) : BodyPublishers.noBody();
        return caller.send(caller.request(path()).method(method(), body).build());
    }

    /** The keys of the recorded answer that another answer lacks, as paths; those of a list are those of its first element. */
    List<String> keysMissingIn(String answer) {
        List<String> missing = new ArrayList<>();
        compare("", line.path("response"), Json.tree(answer), missing);
        return missing;
    }

    private static void compare(String path, JsonNode recorded, JsonNode answered, List<String> missing) {
        if (recorded.isObject()) {
            recorded.properties().forEach(field -> {
                String below = path + "." + field.getKey();
                if (!answered.has(field.getKey())) {
                    missing.add(below);
                } else {
                    compare(below, field.getValue(), answered.get(field.getKey()), missing);
                }
            });
        } else if (recorded.isArray() && recorded.path(0).isObject()) {
            compare(path + "[0]", recorded.get(0), answered.path(0), missing);
        }
    }

    @Override
    public String toString() {
        return method() + " " + path() + " " + line.path("request");
    }
}
