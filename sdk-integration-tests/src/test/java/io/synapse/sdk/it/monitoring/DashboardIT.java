package io.synapse.sdk.it.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each query of the dashboard and each alert of {@code deploy/}, in a real Prometheus, over gateways and a client that are
 * well first and then fail. The system property {@code synapse.prometheus} names the folder of its programs, which
 * {@code tools/prometheus} installs; without it the tests are skipped, except in continuous integration, where they fail.
 */
@Tag("one-jdk")
@Timeout(120)
class DashboardIT {
    private static final Path DEPLOY = Path.of("..", "deploy");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private static Path programs;

    @TempDir
    Path folder;

    @BeforeAll
    static void findPrometheus() {
        programs = Path.of(System.getProperty("synapse.prometheus", ""));
        boolean isThere = Files.isExecutable(programs.resolve("prometheus"));
        String missing = "the system property synapse.prometheus names no folder with a Prometheus: '" + programs + "'";
        if ("true".equals(System.getenv("CI"))) {
            assertThat(isThere).as(missing).isTrue();
        }
        assumeTrue(isThere, missing);
    }

    @Test
    void everyAlertFollowsAFaultAndEveryQueryHasAnAnswer() throws Exception {
        try (MonitoredSystem system = new MonitoredSystem()) {
            configure(system);
            try (PrometheusProcess prometheus = new PrometheusProcess(programs, folder)) {
                awaitAllTargets(prometheus);
                Map<String, String> rules = prometheus.ruleHealth();
                assertThat(rules).hasSize(7);
                awaitRules(prometheus);
                assertThat(prometheus.firing()).isEmpty();

                system.breakAll();

                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(prometheus.firing()).containsExactlyElementsOf(rules.keySet()));
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(unanswered(prometheus)).isEmpty());
            }
        }
    }

    /** Both gateways and the client, with so many samples that there are rates. */
    private static void awaitAllTargets(PrometheusProcess prometheus) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(prometheus.query("up == 1")).hasSize(3);
            assertThat(prometheus.query("count_over_time(up[1m]) >= 5")).hasSize(3);
        });
    }

    private static void awaitRules(PrometheusProcess prometheus) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(prometheus.ruleHealth().values()).containsOnly("ok"));
    }

    /** The configuration of {@code deploy/}, with the addresses of the test and times that a test can wait for. */
    private void configure(MonitoredSystem system) throws IOException {
        Path token = Files.writeString(folder.resolve("token"), MonitoredSystem.TOKEN);
        String settings = Files.readString(DEPLOY.resolve("prometheus.yml"));
        Files.writeString(
                folder.resolve("prometheus.yml"),
                replaced(
                        settings,
                        Map.of(
                                "_interval: 15s",
                                "_interval: 1s",
                                "/run/secrets/gateway_token",
                                token.toString(),
                                "\"gateway:8000\"",
                                '"' + String.join("\",\"", system.gateways()) + '"')));
        String alerts = Files.readString(DEPLOY.resolve("alerts.yml"));
        Files.writeString(folder.resolve("alerts.yml"), alerts.replaceAll("for: \\d+m", "for: 1s"));
        Path clients = Files.createDirectory(folder.resolve("clients"));
        Files.writeString(clients.resolve("test.yml"), "- targets: [\"" + system.exporter() + "\"]\n");
    }

    private static String replaced(String text, Map<String, String> replacements) {
        String result = text;
        for (Map.Entry<String, String> replacement : replacements.entrySet()) {
            assertThat(result).contains(replacement.getKey());
            result = result.replace(replacement.getKey(), replacement.getValue());
        }
        return result;
    }

    /** The queries of the dashboard without a number in their answer, by the title of the panel. */
    private static Map<String, List<String>> unanswered(PrometheusProcess prometheus) throws Exception {
        Map<String, List<String>> unanswered = new TreeMap<>();
        for (JsonNode panel : dashboard().path("panels")) {
            for (JsonNode target : panel.path("targets")) {
                String query = withValues(target.path("expr").asText());
                if (!hasNumber(prometheus.query(query))) {
                    unanswered
                            .computeIfAbsent(panel.path("title").asText(), title -> new ArrayList<>())
                            .add(query);
                }
            }
        }
        return unanswered;
    }

    private static boolean hasNumber(JsonNode result) {
        for (JsonNode series : result) {
            if (!series.path("value").path(1).asText().equals("NaN")) {
                return true;
            }
        }
        return false;
    }

    /** A query with values in place of Grafana's variables. */
    private static String withValues(String query) {
        String complete = query.replace("$__rate_interval", "1m")
                .replace("$service", ".*")
                .replace("$client", ".*");
        assertThat(complete).isNotBlank().doesNotContain("$");
        return complete;
    }

    private static JsonNode dashboard() throws IOException {
        return JSON.readTree(Files.readString(DEPLOY.resolve("grafana").resolve("dashboard.json")));
    }

    @Test
    void promtoolAcceptsTheConfiguration() throws Exception {
        for (String name : List.of("prometheus.yml", "alerts.yml")) {
            Files.copy(DEPLOY.resolve(name), folder.resolve(name));
        }
        assertAccepted("check", "rules", folder.resolve("alerts.yml").toString());
        assertAccepted(
                "check",
                "config",
                "--syntax-only",
                folder.resolve("prometheus.yml").toString());
    }

    private static void assertAccepted(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(programs.resolve("promtool").toString()));
        command.addAll(List.of(arguments));
        Process promtool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(promtool.waitFor()).as(output).isZero();
    }

    /** Grafana drops a panel without a word when its id is taken, and draws nothing for an unknown data source. */
    @Test
    void theDashboardHasWhatGrafanaAsksFor() throws IOException {
        JsonNode dashboard = dashboard();
        assertThat(dashboard.path("title").asText()).isNotBlank();
        assertThat(dashboard.path("schemaVersion").asInt()).isPositive();
        assertThat(dashboard.path("panels")).hasSizeGreaterThan(10).allSatisfy(panel -> {
            assertThat(panel.path("title").asText()).isNotBlank();
            assertThat(panel.path("gridPos").path("w").asInt()
                            + panel.path("gridPos").path("x").asInt())
                    .isBetween(1, 24);
            assertThat(panel.path("targets"))
                    .allSatisfy(target -> assertThat(
                                    target.path("datasource").path("uid").asText())
                            .isEqualTo("${datasource}"));
        });
        assertThat(dashboard.path("panels"))
                .extracting(panel -> panel.path("id").asInt())
                .doesNotHaveDuplicates();
    }
}
