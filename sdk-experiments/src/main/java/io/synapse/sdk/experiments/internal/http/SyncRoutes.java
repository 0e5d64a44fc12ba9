package io.synapse.sdk.experiments.internal.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.UploadedFile;
import io.synapse.sdk.experiments.internal.Failure;
import io.synapse.sdk.experiments.internal.file.FilePart;
import io.synapse.sdk.experiments.internal.file.FileSync;
import io.synapse.sdk.experiments.internal.file.SyncStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** {@code sync/…}: files that workers send (wire/experiments.md, section 8). */
public final class SyncRoutes {
    private static final int KILO = 1024;

    private final FileSync sync;

    public SyncRoutes(FileSync sync) {
        this.sync = sync;
    }

    /** Adds the routes. */
    public void register(RoutesConfig routes) {
        routes.post("/api/sync/experiment/{uid}/{file}", request -> {
            FileSync.Synced synced = sync.addToJob(request.pathParam("uid"), request.pathParam("file"), part(request));
            answer(request, "Experiment file synced", synced);
        });
        routes.post("/api/sync/run/{uid}/{file}", request -> {
            FileSync.Synced synced = sync.addToRun(request.pathParam("uid"), request.pathParam("file"), part(request));
            answer(request, "Run file synced", synced);
        });
        routes.get(
                "/api/sync/status/{uid}",
                request -> Replies.data(request, status(sync.status(request.pathParam("uid")))));
        routes.post("/api/sync/checkpoint/{uid}", request -> {
            ObjectNode checkpoint = Replies.body(request);
            sync.checkpoint(request.pathParam("uid"), checkpoint, attempt(request));
            Replies.data(request, Map.of("message", "Checkpoint updated", "checkpoint", checkpoint));
        });
    }

    private static void answer(Context request, String message, FileSync.Synced synced) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("message", message);
        data.put("bytes_synced", synced.bytesSynced());
        data.put("size", synced.size());
        data.put("hash", synced.hash());
        Replies.data(request, data);
    }

    private static FilePart part(Context request) {
        OptionalLong offset = Parameters.header(request, "X-Offset", 0, Long.MAX_VALUE / KILO);
        OptionalLong total = Parameters.header(request, "X-Total", 0, Long.MAX_VALUE / KILO);
        return new FilePart(
                bytes(request),
                offset.isPresent() ? offset.getAsLong() : null,
                request.header("X-Prefix-Hash"),
                Boolean.parseBoolean(request.header("X-Replace")),
                total.isPresent() ? total.getAsLong() : null,
                request.header("X-Content-Hash"),
                attempt(request));
    }

    private static @Nullable Integer attempt(Context request) {
        OptionalLong attempt = Parameters.header(request, "X-Attempt", 0, Integer.MAX_VALUE);
        return attempt.isPresent() ? Integer.valueOf((int) attempt.getAsLong()) : null;
    }

    private static byte[] bytes(Context request) {
        if (!request.isMultipart()) {
            throw missing();
        }
        UploadedFile file = request.uploadedFile("delta");
        if (file == null) {
            String field = request.formParam("delta");
            if (field == null) {
                throw missing();
            }
            return field.getBytes(StandardCharsets.UTF_8);
        }
        if (file.size() > FilePart.MAX) {
            throw Failure.of(413, "Payload Too Large", "a part has at most " + FilePart.MAX + " bytes");
        }
        try (InputStream content = file.content()) {
            return content.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Failure missing() {
        return Failure.invalid("missing", List.of("body", "delta"), "Field required");
    }

    private static Map<String, @Nullable Object> status(SyncStatus status) {
        @Nullable String at = status.syncedAt().map(Instant::toString).orElse(null);
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("experiment_uid", status.job().uid());
        data.put("project", status.job().project());
        data.put("sync_status", at == null ? "pending" : "synced");
        data.put("last_sync_at", at);
        data.put("server_origin", "local");
        data.put("experiment_files", files(status.jobFiles(), at));
        data.put("files", files(status.runFiles(), at));
        return data;
    }

    private static Map<String, Object> files(Map<String, SyncStatus.SyncedState> states, @Nullable String at) {
        Map<String, Object> files = new LinkedHashMap<>();
        states.forEach((name, state) -> files.put(name, file(state, at)));
        return files;
    }

    private static Map<String, @Nullable Object> file(SyncStatus.SyncedState state, @Nullable String at) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("exists", true);
        fields.put("size", state.size());
        fields.put("mtime", state.modified().getEpochSecond());
        fields.put("hash", state.hash());
        fields.put("synced_at", at);
        return fields;
    }
}
