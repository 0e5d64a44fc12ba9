package io.synapse.sdk.gateway.server.internal;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The steps of a workflow that are done. Thread-safe. */
final class WorkflowState {
    private final String id;
    private final byte[] requestHash;
    private final Map<WorkflowStepKind, Map<String, @Nullable Object>> done = new EnumMap<>(WorkflowStepKind.class);
    private boolean isRunning = true;
    private long runs = 1;

    /**
     * One that runs.
     *
     * @param requestHash that of the order without the id
     */
    WorkflowState(String id, byte[] requestHash) {
        this.id = id;
        this.requestHash = requestHash.clone();
    }

    String id() {
        return id;
    }

    byte[] requestHash() {
        return requestHash.clone();
    }

    synchronized boolean isDone(WorkflowStepKind step) {
        return done.containsKey(step);
    }

    synchronized void done(WorkflowStepKind step, Map<String, @Nullable Object> result) {
        done.put(step, result);
    }

    synchronized Map<WorkflowStepKind, Map<String, @Nullable Object>> done() {
        return new EnumMap<>(done);
    }

    /** Says whether nobody runs it, and that somebody does now. */
    synchronized boolean begin() {
        boolean isFree = !isRunning;
        isRunning = true;
        runs += isFree ? 1 : 0;
        return isFree;
    }

    synchronized boolean isRunning() {
        return isRunning;
    }

    /** How often it was begun. */
    synchronized long runs() {
        return runs;
    }

    synchronized void pause() {
        isRunning = false;
    }
}
