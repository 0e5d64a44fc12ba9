package io.synapse.sdk.gateway.server.internal;

import io.synapse.sdk.embedded.internal.DurableFile;
import io.synapse.sdk.embedded.internal.OwnerOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The states of workflows that are not complete, on disk: a file each, which is replaced in one step and synced, so that it
 * survives the end of the process and that of the machine. Thread-safe, for different workflows.
 */
final class WorkflowStore {
    private static final Logger LOG = LoggerFactory.getLogger(WorkflowStore.class);
    private static final Pattern ID = Pattern.compile("workflow-[0-9a-f]{32}");
    private static final String SUFFIX = ".json";
    private static final String REQUEST = "request";
    private static final String DONE = "done";

    private final Path directory;
    private final Duration kept;

    /**
     * A store in a directory, which is made if need be.
     *
     * @param kept how long a state can be loaded after it was last saved
     */
    WorkflowStore(Path directory, Duration kept) throws IOException {
        this.directory = OwnerOnly.folder(directory);
        this.kept = kept;
    }

    /**
     * Saves what is done. Where that is impossible, the log says so: the workflow is worth more than its continuation after
     * the end of this process.
     */
    void save(WorkflowState state) {
        Map<String, @Nullable Object> done = new LinkedHashMap<>();
        state.done().forEach((step, result) -> done.put(step.action(), result));
        String text = Json.text(Map.of(REQUEST, HexFormat.of().formatHex(state.requestHash()), DONE, done));
        try {
            DurableFile.replace(file(state.id()), text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.warn("the workflow {} cannot be continued after a restart of the gateway", state.id(), e);
        }
    }

    /** The state that an earlier run of the gateway has saved; empty when there is none, or not any more. */
    Optional<WorkflowState> load(String id) {
        if (!ID.matcher(id).matches()) {
            return Optional.empty();
        }
        Path file = file(id);
        try {
            if (!Files.exists(file) || isExpired(file)) {
                return Optional.empty();
            }
            Map<String, @Nullable Object> fields = Json.fields(Files.readString(file, StandardCharsets.UTF_8));
            WorkflowState state = new WorkflowState(id, HexFormat.of().parseHex(String.valueOf(fields.get(REQUEST))));
            Json.object(fields.get(DONE))
                    .forEach((action, result) ->
                            WorkflowStepKind.of(action).ifPresent(step -> state.done(step, Json.object(result))));
            return Optional.of(state);
        } catch (IOException | IllegalArgumentException e) {
            throw new UncheckedIOException(
                    "the workflow " + id + " cannot be read from disk",
                    e instanceof IOException io ? io : new IOException(e));
        }
    }

    void delete(String id) {
        delete(file(id));
    }

    /** Deletes what nobody has asked for in time. */
    void deleteExpired() {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                if (isExpired(file)) {
                    delete(file);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.warn("workflows that are not needed any more are still on disk", e);
        }
    }

    private boolean isExpired(Path file) throws IOException {
        return Files.getLastModifiedTime(file)
                .toInstant()
                .isBefore(Instant.now().minus(kept));
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("{} cannot be deleted", file, e);
        }
    }

    private Path file(String id) {
        return directory.resolve(id + SUFFIX);
    }
}
