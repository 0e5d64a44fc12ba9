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
 * continued by its id without doing that again; with a store, by a later gateway too. Thread-safe.
 */
final class Workflows {
    private static final int MOST_FAILED = 1_000;

    /** How long a workflow that is not complete can be continued. */
    static final Duration KEPT = Duration.ofMinutes(10);

    private static final String EVENT = "event";
    private static final String STEP = "step";
    private static final String WORKFLOW_ID = "workflow_id";

    private final WorkflowRun.Steps steps;
    private final ScheduledExecutorService timer;
    private final @Nullable WorkflowStore store;
    private final Map<String, WorkflowState> states = new LinkedHashMap<>();

    /** @param store where what is done is kept over the end of the gateway; null for nowhere */
    Workflows(WorkflowRun.Steps steps, ScheduledExecutorService timer, @Nullable WorkflowStore store) {
        this.steps = steps;
        this.timer = timer;
        this.store = store;
        if (store != null) {
            timer.scheduleWithFixedDelay(store::deleteExpired, 0, KEPT.toMillis(), TimeUnit.MILLISECONDS);
        }
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
            save(state);
            Map<String, @Nullable Object> answer = new WorkflowRun(order, state, steps, saving(state, listener)).run();
            isComplete = true;
            return answer;
        } finally {
            if (isComplete) {
                forget(state);
            } else {
                save(state); // from now on it is kept so long
                forgetLater(state);
            }
            state.pause();
        }
    }

    /** What a caller is told to be done is on disk, where there is a store. */
    private WorkflowRun.Listener saving(WorkflowState state, WorkflowRun.Listener listener) {
        return new WorkflowRun.Listener() {
            @Override
            public void started(WorkflowStepKind step) throws InterruptedException {
                listener.started(step);
            }

            @Override
            public void completed(WorkflowStepKind step, Map<String, @Nullable Object> result)
                    throws InterruptedException {
                save(state);
                listener.completed(step, result);
            }

            @Override
            public void failed(WorkflowStepKind step, GatewayFailure failure) throws InterruptedException {
                listener.failed(step, failure);
            }
        };
    }

    private void save(WorkflowState state) {
        if (store != null) {
            store.save(state);
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
        WorkflowState known = states.get(id);
        WorkflowState state = known == null && store != null ? store.load(id).orElse(null) : known;
        if (state == null || !MessageDigest.isEqual(state.requestHash(), hash)) {
            throw new GatewayFailure(
                    Kind.NOT_FOUND,
                    "there is no failed workflow of this id and this request; it is kept for 10 minutes");
        }
        return known == null ? add(state) : begin(known);
    }

    private static WorkflowState begin(WorkflowState state) {
        if (!state.begin()) {
            throw new GatewayFailure(Kind.CONFLICT, "the workflow is running");
        }
        return state;
    }

    private synchronized WorkflowState restore(WorkflowOrder order, List<StreamEntry> already) {
        String id = String.valueOf(already.get(0).fields().get(WORKFLOW_ID));
        WorkflowState known = states.get(id); // of a caller who continues it
        WorkflowState state = known == null ? new WorkflowState(id, hash(order)) : begin(known);
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
            states.values().stream()
                    .filter(oldest -> !oldest.isRunning())
                    .findFirst()
                    .ifPresent(this::forget);
        }
        return state;
    }

    /** Unless it is continued meanwhile: after that, it is kept as long again. */
    private void forgetLater(WorkflowState state) {
        long runs = state.runs();
        timer.schedule(
                () -> {
                    if (!state.isRunning() && state.runs() == runs) {
                        forget(state);
                    }
                },
                KEPT.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private synchronized void forget(WorkflowState state) {
        if (states.remove(state.id(), state) && store != null) {
            store.delete(state.id());
        }
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
