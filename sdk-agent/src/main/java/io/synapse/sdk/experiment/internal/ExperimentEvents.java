package io.synapse.sdk.experiment.internal;

import io.synapse.sdk.Endpoint;
import io.synapse.sdk.EventEndpoint;
import io.synapse.sdk.ResponseType;
import io.synapse.sdk.ServerSentEvent;
import io.synapse.sdk.dialect.internal.Copies;
import io.synapse.sdk.experiment.Device;
import io.synapse.sdk.experiment.ExperimentEvent;
import io.synapse.sdk.experiment.ExperimentJob;
import io.synapse.sdk.experiment.ExperimentNotification;
import io.synapse.sdk.internal.json.Json;
import io.synapse.sdk.internal.json.UnreadableJsonException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the events of a server: JSON objects that name their kind (wire/experiments.md, section 4). */
public final class ExperimentEvents {
    /** Both kinds of servers send something every 30 s at the latest. */
    private static final Duration SILENCE = Duration.ofSeconds(45);

    private static final Endpoint<String> REQUEST =
            Endpoint.get("api/events/stream", ResponseType.text()).readTimeout(SILENCE);

    private final Answers answers;

    private ExperimentEvents(Answers answers) {
        this.answers = answers;
    }

    /**
     * The events after one.
     *
     * @param id its id; null for those from now on
     */
    public static EventEndpoint<ExperimentEvent> after(@Nullable String id, ExperimentProtocol protocol) {
        return EventEndpoint.endless(
                id == null ? REQUEST : REQUEST.header("Last-Event-ID", id),
                new ExperimentEvents(protocol.answers())::read,
                () -> new ExperimentEvent.Reset(null, null, Map.of()),
                event -> event instanceof ExperimentEvent.Reset);
    }

    /** Null for a sign of life, which the original sends in the notation of Python. */
    private @Nullable ExperimentEvent read(ServerSentEvent event) {
        Map<String, @Nullable Object> frame;
        try {
            frame = Copies.object(Json.read(event.data(), Object.class));
        } catch (UnreadableJsonException e) {
            return event.data().contains("'heartbeat'")
                    ? null
                    : new ExperimentEvent.Other(null, event.id(), null, Copies.with(Map.of(), "data", event.data()));
        }
        Fields fields = new Fields(Copies.object(frame.get("data")));
        String type = frame.remove("type") instanceof String text ? text : null;
        Instant time = time(frame.get("timestamp"));
        ExperimentEvent read = type == null ? null : read(type, frame, fields, event.id(), time);
        return read == null ? new ExperimentEvent.Other(type, event.id(), time, frame) : read;
    }

    private @Nullable ExperimentEvent read(
            String type,
            Map<String, @Nullable Object> frame,
            Fields data,
            @Nullable String id,
            @Nullable Instant time) {
        return switch (type) {
            case "connection" ->
                new ExperimentEvent.Connected(
                        frame.get("message") instanceof String text ? text : data.text("message"),
                        id,
                        time,
                        data.rest());
            case "device_update" ->
                new ExperimentEvent.DeviceUpdated(convert(data.all(), Device.class), id, time, Map.of());
            case "device_removed" -> new ExperimentEvent.DeviceRemoved(data.text("host_id"), id, time, data.rest());
            case "queue_update" -> queueUpdate(data, id, time);
            case "run_update" -> runUpdate(data, id, time);
            case "indexing_complete" ->
                new ExperimentEvent.Indexed(Copies.object(frame.get("stats")), id, time, data.rest());
            case "metric_update" ->
                new ExperimentEvent.MetricsLogged(
                        data.text("project"),
                        data.text("run_name"),
                        data.number("from_row"),
                        MetricValues.rows(data.take("rows")),
                        id,
                        time,
                        data.rest());
            case "log_update" ->
                new ExperimentEvent.LogWritten(
                        data.text("experiment_uid"),
                        data.text("stream"),
                        data.number("offset"),
                        data.text("text"),
                        id,
                        time,
                        data.rest());
            case "notification" ->
                new ExperimentEvent.Notified(convert(data.all(), ExperimentNotification.class), id, time, Map.of());
            case "component_update" ->
                new ExperimentEvent.ComponentUpdated(
                        data.text("path"), data.text("hash"), data.text("action"), id, time, data.rest());
            case "reset" -> new ExperimentEvent.Reset(id, time, data.rest());
            default -> null;
        };
    }

    /** The job itself, or what was done to it, with or without the job. */
    private ExperimentEvent queueUpdate(Fields data, @Nullable String id, @Nullable Instant time) {
        if (data.has("status") && data.has("name")) {
            ExperimentJob job = convert(data.all(), ExperimentJob.class);
            return new ExperimentEvent.QueueUpdated(job.experimentUid(), null, null, job, id, time, Map.of());
        }
        Object job = data.take("job");
        return new ExperimentEvent.QueueUpdated(
                data.text("experiment_uid"),
                data.text("action"),
                data.text("event_type"),
                job instanceof Map<?, ?> ? convert(job, ExperimentJob.class) : null,
                id,
                time,
                data.rest());
    }

    private static ExperimentEvent runUpdate(Fields data, @Nullable String id, @Nullable Instant time) {
        Object run = Copies.object(data.take("run_info")).get("run_name");
        String path = data.text("file_path");
        String name = data.text("file_name");
        return new ExperimentEvent.RunUpdated(
                data.text("event_type"),
                data.text("project"),
                run instanceof String text ? text : data.text("run_name"),
                data.text("experiment_uid"),
                path == null ? name : path,
                data.number("bytes_synced"),
                id,
                time,
                data.rest());
    }

    private <T> T convert(Object value, Class<T> type) {
        return answers.convert(REQUEST, value, type);
    }

    private static @Nullable Instant time(@Nullable Object value) {
        try {
            return value instanceof String text ? Instant.parse(text) : null;
        } catch (DateTimeParseException e) {
            return null; // indexing_complete of the original has no zone
        }
    }

    /** The fields of an event, of which each is read once. */
    private record Fields(Map<String, @Nullable Object> all) {
        boolean has(String name) {
            return all.get(name) != null;
        }

        @Nullable
        Object take(String name) {
            return all.remove(name);
        }

        /** The text in a field; null if it has another type, which stays. */
        @Nullable
        String text(String name) {
            if (all.get(name) instanceof String text) {
                all.remove(name);
                return text;
            }
            return null;
        }

        @Nullable
        Long number(String name) {
            if (all.get(name) instanceof Number number) {
                all.remove(name);
                return number.longValue();
            }
            return null;
        }

        /** What was not read. */
        Map<String, @Nullable Object> rest() {
            return all;
        }
    }
}
