package io.synapse.sdk.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the original answered of configs and components, and what this server answers. */
class ConfigReplayTest {
    /** Where the contract differs (wire/experiments.md, sections 2 and 7): statuses by request. */
    private static final Map<String, Integer> OTHER_STATUS = Map.of(
            "POST /api/configs/validate {\"content\":\"a: 1\"}", 200,
            "GET /api/components/versions/nocat ", 400,
            "POST /api/components/versions/upload {\"path\":\"../etc/x\",\"content\":\"x\"}", 400,
            "POST /api/components/versions/upload {\"path\":\"loss/a-b\",\"content\":\"x\"}", 400);

    private static void component(Path data, String path, String content) throws Exception {
        Path file = data.resolve("components").resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    @Test
    void recordedRequestsHaveTheSameStatusesAndKeys(@TempDir Path data) throws Exception {
        component(data, "agent/classification.py", "class Classification:\n    \"\"\"Classifies.\"\"\"\n");
        component(data, "loss/cross_entropy.py", "class CrossEntropy:\n    '''A loss.'''\n");
        List<RecordedExchange> recorded = RecordedExchange.all().stream()
                .filter(each ->
                        each.path().startsWith("/api/configs") || each.path().startsWith("/api/components"))
                .toList();
        SoftAssertions all = new SoftAssertions();
        try (EmbeddedExperiments server =
                EmbeddedExperiments.builder().dataDirectory(data).start()) {
            Caller caller = new Caller(server);
            for (RecordedExchange each : recorded) {
                HttpResponse<String> answer = each.send(caller);
                Integer other = OTHER_STATUS.get(each.toString());

                all.assertThat(answer.statusCode())
                        .as("%s: %s", each, answer.body())
                        .isEqualTo(other == null ? each.status() : other);
                if (other == null) {
                    all.assertThat(each.keysMissingIn(answer.body()))
                            .as("%s: %s", each, answer.body())
                            .isEmpty();
                }
            }
        }
        all.assertAll();
        assertThat(recorded).hasSize(26);
    }
}
