package io.synapse.sdk.gateway.server.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.synapse.sdk.gateway.Analysis;
import io.synapse.sdk.gateway.AnalysisRequest;
import io.synapse.sdk.gateway.CodeRequest;
import io.synapse.sdk.gateway.GeneratedCode;
import io.synapse.sdk.gateway.Plan;
import io.synapse.sdk.gateway.PlanRequest;
import io.synapse.sdk.gateway.server.AgentException;
import io.synapse.sdk.gateway.server.AgentException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A real model, from the prompt over its tokens to the answer. */
@Tag("one-jdk")
@Timeout(300)
class LocalModelIT {
    /** A story of the model that does not end soon: the schema leaves it any length. */
    private static final ModelPrompt STORY = new ModelPrompt(
            "You tell long stories.",
            List.of("Tell the story of a cat."),
            "{\"type\":\"object\",\"properties\":{\"story\":{\"type\":\"string\",\"minLength\":3000}},"
                    + "\"required\":[\"story\"]}");

    private static Path file;
    private static LocalModel model;
    private static ModelAgent agent;

    @BeforeAll
    static void start() {
        file = LocalModelFile.path();
        model = LocalModel.of(file);
        agent = ModelAgent.builder().model(model).build();
    }

    @AfterAll
    static void stop() {
        if (agent != null) {
            agent.close();
        }
    }

    @Test
    void aPlanIsGenerated() throws Exception {
        List<String> pieces = new ArrayList<>();

        Plan plan = agent.plan(PlanRequest.of("Write a web page that shows the time."), pieces::add);

        assertThat(pieces).hasSizeGreaterThan(10);
        assertThat(plan.steps())
                .isNotEmpty()
                .allSatisfy(step -> assertThat(step.agent()).isIn("claude", "gemini", "codex"));
        assertThat(plan.additionalProperties()).containsEntry("source", "model:local/SmolLM2-135M-Instruct.Q4_1");
    }

    @Test
    void theSamePromptHasTheSameAnswer() throws Exception {
        AnalysisRequest request = AnalysisRequest.of("The server was restarted at noon because its disk was full.");
        List<String> first = new ArrayList<>();
        List<String> second = new ArrayList<>();

        Analysis analysis = agent.analyze(request, first::add);
        Analysis again = agent.analyze(request, second::add);

        assertThat(analysis.summary()).isNotBlank();
        assertThat(String.join("", second)).isEqualTo(String.join("", first));
        assertThat(again.findings()).isEqualTo(analysis.findings());
    }

    @Test
    void callsWaitForOneAnother() throws Exception {
        FutureTask<GeneratedCode> other =
                new FutureTask<>(() -> agent.generateCode(CodeRequest.of("Print the text hello."), piece -> {}));
        new Thread(other).start();

        assertThat(agent.analyze(AnalysisRequest.of("A short text."), piece -> {})
                        .summary())
                .isNotNull();
        assertThat(other.get(200, TimeUnit.SECONDS).code()).isNotNull();
    }

    /** The process works no more, and is the same one that gives the next answer. */
    @Test
    void anInterruptEndsTheGeneration() throws Exception {
        List<String> pieces = new CopyOnWriteArrayList<>();
        FutureTask<String> call = new FutureTask<>(() -> model.generate(STORY, pieces::add));
        Thread thread = new Thread(call);
        thread.start();
        await().atMost(Duration.ofSeconds(60)).until(() -> pieces.size() > 5);
        ProcessHandle process = processOfModel();

        thread.interrupt();

        assertThatThrownBy(() -> call.get(2, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(InterruptedException.class);
        long start = System.nanoTime();
        String next = model.generate(
                new ModelPrompt("", List.of("Say yes."), "{\"type\":\"string\",\"enum\":[\"yes\"]}"), piece -> {});
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        assertThat(next.strip()).isEqualTo("\"yes\"");
        assertThat(processOfModel()).isEqualTo(process);
    }

    @Test
    void aProcessThatDiesIsReplaced() throws Exception {
        List<String> pieces = new CopyOnWriteArrayList<>();
        FutureTask<String> call = new FutureTask<>(() -> model.generate(STORY, pieces::add));
        new Thread(call).start();
        await().atMost(Duration.ofSeconds(60)).until(() -> pieces.size() > 5);

        processOfModel().destroyForcibly();

        assertThatThrownBy(() -> call.get(5, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(
                        AgentException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
        assertThat(agent.plan(PlanRequest.of("Tidy up."), piece -> {}).steps()).isNotEmpty();
    }

    @Test
    void closingEndsTheProcessAndRemovesItsFolder() throws Exception {
        List<Path> foldersBefore = folders();
        ProcessHandle process;
        LocalModel closed = LocalModel.of(file);
        try (closed) {
            List<ProcessHandle> before = processes();
            FutureTask<String> call = new FutureTask<>(() -> closed.generate(STORY, piece -> {}));
            new Thread(call).start();
            await().until(() -> processes().size() > before.size());
            process = processes().stream()
                    .filter(each -> !before.contains(each))
                    .findFirst()
                    .orElseThrow();
        }
        assertThat(process.isAlive()).isFalse();
        assertThat(folders()).isEqualTo(foldersBefore);
        assertThatThrownBy(() -> closed.generate(STORY, piece -> {})).isInstanceOf(AgentException.class);
    }

    @Test
    void aFileThatIsNoModelIsTold() throws Exception {
        Path broken = Files.createTempFile("broken", ".gguf");
        Files.writeString(broken, "GGUF and nothing of a model");
        try (LocalModel none = LocalModel.of(broken)) {
            assertThatThrownBy(() -> none.generate(STORY, piece -> {}))
                    .isInstanceOfSatisfying(
                            AgentException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
                    .hasMessageContaining("load");
        } finally {
            Files.delete(broken);
        }
    }

    @Test
    void aPromptThatIsTooLongIsRefused() {
        assertThatThrownBy(() -> agent.analyze(AnalysisRequest.of("one two three ".repeat(2000)), piece -> {}))
                .isInstanceOfSatisfying(
                        AgentException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED))
                .hasMessageContaining("tokens");
    }

    private static List<Path> folders() throws IOException {
        try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return all.filter(each -> each.getFileName().toString().startsWith("synapse-model-"))
                    .sorted()
                    .toList();
        }
    }

    private static ProcessHandle processOfModel() {
        assertThat(processes()).hasSize(1);
        return processes().get(0);
    }

    private static List<ProcessHandle> processes() {
        return ProcessHandle.current().children().filter(ProcessHandle::isAlive).toList();
    }
}
