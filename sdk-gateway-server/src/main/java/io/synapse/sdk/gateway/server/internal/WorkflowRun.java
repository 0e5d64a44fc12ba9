package io.synapse.sdk.gateway.server.internal;

import io.synapse.sdk.gateway.server.internal.GatewayFailure.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * One run of a workflow: the steps that are not done yet, each as work of its service. After a failure no further step
 * begins; those that run are waited for, so that what they do is not lost. Used by one thread.
 */
final class WorkflowRun {
    private final WorkflowOrder order;
    private final WorkflowState state;
    private final Steps steps;
    private final Listener listener;

    /** Begins a step. */
    @FunctionalInterface
    interface Steps {
        /**
         * Begins it.
         *
         * @param done the results of those before
         * @throws GatewayFailure when it is refused
         */
        Work<Map<String, @Nullable Object>> begin(
                WorkflowStepKind step, WorkflowOrder order, Map<WorkflowStepKind, Map<String, @Nullable Object>> done);
    }

    /** Hears of the steps, on the thread of the run. */
    interface Listener {
        /** Hears nothing. */
        Listener NONE = new Listener() {};

        /** It begins. */
        default void started(WorkflowStepKind step) throws InterruptedException {}

        /** It is done. */
        default void completed(WorkflowStepKind step, Map<String, @Nullable Object> result)
                throws InterruptedException {}

        /** It has failed. */
        default void failed(WorkflowStepKind step, GatewayFailure failure) throws InterruptedException {}
    }

    /** The end of a step. */
    private record Ended(
            WorkflowStepKind step,
            @Nullable Map<String, @Nullable Object> result,
            @Nullable Throwable failure) {}

    WorkflowRun(WorkflowOrder order, WorkflowState state, Steps steps, Listener listener) {
        this.order = order;
        this.state = state;
        this.steps = steps;
        this.listener = listener;
    }

    /**
     * Runs it.
     *
     * @return the fields of the answer
     * @throws GatewayFailure of the first step that failed, with the results of those that are done
     */
    Map<String, @Nullable Object> run() throws InterruptedException {
        List<List<WorkflowStepKind>> stages = WorkflowStepKind.stages(order.type());
        for (List<WorkflowStepKind> stage : stages) {
            run(stage.stream().filter(step -> !state.isDone(step)).toList());
        }
        List<Map<String, @Nullable Object>> all = doneSteps(stages);
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("steps", all);
        answer.put("workflow_type", order.type());
        answer.put("workflow_completed", true);
        if (isSwarm()) {
            answer.put("tasks_processed", all.size());
        }
        return answer;
    }

    private void run(List<WorkflowStepKind> stage) throws InterruptedException {
        BlockingQueue<Ended> ended = new LinkedBlockingQueue<>();
        List<Work<?>> begun = new ArrayList<>();
        try {
            for (WorkflowStepKind step : stage) {
                listener.started(step);
                begin(step, ended, begun);
            }
            GatewayFailure first = null;
            for (int left = stage.size(); left > 0; left--) {
                GatewayFailure failure = take(ended.take());
                first = first == null ? failure : first;
            }
            if (first != null) {
                throw first.detail("workflow_id", state.id())
                        .detail("steps", doneSteps(WorkflowStepKind.stages(order.type())));
            }
        } catch (InterruptedException e) {
            begun.forEach(work -> work.cancel(new GatewayFailure(Kind.CANCELLED, "the workflow was cancelled")));
            throw e;
        }
    }

    private void begin(WorkflowStepKind step, BlockingQueue<Ended> ended, List<Work<?>> begun) {
        try {
            Work<Map<String, @Nullable Object>> work = steps.begin(step, order, state.done());
            begun.add(work);
            work.result().whenComplete((result, failure) -> ended.add(new Ended(step, result, failure)));
        } catch (GatewayFailure refused) {
            ended.add(new Ended(step, null, refused));
        }
    }

    private @Nullable GatewayFailure take(Ended end) throws InterruptedException {
        WorkflowStepKind step = end.step();
        Throwable thrown = end.failure();
        if (thrown == null && end.result() != null) {
            state.done(step, end.result());
            listener.completed(step, end.result());
            return null;
        }
        Throwable cause = thrown instanceof CompletionException wrapped ? wrapped.getCause() : thrown;
        GatewayFailure failure = GatewayFailure.of(
                        cause == null ? new IllegalStateException("no result") : cause, step.agent(), true)
                .detail("failed_step", step.action());
        listener.failed(step, failure);
        return failure;
    }

    private List<Map<String, @Nullable Object>> doneSteps(List<List<WorkflowStepKind>> stages) {
        Map<WorkflowStepKind, Map<String, @Nullable Object>> done = state.done();
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        stages.stream().flatMap(List::stream).forEach(step -> {
            Map<String, @Nullable Object> result = done.get(step);
            if (result != null) {
                Map<String, @Nullable Object> fields = new LinkedHashMap<>();
                fields.put("agent", step.agent());
                fields.put("action", step.action());
                fields.put("result", result);
                if (isSwarm()) {
                    fields.put("worker", step.worker());
                }
                all.add(fields);
            }
        });
        return all;
    }

    private boolean isSwarm() {
        return order.type().equals("swarm");
    }
}
