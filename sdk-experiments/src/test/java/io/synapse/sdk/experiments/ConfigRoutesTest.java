package io.synapse.sdk.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.synapse.sdk.experiments.internal.Json;
import java.io.IOException;
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
import org.junit.jupiter.params.provider.ValueSource;

class ConfigRoutesTest {
    @TempDir
    Path folder;

    private Path data;
    private EmbeddedExperiments server;
    private Caller caller;

    @BeforeEach
    void start() {
        data = folder.resolve("data");
        server = EmbeddedExperiments.builder().dataDirectory(data).start();
        caller = new Caller(server);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            return tree.filter(path -> !path.getFileName().toString().startsWith("experiments.db"))
                    .map(Path::toString)
                    .sorted()
                    .toList();
        }
    }

    private JsonNode check(String config) throws Exception {
        return caller.ok(caller.post("/api/configs/validate", Map.of("config", config)))
                .path("data");
    }

    private void upload(String path, String content) throws Exception {
        caller.ok(caller.post("/api/components/versions/upload", Map.of("path", path, "content", content)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../x.yaml",
                "/etc/x.yaml",
                "a/../../x.yaml",
                ".x.yaml",
                "a//x.yaml",
                "x\0.yaml",
                "link/x.yaml",
                "linked.yaml",
                "x.py",
                "taken.yaml/x.yaml",
                ""
            })
    void aPathOutOfTheFolderIsRefusedAndNothingIsWritten(String path) throws Exception {
        Files.createSymbolicLink(data.resolve("config/link"), folder);
        Files.writeString(folder.resolve("outside.yaml"), "a: 1\n");
        Files.createSymbolicLink(data.resolve("config/linked.yaml"), folder.resolve("outside.yaml"));
        Files.writeString(data.resolve("config/taken.yaml"), "a: 1\n");
        List<String> before = files();

        HttpResponse<String> saved = caller.post("/api/configs/save", Map.of("path", path, "content", "a: 2\n"));
        HttpResponse<String> created = caller.post("/api/configs/create", Map.of("name", path, "content", "a: 2\n"));

        assertThat(saved.statusCode()).as(saved.body()).isEqualTo(400);
        assertThat(created.statusCode()).as(created.body()).isIn(path.equals("x.py") ? 200 : 400);
        assertThat(Files.readString(folder.resolve("outside.yaml"))).isEqualTo("a: 1\n");
        if (!path.equals("x.py")) { // which is a name without .yaml
            assertThat(files()).isEqualTo(before);
        }
    }

    @Test
    void aLinkIsNotRead() throws Exception {
        Files.writeString(folder.resolve("secret.yaml"), "token: x\n");
        Files.createSymbolicLink(data.resolve("config/linked.yaml"), folder.resolve("secret.yaml"));

        assertThat(caller.get("/api/configs/linked.yaml").statusCode()).isEqualTo(400);
        assertThat(caller.get("/api/configs/..%2f..%2fsecret.yaml").statusCode())
                .isEqualTo(400);
        assertThat(caller.ok(caller.get("/api/configs")).path("data")).isEmpty();
    }

    @Test
    void storedConfigsAreSubmitted() throws Exception {
        caller.ok(
                caller.post("/api/configs/create", Map.of("name", "sweeps/a", "content", "project: p\nlr: [1, 2]\n")));

        JsonNode answer = caller.ok(caller.post(
                "/api/queue/submit",
                Map.of("name", "n", "project", "p", "config_path", "config/sweeps/a.yaml", "expand", true)));

        assertThat(answer.path("total").asInt()).isEqualTo(2);
        assertThat(caller.get("/api/configs/none.yaml").statusCode()).isEqualTo(404);
    }

    @Test
    void aDryRunSaysWhatWouldRun() throws Exception {
        JsonNode checked = check("project: demo\nagent: a\nlr: [0.1, 1e-3]\nmodel.depth: [1, 2]\n");

        assertThat(checked.path("valid").asBoolean()).isTrue();
        assertThat(checked.path("count").asInt()).isEqualTo(4);
        assertThat(checked.path("runs").path(3))
                .isEqualTo(Json.tree("{\"project\":\"demo\",\"agent\":\"a\",\"lr\":\"1e-3\",\"model\":{\"depth\":2}}"));
        assertThat(checked.path("grid").path(0)).isEqualTo(Json.tree("{\"lr\":0.1,\"model.depth\":1}"));
        assertThat(checked.path("warnings").findValuesAsText("message"))
                .anySatisfy(message -> assertThat(message).contains("0.001"))
                .anySatisfy(message -> assertThat(message).contains("no agent is known here"));
    }

    @Test
    void aDryRunSaysWhatIsWrongAndWhere() throws Exception {
        upload("agent/good.py", "class Good:\n    def __init__(self, cfg):\n        pass\n");
        upload("loss/focal", "class Focal:\n    def __init__(self, gamma: float, alpha=0.25, *args):\n        pass\n");
        upload("transform/resize", "class Resize:\n    def __init__(self, size):\n        pass\n");

        JsonNode checked =
                check("project: ../esc\nagent: bad\nepochs: [1, 0]\nloss: [focal, focal(2), focal(gamma=1)]\n"
                        + "transform: {train: resize(size=3) | flip, val: 'resize(3'}\n");

        assertThat(checked.path("valid").asBoolean()).isFalse();
        assertThat(checked.path("errors"))
                .map(error -> error.path("line") + " " + error.path("path").asText() + " "
                        + error.path("message").asText().replaceAll("the name of a project.*", "name"))
                .containsExactly(
                        "1 project name",
                        "3 epochs is a whole number from 1",
                        "2 agent there is no agent bad",
                        "4 loss focal needs gamma",
                        "5 transform.train there is no transform flip",
                        "5 transform.val \"resize(3\" is no name(arguments) of a component");
    }

    @Test
    void aDryRunKnowsWhetherThereIsADevice() throws Exception {
        ObjectNode body =
                Json.MAPPER.createObjectNode().put("config", "agent: a\n").put("device", "gpu-x:0");

        JsonNode checked = caller.ok(caller.post("/api/configs/validate", body)).path("data");

        assertThat(checked.path("errors").path(0).path("message").asText()).contains("gpu-x");
    }

    @Test
    void aTextThatIsNoConfigIsReportedWithItsLine() throws Exception {
        JsonNode checked = check("a: 1\nb: [1\n");

        assertThat(checked.path("valid").asBoolean()).isFalse();
        assertThat(checked.path("errors").path(0).path("line").asInt()).isEqualTo(3);
        assertThat(caller.post("/api/configs/validate", Map.of("config", 1)).statusCode())
                .isEqualTo(422);
        assertThat(caller.post("/api/configs/validate", Map.of()).statusCode()).isEqualTo(422);
    }
}
