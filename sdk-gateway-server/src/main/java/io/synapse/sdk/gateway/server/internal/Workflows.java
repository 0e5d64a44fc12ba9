package io.synapse.sdk.gateway.server.internal;

import io.synapse.sdk.gateway.server.internal.GatewayFailure.Kind;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Workflows, as calls and as streams. What a workflow has done is kept for some time after a failure, so that it can be
 * continued by its id without doing that again. Thread-safe.
 */
final class Workflows {
    private static final int MOST_FAILED = 1_000;
    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final String EVENT = "event";
    private static final String STEP = "step";
    private static final String WORKFLOW_ID = "workflow_id";

    private final WorkflowRun.Steps steps;
    private final ScheduledExecutorService timer;
    private final Map<String, WorkflowState> states = new LinkedHashMap<>();

    Workflows(WorkflowRun.Steps steps, ScheduledExecutorService timer) {
        this.steps = steps;
        this.timer = timer;
    }

    /** Runs a workflow to its end. */
    Map<String, @Nullable Object> run(WorkflowOrder order) throws InterruptedException {
        WorkflowState state = begin(order);
        return run(order, state, WorkflowRun.Listener.NONE);
    }

    private Map<String, @Nullable Object> run(WorkflowOrder order, WorkflowState state, WorkflowRun.Listener listener)
            throws InterruptedException {
        boolean isComplete = false;
        try {
            Map<String, @Nullable Object> answer = new WorkflowRun(order, state, steps, listener).run();
            isComplete = true;
            return answer;
        } finally {
            state.pause();
            if (isComplete) {
                forget(state);
            } else {
                timer.schedule(() -> forget(state), KEPT.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    /**
     * Runs a workflow and puts its events into a stream. It goes on where an earlier run of the gateway was, but for a
     * command that had begun then.
     */
    void stream(WorkflowOrder order, ResumableStream stream, List<StreamEntry> already) throws InterruptedException {
        WorkflowState state = already.isEmpty() ? begin(order) : restore(order, already);
        if (already.isEmpty()) {
            stream.append(fields("start", "workflow_type", order.type(), WORKFLOW_ID, state.id()));
        }
        try {
            requireRepeatable(already);
            run(order, state, events(stream, already));
            stream.append(fields("complete", "workflow_type", order.type()));
        } catch (GatewayFailure failure) {
            Map<String, @Nullable Object> event = fields("failed", "error", failure.message());
            event.putAll(failure.fields());
            event.put(WORKFLOW_ID, state.id());
            event.remove("steps"); // each was an event of its own
            stream.append(event);
        }
    }

    /** A command that began in an earlier run may have run. */
    private static void requireRepeatable(List<StreamEntry> already) {
        String execute = WorkflowStepKind.EXECUTE.action();
        boolean hasBegun = false;
        boolean hasEnded = false;
        for (StreamEntry entry : already) {
            Map<String, @Nullable Object> event = entry.fields();
            if (execute.equals(event.get(STEP))) {
                hasBegun |= "step_start".equals(event.get(EVENT));
                hasEnded |= "step_complete".equals(event.get(EVENT));
            }
        }
        if (hasBegun && !hasEnded) {
            throw new GatewayFailure(Kind.UNAVAILABLE, "the gateway ended while the command ran; its outcome is lost")
                    .in(WorkflowStepKind.EXECUTE.agent())
                    .mayHaveRun(true)
                    .detail("failed_step", execute);
        }
    }

    private static WorkflowRun.Listener events(ResumableStream stream, List<StreamEntry> already) {
        List<Object> begun = already.stream()
                .map(StreamEntry::fields)
                .filter(event -> "step_start".equals(event.get(EVENT)))
                .map(event -> (Object) String.valueOf(event.get(STEP)))
                .toList();
        return new WorkflowRun.Listener() {
            @Override
            public void started(WorkflowStepKind step) throws InterruptedException {
                if (!begun.contains(step.action())) {
                    stream.append(fields("step_start", STEP, step.action(), "agent", step.agent()));
                }
            }

            @Override
            public void completed(WorkflowStepKind step, Map<String, @Nullable Object> result)
                    throws InterruptedException {
                Map<String, @Nullable Object> event =
                        fields("step_complete", STEP, step.action(), "agent", step.agent());
                event.put("result", result);
                stream.append(event);
            }

            @Override
            public void failed(WorkflowStepKind step, GatewayFailure failure) throws InterruptedException {
                stream.append(fields("step_error", STEP, step.action(), "error", failure.message()));
            }
        };
    }

    private static Map<String, @Nullable Object> fields(String event, String... namesAndValues) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put(EVENT, event);
        for (int index = 0; index < namesAndValues.length; index += 2) {
            fields.put(namesAndValues[index], namesAndValues[index + 1]);
        }
        return fields;
    }

    private synchronized WorkflowState begin(WorkflowOrder order) {
        byte[] hash = hash(order);
        String id = order.workflowId();
        if (id == null) {
            return add(new WorkflowState(newId(), hash));
        }
        WorkflowState state = states.get(id);
        if (state == null || !MessageDigest.isEqual(state.requestHash(), hash)) {
            throw new GatewayFailure(
                    Kind.NOT_FOUND,
                    "there is no failed workflow of this id and this request; it is kept for 10 minutes");
        }
        if (!state.begin()) {
            throw new GatewayFailure(Kind.CONFLICT, "the workflow is running");
        }
        return state;
    }

    private synchronized WorkflowState restore(WorkflowOrder order, List<StreamEntry> already) {
        String id = String.valueOf(already.get(0).fields().get(WORKFLOW_ID));
        WorkflowState state = new WorkflowState(id, hash(order));
        for (StreamEntry entry : already) {
            Map<String, @Nullable Object> event = entry.fields();
            if ("step_complete".equals(event.get(EVENT))) {
                WorkflowStepKind.of(String.valueOf(event.get(STEP)))
                        .ifPresent(step -> state.done(step, Json.object(event.get("result"))));
            }
        }
        return add(state);
    }

    private WorkflowState add(WorkflowState state) {
        states.put(state.id(), state);
        if (states.size() > MOST_FAILED) {
            states.remove(states.keySet().iterator().next());
        }
        return state;
    }

    private synchronized void forget(WorkflowState state) {
        states.remove(state.id(), state);
    }

    private static byte[] hash(WorkflowOrder order) {
        return new WorkflowOrder(order.task(), order.constraints(), order.type(), null).hash();
    }

    private static String newId() {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        return "workflow-" + HexFormat.of().formatHex(random);
    }
}
