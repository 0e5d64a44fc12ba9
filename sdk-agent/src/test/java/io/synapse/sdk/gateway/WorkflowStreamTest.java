package io.synapse.sdk.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.synapse.sdk.ClientException;
import io.synapse.sdk.Models;
import io.synapse.sdk.RetryPolicy;
import io.synapse.sdk.StreamCutException;
import io.synapse.sdk.UnexpectedResponseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A streamed workflow: what was recorded of the original, and what may happen to it on the way. */
@Timeout(120)
class WorkflowStreamTest {
    private static final WorkflowRequest REQUEST = WorkflowRequest.of("t");
    private static final String HEAD =
            "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\ntransfer-encoding: chunked\r\n\r\n";

    @Test
    void theStepsOfAWorkflowAreReported() throws IOException {
        String body = GatewayRecording.of("workflow stream").body();
        try (OriginalGateway gateway = answering(body);
                GatewayClient client = client(gateway);
                WorkflowStream stream = client.streamWorkflow(REQUEST)) {
            List<WorkflowEvent> events = new ArrayList<>();
            for (WorkflowEvent event : stream) {
                assertThat(stream.isSuccessful()).isEqualTo(event.isLast());
                events.add(event);
            }

            assertThat(events).hasSize(12);
            assertThat(events.get(0)).isEqualTo(new WorkflowEvent.Started(WorkflowType.PIPELINE, Map.of()));
            assertThat(events.get(1)).isEqualTo(new WorkflowEvent.StepStarted("plan", "claude", Map.of()));
            assertThat(events.get(2)).isInstanceOfSatisfying(WorkflowEvent.StepCompleted.class, step -> {
                Plan plan = Models.of(Plan.class, step.result());
                assertThat(plan.steps()).hasSize(5);
                assertThat(plan.additionalProperties()).isEmpty();
            });
            assertThat(events.get(11)).isEqualTo(new WorkflowEvent.Completed(WorkflowType.PIPELINE, Map.of()));
            assertThat(stream.isSuccessful()).isTrue();
        }
    }

    @Test
    void aWorkflowThatCompletesAfterAFailedStepIsNoSuccess() throws IOException {
        String body = GatewayRecording.of("workflow stream (claude stopped)").body();
        try (OriginalGateway gateway = answering(body);
                GatewayClient client = client(gateway);
                WorkflowStream stream = client.streamWorkflow(REQUEST)) {
            List<WorkflowEvent> events = stream.stream().toList();

            assertThat(events.get(events.size() - 1)).isInstanceOf(WorkflowEvent.Completed.class);
            assertThat(events)
                    .filteredOn(WorkflowEvent.StepFailed.class::isInstance)
                    .hasSize(2)
                    .allSatisfy(event -> assertThat(((WorkflowEvent.StepFailed) event).error())
                            .startsWith(
                                    "<AioRpcError of RPC that terminated with:\n\tstatus = StatusCode.UNAVAILABLE"));
            assertThat(stream.isSuccessful()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"error", "failed"})
    void aFailureEndsTheStream(String kind) throws IOException {
        String body = "data: {\"event\":\"start\"}\n\ndata: {\"event\":\"" + kind
                + "\",\"error\":\"no\",\"at\":1}\n\ndata: {\"event\":\"complete\"}\n\n";
        try (OriginalGateway gateway = answering(body);
                GatewayClient client = client(gateway);
                WorkflowStream stream = client.streamWorkflow(REQUEST)) {
            assertThat(stream.stream())
                    .containsExactly(
                            new WorkflowEvent.Started(null, Map.of()), new WorkflowEvent.Failed("no", Map.of("at", 1)));
            assertThat(stream.isSuccessful()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCutAtAnyByteLosesNoEvent(boolean numbered) throws IOException {
        List<String> frames = new ArrayList<>();
        GatewayRecording.of("workflow stream (claude stopped)")
                .response()
                .forEach(frame -> frames.add(
                        (numbered ? "id: wf-1:" + (frames.size() + 1) + "\n" : "") + frame.textValue() + "\n\n"));
        List<WorkflowEvent> all;
        AtomicInteger length = new AtomicInteger(Integer.MAX_VALUE);
        OriginalGateway.Answers answers = request -> {
            int from = request.contains("Last-Event-ID: wf-1:")
                    ? Integer.parseInt(request.split("Last-Event-ID: wf-1:")[1].split("\r")[0])
                    : 0;
            byte[] answer = (HEAD + chunks(frames.subList(from, frames.size()))).getBytes(StandardCharsets.UTF_8);
            return from > 0 ? answer : Arrays.copyOf(answer, Math.min(answer.length, length.get()));
        };
        try (OriginalGateway gateway = new OriginalGateway(answers, true);
                GatewayClient client = client(gateway)) {
            try (WorkflowStream stream = client.streamWorkflow(REQUEST)) {
                all = stream.stream().toList();
            }
            String text = HEAD + chunks(frames);
            int last = text.lastIndexOf("\n\n") + 1;
            for (int cut = HEAD.length(); cut <= last; cut++) {
                length.set(text.substring(0, cut).getBytes(StandardCharsets.UTF_8).length);
                gateway.requests.clear();
                int events = text.substring(0, cut).split("\n\n", -1).length - 1;
                List<WorkflowEvent> read = new ArrayList<>();
                try (WorkflowStream stream = client.streamWorkflow(REQUEST)) {
                    if (numbered && events > 0) {
                        stream.forEach(read::add);
                        assertThat(read).isEqualTo(all);
                        assertThat(gateway.requests).hasSize(2);
                    } else {
                        StreamCutException failure =
                                catchThrowableOfType(StreamCutException.class, () -> stream.forEach(read::add));
                        assertThat(read).isEqualTo(all.subList(0, events));
                        assertThat(failure.delivered()).isEqualTo(events);
                        assertThat(failure.mayHaveBeenExecuted()).isTrue();
                        assertThat(gateway.requests).hasSize(1);
                        assertThat(stream.isSuccessful()).isFalse();
                    }
                }
            }
        }
    }

    private static String chunks(List<String> frames) {
        StringBuilder chunks = new StringBuilder();
        for (String frame : frames) {
            int length = frame.getBytes(StandardCharsets.UTF_8).length;
            chunks.append(Integer.toHexString(length))
                    .append("\r\n")
                    .append(frame)
                    .append("\r\n");
        }
        return chunks.append("0\r\n\r\n").toString();
    }

    @Test
    void oddEventsAreReadAsFarAsTheyCanBe() throws IOException {
        String body =
                "data: {\"event\":\"step_complete\",\"step\":7,\"agent\":{\"a\":1},\"result\":{\"x\":NaN},\"new\":[1]}\n\n"
                        + "data: {\"event\":\"heartbeat\",\"n\":1}\n\ndata: {\"event\":[1]}\n\ndata: {}\n\n"
                        + "data: {\"event\":\"complete\",\"workflow_type\":\"ring\"}\n\n";
        try (OriginalGateway gateway = answering(body);
                GatewayClient client = client(gateway);
                WorkflowStream stream = client.streamWorkflow(REQUEST)) {
            assertThat(stream.stream())
                    .containsExactly(
                            new WorkflowEvent.StepCompleted(
                                    "7",
                                    null,
                                    Map.of("x", Double.NaN),
                                    Map.of("agent", Map.of("a", 1), "new", List.of(1))),
                            new WorkflowEvent.Other(Map.of("event", "heartbeat", "n", 1)),
                            new WorkflowEvent.Other(Map.of("event", List.of(1))),
                            new WorkflowEvent.Other(Map.of()),
                            new WorkflowEvent.Completed(new WorkflowType("ring"), Map.of()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "[]", "7", "{\"event\":", "{\"event\":\"start\"} x"})
    void anEventThatIsNoObjectEndsTheStream(String data) throws IOException {
        try (OriginalGateway gateway = answering("data: {\"event\":\"start\"}\n\ndata: " + data + "\n\n");
                GatewayClient client = client(gateway);
                WorkflowStream stream = client.streamWorkflow(REQUEST)) {
            List<WorkflowEvent> read = new ArrayList<>();
            ClientException failure =
                    catchThrowableOfType(UnexpectedResponseException.class, () -> stream.forEach(read::add));
            assertThat(read).hasSize(1);
            assertThat(failure.mayHaveBeenExecuted()).isTrue();
            assertThat(gateway.requests).hasSize(1);
            assertThatThrownBy(() -> stream.iterator()).isInstanceOf(IllegalStateException.class);
        }
    }

    private static OriginalGateway answering(String events) throws IOException {
        return new OriginalGateway(request -> OriginalGateway.answer(200, "text/event-stream", events));
    }

    private static GatewayClient client(OriginalGateway gateway) {
        return GatewayClient.builder()
                .baseUrl(gateway.url())
                .retryPolicy(RetryPolicy.NEVER)
                .build();
    }
}
