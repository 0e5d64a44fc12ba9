package io.synapse.sdk.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.experiment.internal.ExperimentNames;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names and paths are checked before anything is sent, be it the question what the server is. */
class ExperimentNamesTest {
    private static Stream<String> badNames() {
        return Stream.of(
                "",
                " ",
                ".",
                "..",
                "../esc",
                "a/b",
                "a\\b",
                ".hidden",
                "a..b",
                "-a",
                "a\0",
                "a\nb",
                "é",
                "a?b",
                "a%2Fb",
                "n".repeat(101));
    }

    @ParameterizedTest
    @MethodSource("badNames")
    void aBadNameIsRefusedAndNothingIsSent(String bad) throws IOException {
        try (ScriptedExperiments server = new ScriptedExperiments(ScriptedExperiments.ORIGINAL);
                ExperimentClient client = server.client()) {
            server.on("GET /api/", "{}");
            for (Runnable call : List.<Runnable>of(
                    () -> client.getRun(bad, "a"),
                    () -> client.getRun("a", bad),
                    () -> client.listTags(bad),
                    () -> client.reindexProject(bad),
                    () -> client.getTrendSummary(bad),
                    () -> client.deleteDevice(bad),
                    () -> client.nextJob(bad, Duration.ZERO),
                    () -> client.createConfig(bad, "a: 1\n"),
                    () -> client.getExperimentJob(bad.equals("-a") ? "" : bad),
                    () -> client.tailExperimentLogs(bad.equals("-a") ? "" : bad),
                    () -> client.uploadComponent("loss/" + bad, "x", true),
                    () -> client.listComponents(bad),
                    () -> client.getComponentVersion(bad),
                    () -> RunKey.of(bad, "a"),
                    () -> DeviceReport.of(bad),
                    () -> JobQuery.ALL.project(bad),
                    () -> ExperimentSubmission.ofConfig("a: 1").project(bad),
                    () -> AnalysisRequest.of(bad),
                    () -> SyncPart.of(SyncTarget.RUN, "job", bad.length() > 100 ? "/" : bad, 0, new byte[0]))) {
                assertThatThrownBy(call::run).isInstanceOf(BadRequestException.class);
            }
            assertThat(server.asked).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../x",
                "a/b/c",
                "loss/a-b",
                "LOSS/x",
                "other/x",
                "loss",
                "loss/",
                "/loss/x",
                "loss/x.py.py",
                "loss/x.txt",
                "loss/1x",
                "loss/x\0",
                "loss/..",
                "loss/é"
            })
    void aPathThatIsNotThatOfAComponentIsRefused(String path) {
        assertThatThrownBy(() -> ExperimentNames.component(path)).isInstanceOf(BadRequestException.class);
    }

    @Test
    void aNameOfAComponentHasAtMostAHundredCharacters() {
        assertThat(ExperimentNames.component("loss/" + "x".repeat(100) + ".py").name())
                .hasSize(100);
        assertThatThrownBy(() -> ExperimentNames.component("loss/" + "x".repeat(300)))
                .isInstanceOf(BadRequestException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"loss/x", "loss/x.py", "agent/_a1", "dataloader/Big_One.py"})
    void thePathOfAComponentMayHaveItsEnding(String path) {
        assertThat(ExperimentNames.component(path).toString()).isEqualTo(path.endsWith(".py") ? path : path + ".py");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/etc/x", "../x.yaml", "a/../b", "a//b", "a\\b", "a\nb", "a/."})
    void aPathThatLeavesItsFolderIsRefused(String path) throws IOException {
        try (ScriptedExperiments server = new ScriptedExperiments(ScriptedExperiments.ORIGINAL);
                ExperimentClient client = server.client()) {
            for (Runnable call : List.<Runnable>of(
                    () -> client.getConfig(path),
                    () -> client.saveConfig(path, "a: 1\n"),
                    () -> client.downloadArtifact("p", "r", path),
                    () -> client.previewArtifact(path),
                    () -> ExperimentSubmission.ofConfigPath(path))) {
                assertThatThrownBy(call::run).isInstanceOf(BadRequestException.class);
            }
            assertThat(server.asked).isEmpty();
        }
    }

    @Test
    void whatElseIsOutOfItsRangeIsRefusedToo() throws IOException {
        try (ScriptedExperiments server = new ScriptedExperiments(ScriptedExperiments.ORIGINAL);
                ExperimentClient client = server.client()) {
            for (Runnable call : List.<Runnable>of(
                    () -> client.setNotes("p", "r", "n".repeat(2001)),
                    () -> client.cleanUpJobs(Duration.ofMinutes(59)),
                    () -> client.compareMetrics(List.of(), List.of()),
                    () -> client.saveCheckpoint("job", Map.of("loss", Double.NaN)),
                    () -> client.saveManifest("job", Map.of("loss/x", "nothing")),
                    () -> client.followEvents("x"),
                    () -> CurveQuery.of(List.of(), List.of("a")),
                    () -> JobQuery.ALL.pageSize(0),
                    () -> RunQuery.of("p").pageSize(1001),
                    () -> RecommendationRequest.of("p", List.of()),
                    () -> ExperimentSubmission.ofConfig("a: 1").idempotencyKey("a b"),
                    () -> ExperimentSubmission.ofConfig("a: 1").name(" "))) {
                assertThatThrownBy(call::run).isInstanceOf(BadRequestException.class);
            }
            assertThat(server.asked).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "_x", "run 1", "exp.2026-11-27", "0"})
    void ordinaryNamesAreAccepted(String name) {
        assertThatCode(() -> RunKey.of(name, name)).doesNotThrowAnyException();
    }
}
