package io.synapse.sdk.gateway.server.internal.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.synapse.sdk.gateway.server.internal.Services;
import io.synapse.sdk.gateway.server.internal.StreamPosition;
import io.synapse.sdk.gateway.server.internal.StreamReader;
import io.synapse.sdk.gateway.server.internal.WorkflowOrder;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /api/v1/workflow}: workflows, as one answer or as a stream of events (wire/gateway.md, section 3). */
final class WorkflowRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(WorkflowRoutes.class);
    private static final Set<String> ROLES = Set.of("planner", "analyst", "coder", "reviewer", "executor");
    private static final List<String> TYPES = List.of("pipeline", "parallel", "swarm");

    private final Services services;
    private final Answering answering;
    private final Duration heartbeat;
    private final boolean isKept;

    WorkflowRoutes(Services services, Answering answering, Duration heartbeat, boolean isKept) {
        this.services = services;
        this.answering = answering;
        this.heartbeat = heartbeat;
        this.isKept = isKept;
    }

    void register(RoutesConfig routes) {
        routes.post("/api/v1/workflow", request -> run(request, order(request)));
        routes.post("/api/v1/workflow/legacy", request -> run(request, pipeline(request)));
        routes.post("/api/v1/workflow/stream", this::stream);
    }

    private static WorkflowOrder order(Context request) throws RequestFields.InvalidException {
        RequestFields fields = RequestFields.of(request);
        WorkflowOrder order = new WorkflowOrder(
                fields.text("task"),
                fields.texts("constraints"),
                fields.oneOf("workflow_type", TYPES),
                fields.optionalText("workflow_id"));
        fields.checkTexts("model_config", ROLES);
        fields.requireValid();
        return order;
    }

    /** The old path knows a task and its constraints only. */
    private static WorkflowOrder pipeline(Context request) throws RequestFields.InvalidException {
        RequestFields fields = RequestFields.of(request);
        WorkflowOrder order = new WorkflowOrder(fields.text("task"), fields.texts("constraints"), TYPES.get(0), null);
        fields.requireValid();
        return order;
    }

    private void run(Context request, WorkflowOrder order) {
        services.requireServing();
        answering.work(request, services.workflow(order, services.workflowTimeout()));
    }

    private void stream(Context request) throws RequestFields.InvalidException, IOException {
        WorkflowOrder order = order(request);
        services.requireServing();
        String last = request.header("Last-Event-ID");
        StreamReader reader = services.streamWorkflow(order, last == null ? null : StreamPosition.parse(last));
        Answering.timed(request).contentType("text/event-stream; charset=utf-8").header("Cache-Control", "no-store");
        OutputStream output = request.res().getOutputStream(); // Javalin's own does not pass a flush on
        request.async(
                settings -> {
                    settings.executor = answering.threads();
                    settings.timeout = 0;
                },
                () -> {
                    try (reader) {
                        output.flush(); // the head at once: the caller learns that it is connected
                        new EventResponse(reader, output, heartbeat, () -> isKept && !services.isServing()).write();
                    } catch (IOException e) {
                        LOG.debug("the reader of a stream has gone", e);
                    }
                });
    }
}
