package io.synapse.sdk.container;

import io.synapse.sdk.internal.json.Json;
import io.synapse.sdk.internal.json.UnreadableJsonException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what agents say of raw Docker containers: typed as far as it is said in the known way. */
final class DockerAnswer {
    /** Those that are said in one way only. */
    private static final List<String> WORDS = List.of("id", "name", "state", "status");

    private DockerAnswer() {}

    static DockerContainer read(Map<String, @Nullable Object> answer) {
        try {
            return Json.convert(answer, DockerContainer.class);
        } catch (UnreadableJsonException e) {
            return words(answer); // an image, ports or labels of another shape: kept as they are
        }
    }

    private static DockerContainer words(Map<String, @Nullable Object> answer) {
        Map<String, @Nullable Object> rest = new LinkedHashMap<>(answer);
        Map<String, String> words = new LinkedHashMap<>();
        for (String word : WORDS) {
            if (answer.get(word) instanceof String text) {
                words.put(word, text);
                rest.remove(word);
            }
        }
        return new DockerContainer(
                words.get("id"),
                words.get("name"),
                null,
                words.get("state"),
                words.get("status"),
                List.of(),
                Map.of(),
                null,
                rest);
    }
}
