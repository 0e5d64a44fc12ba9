package io.synapse.sdk.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.Javalin;
import io.synapse.sdk.gateway.server.internal.Json;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code /openapi.json} says is what the gateway does: its paths, their requests and their answers. */
class OpenApiTest {
    private static EmbeddedGateway gateway;
    private static Http http;
    private static JsonNode description;

    @BeforeAll
    static void read() throws IOException, InterruptedException {
        gateway = EmbeddedGateway.builder().allowCommands(true).start();
        http = Http.of(gateway);
        description = Json.MAPPER.readTree(http.get("/openapi.json").body());
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void itIsJsonForWhoKnowsTheToken() throws Exception {
        HttpResponse<String> answer = http.get("/openapi.json");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(description.path("openapi").asText()).isEqualTo("3.1.0");
        assertThat(new Http(gateway.baseUrl(), "wrong").get("/openapi.json").statusCode())
                .isEqualTo(401);
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        List<String> references = description.findValuesAsText("$ref");
        assertThat(references)
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                description.at(reference.substring(1)).isObject())
                        .as(reference)
                        .isTrue());
    }

    @Test
    void eachRouteIsDescribedAndNothingElse() throws ReflectiveOperationException {
        Set<String> routes = new TreeSet<>();
        javalin().unsafe.internalRouter.allHttpHandlers().stream()
                .map(handler -> handler.endpoint)
                .filter(endpoint -> endpoint.method.isHttpMethod())
                .forEach(endpoint -> routes.add(endpoint.method + " " + endpoint.path));
        assertThat(operations()).hasSize(15).isEqualTo(routes);
    }

    /** What the running server was made with; no caller of its own needs it. */
    private static Javalin javalin() throws ReflectiveOperationException {
        Object part = gateway;
        for (String name : List.of("http", "server", "javalin")) {
            Field field = part.getClass().getDeclaredField(name);
            field.setAccessible(true);
            part = field.get(part);
        }
        return (Javalin) part;
    }

    private static Set<String> operations() {
        Set<String> operations = new TreeSet<>();
        for (Map.Entry<String, JsonNode> path : description.path("paths").properties()) {
            path.getValue()
                    .fieldNames()
                    .forEachRemaining(method -> operations.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey()));
        }
        return operations;
    }

    @Test
    void eachOperationIsAnswered() throws Exception {
        for (String operation : operations()) {
            String[] parts = operation.split(" ");
            HttpRequest request = http.request(parts[1])
                    .header("Content-Type", "application/json")
                    .method(parts[0], HttpRequest.BodyPublishers.ofString("{}"))
                    .build();
            assertThat(http.send(request).statusCode()).as(operation).isEqualTo(parts[0].equals("GET") ? 200 : 422);
        }
        assertThat(http.get("/metrics").body())
                .as("each is counted under its own name")
                .doesNotContain("endpoint=\"other\"");
    }

    /** Every word of the sources is sent as a field whose value is wrong for all: the errors name the fields that are read. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/claude/plan",
                "/api/v1/claude/code",
                "/api/v1/gemini/analyze",
                "/api/v1/gemini/review",
                "/api/v1/codex/execute",
                "/api/v1/workflow",
                "/api/v1/workflow/legacy",
                "/api/v1/workflow/stream"
            })
    void theFieldsOfARequestAreThoseThatAreRead(String path) throws Exception {
        JsonNode schema = resolved(post(path).at("/requestBody/content/application~1json/schema"));
        ObjectNode body = Json.MAPPER.createObjectNode();
        for (String word : words()) {
            body.putArray(word).add(1);
        }
        assertThat(placesOfErrors(path, body.toString()))
                .containsExactlyInAnyOrderElementsOf(names(schema.path("properties")));
        assertThat(placesOfErrors(path, "{}")).containsExactlyInAnyOrderElementsOf(texts(schema.path("required")));
    }

    @Test
    void theModelsOfAWorkflowAreThoseThatAreRead() throws Exception {
        ObjectNode body = Json.MAPPER.createObjectNode().put("task", "t");
        for (String word : words()) {
            body.withObjectProperty("model_config").put(word, 1);
        }
        JsonNode errors = errors("/api/v1/workflow", body.toString());
        List<String> read = new ArrayList<>();
        errors.forEach(error -> read.add(error.at("/loc/2").asText()));
        assertThat(read)
                .containsExactlyInAnyOrderElementsOf(
                        names(description.at("/components/schemas/ModelConfig/properties")));
    }

    private static Set<String> words() throws IOException {
        Set<String> words = new TreeSet<>();
        try (Stream<Path> sources = Files.list(Path.of("src/main/java/io/synapse/sdk/gateway/server/internal/http"))) {
            for (Path source : sources.toList()) {
                Pattern.compile("\"([a-z_]+)\"")
                        .matcher(Files.readString(source))
                        .results()
                        .map((MatchResult word) -> word.group(1))
                        .forEach(words::add);
            }
        }
        return words;
    }

    private static Set<String> placesOfErrors(String path, String body) throws Exception {
        Set<String> places = new TreeSet<>();
        errors(path, body).forEach(error -> places.add(error.at("/loc/1").asText()));
        return places;
    }

    private static JsonNode errors(String path, String body) throws Exception {
        HttpResponse<String> answer = http.post(path, body);
        assertThat(answer.statusCode()).isEqualTo(422);
        JsonNode document = Json.MAPPER.readTree(answer.body());
        assertDescribed(document, description.at("/components/schemas/InvalidFields"), "422");
        return document.path("detail");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    /api/v1/claude/plan     | {"task":"t"}
                    /api/v1/claude/code     | {"description":"d"}
                    /api/v1/gemini/analyze  | {"content":"TODO: x"}
                    /api/v1/gemini/review   | {"code":"x = 1 # TODO"}
                    /api/v1/codex/execute   | {"command":"echo x"}
                    /api/v1/workflow        | {"task":"t"}
                    /api/v1/workflow        | {"task":"t","workflow_type":"swarm"}
                    /api/v1/workflow/legacy | {"task":"t"}
                    """)
    void anAnswerIsAsDescribed(String path, String body) throws Exception {
        HttpResponse<String> answer = http.post(path, body);
        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode response = resolved(post(path).at("/responses/200"));
        assertDescribed(Json.MAPPER.readTree(answer.body()), response.at("/content/application~1json/schema"), path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/metrics/json", "/api/v1/codex/health"})
    void theStateOfTheGatewayIsAsDescribed(String path) throws Exception {
        JsonNode response = resolved(description.path("paths").path(path).at("/get/responses/200"));
        JsonNode answer = Json.MAPPER.readTree(http.get(path).body());
        assertDescribed(answer, response.at("/content/application~1json/schema"), path);
    }

    @Test
    void aProblemIsAsDescribed() throws Exception {
        HttpResponse<String> answer = http.post("/api/v1/workflow", "{\"task\":\"t\",\"workflow_id\":\"none\"}");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertDescribed(Json.MAPPER.readTree(answer.body()), description.at("/components/schemas/Problem"), "problem");
    }

    @Test
    void theEventsOfAWorkflowAreAsDescribed() throws Exception {
        JsonNode schema = description.at("/components/schemas/WorkflowEvent");
        List<String> events = http.post("/api/v1/workflow/stream", "{\"task\":\"t\"}")
                .body()
                .lines()
                .filter(line -> line.startsWith("data: "))
                .toList();
        assertThat(events).hasSize(12);
        for (String event : events) {
            JsonNode document = Json.MAPPER.readTree(event.substring("data: ".length()));
            assertDescribed(document, schema, event);
            assertThat(texts(schema.at("/properties/event/enum")))
                    .contains(document.path("event").asText());
        }
    }

    /** An object has the fields that it must have and no others than described, down to the last. */
    private static void assertDescribed(JsonNode value, JsonNode described, String place) {
        JsonNode schema = resolved(described);
        if (schema.has("anyOf")) {
            assertThat(schema.path("anyOf")).as(place).anySatisfy(each -> assertDescribed(value, each, place));
        } else if (value.isObject() && schema.has("properties")) {
            assertThat(names(value))
                    .as(place)
                    .containsAll(texts(schema.path("required")))
                    .isSubsetOf(names(schema.path("properties")));
            value.properties()
                    .forEach(field -> assertDescribed(
                            field.getValue(),
                            schema.path("properties").path(field.getKey()),
                            place + "." + field.getKey()));
        } else if (value.isObject()) {
            value.forEach(each -> assertDescribed(each, schema.path("additionalProperties"), place));
        } else {
            assertThat(typesOf(value)).as(place).containsAnyElementsOf(typesOf(schema, value));
            value.forEach(each -> assertDescribed(each, schema.path("items"), place + "[]"));
        }
    }

    private static Set<String> typesOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case NUMBER -> value.isIntegralNumber() ? Set.of("integer", "number") : Set.of("number");
            case NULL -> Set.of("null");
            default -> Set.of(value.getNodeType().name().toLowerCase(Locale.ROOT));
        };
    }

    /** Those that a schema allows: all where it says nothing. */
    private static Set<String> typesOf(JsonNode schema, JsonNode value) {
        JsonNode type = schema.path("type");
        return type.isMissingNode() ? typesOf(value) : type.isTextual() ? Set.of(type.asText()) : texts(type);
    }

    private static JsonNode post(String path) {
        return description.path("paths").path(path).path("post");
    }

    private static JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? description.at(node.path("$ref").asText().substring(1)) : node;
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Set<String> texts(JsonNode list) {
        Set<String> texts = new TreeSet<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
