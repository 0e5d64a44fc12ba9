package io.synapse.sdk.experiments;

import static io.synapse.sdk.experiments.MlflowCaller.point;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.synapse.sdk.experiments.internal.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How clients of MLflow's REST find runs and experiments (wire/experiments.md, section 11). */
class MlflowSearchTest {
    @TempDir
    Path data;

    private EmbeddedExperiments server;
    private MlflowCaller mlflow;

    @BeforeEach
    void start() throws Exception {
        server = EmbeddedExperiments.builder().dataDirectory(data).start();
        mlflow = new MlflowCaller(new Caller(server));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void filtersCompareMetricsParametersTagsAndAttributes() throws Exception {
        List<String> ids = new ArrayList<>();
        for (int number = 1; number <= 3; number++) {
            String run = mlflow.create("run" + number);
            ids.add(run);
            mlflow.logBatch(run, "metrics", List.of(point("loss", number, 1, 0), point("a b", -number, 1, 0)));
            mlflow.logBatch(run, "params", List.of(Map.of("key", "val/opt", "value", "Adam_" + number)));
            tag(run, "team", number < 3 ? "ann" : "O'Hara [x]");
        }
        mlflow.log(ids.get(0), point("odd", "NaN", 1, 0));
        mlflow.log(ids.get(1), point("odd", "Infinity", 1, 0));
        assertThat(mlflow.names("metrics.loss > 1 and tags.team = 'ann'")).containsExactly("run2");
        assertThat(mlflow.names("metrics.\"a b\" >= -2 AND metric.`a b` <= -2.0e0"))
                .containsExactly("run2");
        assertThat(mlflow.names("tags.\"team\" like 'a%'")).containsExactly("run2", "run1");
        assertThat(mlflow.names("tags.team LIKE 'A%'")).isEmpty();
        assertThat(mlflow.names("tag.team ILIKE 'A%'")).containsExactly("run2", "run1");
        assertThat(mlflow.names("tags.team LIKE \"%'Hara [x]\"")).containsExactly("run3");
        assertThat(mlflow.names("tags.team != 'ann'")).containsExactly("run3");
        assertThat(mlflow.names("params.`val/opt` LIKE 'Adam\u005f2'")).containsExactly("run2");
        assertThat(mlflow.names("parameters.val/opt = 'Adam_1'")).containsExactly("run1");
        assertThat(mlflow.names("attributes.run_name != 'run2'")).containsExactly("run3", "run1");
        assertThat(mlflow.names("run_name LIKE 'run%' and status = 'RUNNING'")).hasSize(3);
        assertThat(mlflow.names("start_time < 1000001 and attributes.start_time >= 1000000"))
                .hasSize(3);
        assertThat(mlflow.names("run_id IN ('" + ids.get(0) + "', '" + ids.get(2) + "',)"))
                .containsExactly("run3", "run1");
        assertThat(mlflow.names("attributes.run_id NOT IN (\"" + ids.get(0) + "\")"))
                .containsExactly("run3", "run2");
        assertThat(mlflow.names("metrics.none < 1")).isEmpty();
        assertThat(mlflow.names("metrics.odd > 1")).containsExactly("run2");
        assertThat(mlflow.names("metrics.odd != 1")).containsExactly("run2", "run1");
        assertThat(mlflow.names("")).containsExactly("run3", "run2", "run1");
        String many = "run_id IN (" + "'x',".repeat(20_000) + "'" + ids.get(1) + "')";
        assertThat(mlflow.names(many)).containsExactly("run2");
    }

    @Test
    void whatCannotBeReadIsRefused() throws Exception {
        for (String filter : List.of(
                "metrics.loss in (1)",
                "loss",
                "metrics.loss > 1 or metrics.loss < 0",
                "metrics.loss > '1'",
                "tags.team = 1",
                "tags.team > 'a'",
                "metrics.loss like '1'",
                "run_name = 'x",
                "unknown = 'x'",
                "colour.team = 'x'",
                "metrics. > 1",
                "run_id IN ()",
                "metrics.loss > 1 and",
                "metrics.loss > 1;",
                "a = 'x') OR (1 = 1",
                "metrics.loss > 1 and ".repeat(101) + "metrics.loss > 1")) {
            assertThat(refused(Map.of("filter", filter))).as(filter).isEqualTo("INVALID_PARAMETER_VALUE");
        }
        for (String order : List.of("", "metrics.loss down", "unknown", "metrics.loss DESC, start_time")) {
            assertThat(refused(Map.of("order_by", List.of(order)))).as(order).isEqualTo("INVALID_PARAMETER_VALUE");
        }
        for (Object token : List.of("x", "!", "W10", "WyJsIl0")) {
            assertThat(refused(Map.of("page_token", token))).isEqualTo("INVALID_PARAMETER_VALUE");
        }
        for (Object most : List.of(0, 50_001, "many")) {
            assertThat(refused(Map.of("max_results", most))).isEqualTo("INVALID_PARAMETER_VALUE");
        }
        assertThat(refused(Map.of("run_view_type", "SOME"))).isEqualTo("INVALID_PARAMETER_VALUE");
    }

    @Test
    void whatHasNoNumberComesLastInEitherDirection() throws Exception {
        for (Object value : List.of(2.0, "NaN", 1.0, "-Infinity", "none", 2.0)) {
            String run = mlflow.create(value.toString());
            if (!value.equals("none")) {
                mlflow.log(run, point("loss", value, 1, 0));
            }
        }
        assertThat(sorted(List.of("metrics.loss"))).containsExactly("-Infinity", "1.0", "2.0", "2.0", "NaN", "none");
        assertThat(sorted(List.of("metrics.loss DESC")))
                .containsExactly("2.0", "2.0", "1.0", "-Infinity", "NaN", "none");
        assertThat(sorted(List.of("attributes.run_name desc", "start_time")))
                .containsExactly("none", "NaN", "2.0", "2.0", "1.0", "-Infinity");
    }

    private List<String> sorted(List<String> orders) throws IOException, InterruptedException {
        List<String> names = new ArrayList<>();
        for (JsonNode page = page(orders, null);
                ;
                page = page(orders, page.path("next_page_token").asText())) {
            names.addAll(page.path("runs").findValuesAsText("run_name"));
            assertThat(names).hasSizeLessThanOrEqualTo(6); // or it would never end
            if (!page.has("next_page_token")) {
                return names;
            }
        }
    }

    private JsonNode page(List<String> orders, String token) throws IOException, InterruptedException {
        Map<String, Object> query = new HashMap<>(Map.of("order_by", orders, "max_results", 1));
        if (token != null) {
            query.put("page_token", token);
        }
        return mlflow.search(query);
    }

    @Test
    void pagesStayRightWhileRunsAreAddedAndDeleted() throws Exception {
        List<String> expected = new ArrayList<>();
        for (int number = 0; number < 20; number++) {
            String run = mlflow.create("run" + number);
            mlflow.log(run, point("loss", -number / 2, 1, 0)); // two have the same
            expected.add("run" + number);
        }
        for (List<String> orders : List.<List<String>>of(List.of(), List.of("metrics.loss DESC"))) {
            List<String> seen = new ArrayList<>();
            String token = null;
            do {
                Map<String, Object> query = new HashMap<>(Map.of("order_by", orders, "max_results", 3));
                if (token != null) {
                    query.put("page_token", token);
                }
                JsonNode page = mlflow.search(query);
                page.path("runs").findValuesAsText("run_name").stream()
                        .filter(name -> name.startsWith("run"))
                        .forEach(seen::add);
                assertThat(seen).as("%s", orders).doesNotHaveDuplicates();
                String added = mlflow.create("added");
                mlflow.log(added, point("loss", 1000, 1, 0)); // before all others
                mlflow.ok(
                        "runs/delete",
                        Map.of(
                                "run_id",
                                page.path("runs")
                                        .path(0)
                                        .path("info")
                                        .path("run_id")
                                        .asText()));
                token = page.has("next_page_token")
                        ? page.path("next_page_token").asText()
                        : null;
            } while (token != null);
            assertThat(seen).containsExactlyInAnyOrderElementsOf(expected);
            for (JsonNode deleted :
                    mlflow.search(Map.of("run_view_type", "DELETED_ONLY")).path("runs")) {
                mlflow.ok(
                        "runs/restore",
                        Map.of("run_id", deleted.path("info").path("run_id").asText()));
            }
        }
    }

    @Test
    void experimentsAreFoundByNameTagsAndStage() throws Exception {
        List<String> ids = new ArrayList<>();
        for (int number = 0; number < 5; number++) {
            ids.add(mlflow.createExperiment("exp" + number));
        }
        mlflow.ok("experiments/set-experiment-tag", Map.of("experiment_id", ids.get(1), "key", "team", "value", "ann"));
        Map<String, String> other = Map.of("experiment_id", ids.get(0), "key", "team", "value", "ann");
        mlflow.ok("experiments/set-experiment-tag", other);
        mlflow.ok("experiments/delete-experiment-tag", other);
        mlflow.ok("experiments/delete", Map.of("experiment_id", ids.get(2)));
        assertThat(experiments(Map.of("filter", "name LIKE 'exp%'", "order_by", List.of("name"))))
                .containsExactly("exp0", "exp1", "exp3", "exp4");
        assertThat(experiments(Map.of("filter", "tags.team = 'ann'"))).containsExactly("exp1");
        assertThat(experiments(Map.of("view_type", "DELETED_ONLY"))).containsExactly("exp2");
        assertThat(experiments(Map.of("view_type", "ALL", "filter", "name ILIKE 'EXP%'")))
                .hasSize(5);
        JsonNode page =
                mlflow.ok("experiments/search?max_results=2&order_by=name%20DESC&filter=name%20LIKE%20%27e%25%27");
        assertThat(page.path("experiments").findValuesAsText("name")).containsExactly("exp4", "exp3");
        assertThat(experiments(Map.of(
                        "page_token", page.path("next_page_token").asText(),
                        "order_by", List.of("name DESC"),
                        "filter", "name LIKE 'e%'")))
                .containsExactly("exp1", "exp0");
    }

    private List<String> experiments(Map<String, Object> query) throws IOException, InterruptedException {
        return mlflow.ok("experiments/search", query).path("experiments").findValues("name").stream()
                .map(JsonNode::asText)
                .toList();
    }

    private void tag(String run, String key, String value) throws IOException, InterruptedException {
        mlflow.ok("runs/set-tag", Map.of("run_id", run, "key", key, "value", value));
    }

    private String refused(Map<String, Object> query) throws IOException, InterruptedException {
        Map<String, Object> body = new HashMap<>(query);
        body.put("experiment_ids", List.of(mlflow.experiment()));
        return Json.tree(mlflow.post("runs/search", body).body())
                .path("error_code")
                .asText();
    }
}
