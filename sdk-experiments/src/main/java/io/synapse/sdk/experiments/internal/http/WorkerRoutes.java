package io.synapse.sdk.experiments.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.synapse.sdk.embedded.internal.DaemonThreads;
import io.synapse.sdk.experiments.internal.Failure;
import io.synapse.sdk.experiments.internal.Fields;
import io.synapse.sdk.experiments.internal.Names;
import io.synapse.sdk.experiments.internal.config.WorkerChecks;
import io.synapse.sdk.experiments.internal.device.Devices;
import io.synapse.sdk.experiments.internal.device.Heartbeat;
import io.synapse.sdk.experiments.internal.queue.Job;
import io.synapse.sdk.experiments.internal.queue.JobDocuments;
import io.synapse.sdk.experiments.internal.queue.JobEvent;
import io.synapse.sdk.experiments.internal.queue.JobQueue;
import io.synapse.sdk.experiments.internal.queue.LongPolls;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What workers call (wire/experiments.md, section 3). */
public final class WorkerRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerRoutes.class);
    private static final int MOST_WAIT_SECONDS = 60;

    private final JobQueue queue;
    private final LongPolls polls;
    private final JobDocuments documents;
    private final Devices devices;
    private final WorkerChecks checks;

    /** Where answers are written to those who waited: one that does not read keeps nobody else waiting. */
    private final ExecutorService writers =
            Executors.newCachedThreadPool(new DaemonThreads("experiments-worker-writer"));

    /** Routes to these. */
    public WorkerRoutes(JobQueue queue, LongPolls polls, JobDocuments documents, Devices devices, WorkerChecks checks) {
        this.queue = queue;
        this.polls = polls;
        this.documents = documents;
        this.devices = devices;
        this.checks = checks;
    }

    /** Adds the routes. */
    public void register(RoutesConfig routes) {
        routes.post("/api/devices/heartbeat", this::beat);
        routes.get("/api/queue/next_job", this::next);
        routes.get("/api/queue/config/{id}", this::config);
        routes.post("/api/queue/confirm_started", this::confirm);
        routes.post("/api/queue/complete_job", this::complete);
    }

    private void beat(Context request) {
        Heartbeat beat = Heartbeat.of(Replies.body(request));
        devices.beat(beat);
        JobQueue.Orders orders = queue.beat(beat);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("message", "Heartbeat received");
        answer.put("host_id", beat.host());
        answer.put("stop", orders.stop());
        answer.put("pause", orders.pause());
        answer.put("validate", checks.of(beat.host()));
        answer.put(
                "drain",
                devices.find(beat.host()).filter(device -> device.isDraining()).isPresent());
        Replies.data(request, answer);
    }

    /** A job is taken for callers that are there, and given to others when one cannot be told of it. */
    private void next(Context request) {
        String host = Names.checked("host", Parameters.required(request, "host_id"));
        Duration wait = Duration.ofSeconds(
                Parameters.number(request, "wait", 0, MOST_WAIT_SECONDS).orElse(0));
        CompletableFuture<Optional<Job>> next = polls.next(host, wait, CallerConnection.of(request)::isOpen);
        request.future(() -> next.thenAcceptAsync(job -> answer(request, job), writers));
    }

    private void answer(Context request, Optional<Job> job) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("job", job.map(documents::assignment).orElse(null));
        try {
            Replies.sendData(request, data);
        } catch (IOException e) {
            LOG.debug("a worker has gone", e);
            job.ifPresent(polls::takeBack);
        }
    }

    private void config(Context request) {
        String uid = QueueRoutes.id(request);
        String config = queue.config(uid).orElseThrow(() -> Failure.notFound("Config not found for experiment " + uid));
        request.contentType("text/yaml; charset=utf-8").result(config);
    }

    private void confirm(Context request) {
        ObjectNode body = Replies.body(request);
        Integer attempt = Fields.integer(body, "attempt");
        JsonNode pid = Fields.value(body, "pid", JsonNode::canConvertToLong, "int_type", "a valid integer");
        Job job = queue.apply(
                uid(body), new JobEvent.Confirmed(attempt, host(body), pid == null ? null : pid.longValue()));
        Replies.data(request, Map.of("message", "Job start confirmed", "experiment_uid", job.uid()));
    }

    /** Also of a job that is unknown, as the original answers: it has been removed since. */
    private void complete(Context request) {
        ObjectNode body = Replies.body(request);
        Integer exitCode = Fields.integer(body, "exit_code");
        JsonNode success = body.path("success");
        if (exitCode == null && !success.isBoolean()) {
            throw Failure.invalid("missing", List.of("body", "success"), "Field required");
        }
        boolean isSuccess = exitCode == null ? success.booleanValue() : exitCode == 0;
        JobEvent event = new JobEvent.Reported(
                Fields.integer(body, "attempt"),
                host(body),
                isSuccess,
                exitCode,
                Fields.optionalText(body, "error_message").orElse(null));
        String uid = uid(body);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("message", "Job completion recorded");
        queue.applyIfKnown(uid, event)
                .ifPresent(job -> answer.put("status", job.status().word()));
        Replies.data(request, answer);
    }

    private static String uid(ObjectNode body) {
        return Names.checkedUid(Fields.text(body, "experiment_uid"));
    }

    private static @Nullable String host(ObjectNode body) {
        return Fields.optionalText(body, "host_id").orElse(null);
    }
}
