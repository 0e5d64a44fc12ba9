package io.synapse.sdk.gateway;

import io.synapse.sdk.Failure;
import io.synapse.sdk.ServerSentEvent;
import io.synapse.sdk.UnexpectedResponseException;
import io.synapse.sdk.dialect.internal.Copies;
import io.synapse.sdk.internal.json.Json;
import io.synapse.sdk.internal.json.UnreadableJsonException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the events of a workflow: JSON objects that name their kind (wire/gateway.md, section 3). */
final class WorkflowEvents {
    private static final String KIND = "event";
    private static final Map<Object, Class<? extends WorkflowEvent>> KINDS = Map.of(
            "start", WorkflowEvent.Started.class,
            "step_start", WorkflowEvent.StepStarted.class,
            "step_complete", WorkflowEvent.StepCompleted.class,
            "step_error", WorkflowEvent.StepFailed.class,
            "complete", WorkflowEvent.Completed.class,
            "error", WorkflowEvent.Failed.class,
            "failed", WorkflowEvent.Failed.class);

    private WorkflowEvents() {}

    /**
     * Reads an event.
     *
     * @throws UnexpectedResponseException when it is not a JSON object
     */
    static WorkflowEvent read(ServerSentEvent event) {
        try {
            Map<String, @Nullable Object> fields = Copies.object(Json.read(event.data(), Map.class));
            Object kind = fields.get(KIND);
            Class<? extends WorkflowEvent> known = kind == null ? null : KINDS.get(kind);
            if (known == null) {
                return new WorkflowEvent.Other(fields);
            }
            fields.remove(KIND);
            return Json.convert(fields, known);
        } catch (UnreadableJsonException e) {
            Failure failure = Failure.of(200, "an event of the workflow cannot be read: " + e.getMessage());
            throw new UnexpectedResponseException(failure.mayHaveBeenExecuted(true), e);
        }
    }
}
