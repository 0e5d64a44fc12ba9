package io.synapse.sdk.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ComponentRoutesTest {
    private static final String VERSIONS = "/api/components/versions";

    @TempDir
    Path data;

    private EmbeddedExperiments server;
    private Caller caller;

    @BeforeEach
    void start() {
        server = EmbeddedExperiments.builder().dataDirectory(data).start();
        caller = new Caller(server);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> upload(String path, String content) throws Exception {
        return caller.post(VERSIONS + "/upload", Map.of("path", path, "content", content));
    }

    private JsonNode data(HttpResponse<String> answer) {
        return caller.ok(answer).path("data");
    }

    static Stream<String> badPaths() {
        return Stream.of(
                "../x",
                "a/b/c",
                "loss/a-b",
                "LOSS/x",
                "loss/x\0",
                "loss/" + "x".repeat(300),
                "loss/",
                "loss/.py",
                "loss/ü",
                "loss/x.py.py",
                "/loss/x",
                "loss\\x");
    }

    @ParameterizedTest
    @MethodSource("badPaths")
    void aPathThatIsNoComponentIsRefusedAndNothingIsWritten(String path) throws Exception {
        assertThat(upload(path, "x = 1\n").statusCode()).isEqualTo(400);
        assertThat(data(caller.get(VERSIONS))).isEmpty();
        try (Stream<Path> files = Files.walk(data.resolve("components"))) {
            assertThat(files).containsExactly(data.resolve("components"));
        }
    }

    @Test
    void theSameBytesUnderAnotherPathAreAnotherVersion() throws Exception {
        JsonNode first = data(upload("loss/a", "x = 1\n"));
        JsonNode second = data(upload("loss/b.py", "x = 1\n"));

        assertThat(first.path("hash").asText()).isEqualTo("b8e52214ff1f5c4f");
        assertThat(second.path("path").asText()).isEqualTo("loss/b.py");
        assertThat(second.path("is_new").asBoolean()).isTrue();
        assertThat(data(caller.get(VERSIONS + "/hash/b8e52214ff1f5c4f")).findValuesAsText("path"))
                .containsExactly("loss/a.py", "loss/b.py");
        assertThat(data(caller.get(VERSIONS + "/hash/b8e52214ff1f5c4f")).findValuesAsText("content"))
                .containsOnly("x = 1\n");
    }

    @Test
    void aHashOfSeveralComponentsIsActivatedWithItsPath() throws Exception {
        for (String path : List.of("loss/a", "loss/b")) {
            upload(path, "x = 1\n");
            upload(path, "x = 2\n");
        }

        HttpResponse<String> unclear = caller.post(VERSIONS + "/activate", Map.of("hash", "b8e52214ff1f5c4f"));
        JsonNode clear =
                data(caller.post(VERSIONS + "/activate", Map.of("hash", "b8e52214ff1f5c4f", "path", "loss/b")));

        assertThat(unclear.statusCode()).isEqualTo(409);
        assertThat(clear.path("is_active").asBoolean()).isTrue();
        assertThat(data(caller.get(VERSIONS + "/loss")).findValuesAsText("active_hash"))
                .containsExactly("fc16e68744fece0d", "b8e52214ff1f5c4f");
    }

    @Test
    void aConflictIsANotificationWhoseAnswerResolvesIt() throws Exception {
        Path file = data.resolve("components/loss/a.py");
        Files.createDirectory(file.getParent());
        Files.writeString(file, "x = 1\n");
        caller.post(VERSIONS + "/scan");
        upload("loss/a", "x = 2\n");
        Files.writeString(file, "x = 3\n");

        JsonNode conflict =
                data(caller.post(VERSIONS + "/scan")).path("conflicts").path(0);
        JsonNode told = data(caller.get("/api/notifications?unread=true")).path(0);
        String answer = "/api/notifications/" + told.path("id").asText();
        HttpResponse<String> other = caller.post(answer, Map.of("action", "burn"));
        JsonNode answered = data(caller.post(answer, Map.of("action", "use_server")));
        HttpResponse<String> again = caller.post(answer, Map.of("action", "use_local"));

        assertThat(conflict.path("type").asText()).isEqualTo("local_newer");
        assertThat(told.path("type").asText()).isEqualTo("sync_conflict");
        assertThat(other.statusCode()).isEqualTo(400);
        assertThat(answered.path("action").asText()).isEqualTo("use_server");
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(Files.readString(file)).isEqualTo("x = 2\n");
        assertThat(data(caller.get(VERSIONS + "/loss/a?include_content=true")).findValuesAsText("content"))
                .containsExactly("x = 3\n", "x = 2\n", "x = 1\n");
        assertThat(data(caller.get("/api/components/conflicts"))).isEmpty();
    }

    @Test
    void detailsTellWhatTheSourceSays() throws Exception {
        upload("optimizer/sgd", """
                # It's a comment.
                \"\"\"Of the module.\"\"\"
                import torch

                class Sgd(Base, metaclass=Meta):
                    '''Stochastic gradient descent.

                    More.
                    '''

                    def __init__(self, cfg, lr: float, betas=(0.9, 0.99),  # don't split
                                 *, name: str = "a, b)", **kwargs):
                        pass
                """);

        JsonNode details = data(caller.get("/api/components/component/optimizer/sgd"));
        JsonNode checked = data(caller.post("/api/components/validate-config", Map.of("type", "optimizer.sgd")));

        assertThat(details.path("description").asText()).isEqualTo("Stochastic gradient descent.");
        assertThat(details.path("parameters").toString())
                .isEqualTo("{\"lr\":{\"required\":true,\"type\":\"float\",\"default\":null},"
                        + "\"betas\":{\"required\":false,\"type\":null,\"default\":\"(0.9, 0.99)\"},"
                        + "\"name\":{\"required\":false,\"type\":\"str\",\"default\":\"\\\"a, b)\\\"\"}}");
        assertThat(checked.path("missing").toString()).isEqualTo("[\"lr\"]");
    }

    @Test
    void aManifestIsKeptAsItWasSent() throws Exception {
        Map<String, String> manifest = Map.of("loss/a.py", "b8e52214ff1f5c4f");

        assertThat(caller.get("/api/components/manifest/j1").statusCode()).isEqualTo(404);
        assertThat(caller.post("/api/components/manifest/j1", Map.of("../a", "b8e52214ff1f5c4f"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(caller.post("/api/components/manifest/j1", Map.of("loss/a", "XYZ"))
                        .statusCode())
                .isEqualTo(400);
        caller.ok(caller.post("/api/components/manifest/j1", manifest));
        assertThat(data(caller.get("/api/components/manifest/j1"))
                        .path("components")
                        .toString())
                .isEqualTo("{\"loss/a.py\":\"b8e52214ff1f5c4f\"}");
    }
}
