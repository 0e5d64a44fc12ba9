package io.synapse.sdk.experiments.internal.component;

import io.synapse.sdk.experiments.internal.Failure;
import io.synapse.sdk.experiments.internal.component.ComponentFolder.Listing;
import io.synapse.sdk.experiments.internal.component.ComponentFolder.LocalFile;
import io.synapse.sdk.experiments.internal.component.ComponentStore.State;
import io.synapse.sdk.experiments.internal.event.Events;
import io.synapse.sdk.experiments.internal.notification.NewNotification;
import io.synapse.sdk.experiments.internal.notification.NotificationType;
import io.synapse.sdk.experiments.internal.notification.Notifications;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a folder of components and the versions of the server together. A file that was edited becomes the active version
 * only if that is still the one of the last scan; otherwise both were changed, and someone has to choose
 * (wire/experiments.md, section 7). What is newer is decided by what the server knows, never by times. Thread-safe.
 */
public final class ComponentSync {
    private static final String USE_LOCAL = "use_local";
    private static final String USE_SERVER = "use_server";
    private static final String SKIP = "skip";

    /** How a conflict can be resolved. */
    public static final List<String> RESOLUTIONS = List.of(USE_LOCAL, USE_SERVER, SKIP);

    private final Jdbi database;
    private final ComponentStore store;
    private final Components components;
    private final Notifications notifications;
    private final ComponentFolder folder;

    /** Of this folder, which is made where there is none. */
    public ComponentSync(Jdbi database, Events events, Notifications notifications, Path folder) throws IOException {
        this.database = database;
        this.notifications = notifications;
        this.folder = new ComponentFolder(folder);
        store = new ComponentStore(events);
        components = new Components(database, store);
    }

    /** The versions at the server. */
    public Components components() {
        return components;
    }

    /**
     * What a scan found.
     *
     * @param registered how many local files are the active versions now
     * @param ignored why other files are no components, by their names
     */
    public record Scan(int registered, List<Map<String, @Nullable Object>> conflicts, Map<String, String> ignored) {}

    /** Reads the folder: registers what is new or was edited there, and reports what differs. */
    public synchronized Scan scan() {
        Listing local = listing();
        int registered = database.inTransaction(transaction -> {
            int agreeing = 0;
            for (Map.Entry<ComponentPath, LocalFile> file : local.files().entrySet()) {
                agreeing += register(transaction, file.getKey(), file.getValue()) ? 1 : 0;
            }
            for (State state : store.states(transaction)) {
                ComponentPath path = ComponentPath.parse(state.path());
                boolean isDeleted = state.scanned() != null && !local.files().containsKey(path);
                if (isDeleted && state.active() != null && !local.ignored().containsKey(state.path())) {
                    conflict(transaction, path, "server_only", null, state.active());
                }
            }
            return agreeing;
        });
        return new Scan(registered, conflicts(), local.ignored());
    }

    private Listing listing() {
        try {
            return folder.read();
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of components cannot be read", e);
        }
    }

    /** Whether the local file is the active version now. */
    private boolean register(Handle transaction, ComponentPath path, LocalFile file) {
        Optional<State> state = store.state(transaction, path);
        String active = state.map(State::active).orElse(null);
        String scanned = state.map(State::scanned).orElse(null);
        if (!file.hash().equals(active) && !Objects.equals(active, scanned)) {
            boolean isKnown = store.isKnown(transaction, path, file.hash());
            conflict(transaction, path, isKnown ? "server_newer" : "local_newer", file.hash(), active);
            return false;
        }
        useLocal(transaction, path, file);
        settle(transaction, path, USE_LOCAL);
        return true;
    }

    private void useLocal(Handle transaction, ComponentPath path, LocalFile file) {
        store.add(transaction, path, file.hash(), file.content());
        store.activate(transaction, path, file.hash());
        store.agree(transaction, path, file.hash());
    }

    private void conflict(
            Handle transaction, ComponentPath path, String type, @Nullable String local, @Nullable String server) {
        boolean isReported = transaction
                .createQuery("SELECT 1 FROM component_conflict WHERE path = ? AND type = ? AND local_hash IS ?"
                        + " AND server_hash IS ?")
                .bind(0, path.toString())
                .bind(1, type)
                .bind(2, local)
                .bind(3, server)
                .mapTo(int.class)
                .findOne()
                .isPresent();
        if (isReported) {
            return;
        }
        settle(transaction, path, SKIP);
        Map<String, @Nullable Object> data = fields(path.toString(), type, local, server);
        long notification = notifications.add(
                transaction,
                new NewNotification(
                        NotificationType.SYNC_CONFLICT,
                        "Component " + path + " differs",
                        words(type),
                        null,
                        local == null ? List.of(USE_SERVER, SKIP) : RESOLUTIONS,
                        data));
        transaction.execute(
                "INSERT INTO component_conflict (path, type, local_hash, server_hash, notification)"
                        + " VALUES (?, ?, ?, ?, ?)",
                path.toString(),
                type,
                local,
                server,
                notification);
        store.tell(transaction, path, local, "conflict");
    }

    private static String words(String type) {
        return switch (type) {
            case "server_only" -> "the local file is gone";
            case "server_newer" -> "the local file is an older version, and another one was activated at the server";
            default -> "the local file was edited, and another version was activated at the server";
        };
    }

    /** Removes a conflict that there is no longer, and closes its notification. */
    private void settle(Handle transaction, ComponentPath path, String resolution) {
        transaction
                .createQuery("DELETE FROM component_conflict WHERE path = ? RETURNING notification")
                .bind(0, path.toString())
                .mapTo(long.class)
                .findOne()
                .ifPresent(notification -> notifications.close(transaction, notification, resolution));
    }

    /** Where folder and server differ, but for what was skipped. */
    public List<Map<String, @Nullable Object>> conflicts() {
        return database.withHandle(
                handle -> handle.createQuery("SELECT * FROM component_conflict WHERE skipped = 0 ORDER BY path")
                        .map((row, context) -> fields(
                                row.getString("path"),
                                row.getString("type"),
                                row.getString("local_hash"),
                                row.getString("server_hash")))
                        .list());
    }

    private static Map<String, @Nullable Object> fields(
            String path, String type, @Nullable String local, @Nullable String server) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("path", path);
        fields.put("type", type);
        fields.put("local_hash", local);
        fields.put("server_hash", server);
        return fields;
    }

    /**
     * Resolves a conflict. With {@code use_server}, the local file is kept as a version before it is replaced; with
     * {@code skip}, both stay as they are, and the conflict is reported again once one of them changes.
     *
     * @param notification the one that is answered with it; null when the conflict itself is resolved
     * @return path, active hash and resolution
     * @throws Failure 400 for an unknown resolution, 404 when there is no such conflict, 409 when there is no local file or
     *     the notification is of a former conflict
     */
    public synchronized Map<String, @Nullable Object> resolve(
            ComponentPath path, String resolution, @Nullable Long notification) {
        if (!RESOLUTIONS.contains(resolution)) {
            throw Failure.plain(400, "a conflict is resolved by one of " + String.join(", ", RESOLUTIONS));
        }
        boolean isThere = database.withHandle(handle -> handle.createQuery("SELECT count(*) FROM component_conflict"
                                + " WHERE path = :path AND (:notification IS NULL OR notification = :notification)")
                        .bind("path", path.toString())
                        .bind("notification", notification)
                        .mapTo(int.class)
                        .one()
                > 0);
        if (!isThere) {
            throw notification == null
                    ? Failure.plain(404, "There is no conflict of " + path)
                    : Failure.conflict("the conflict of " + path + " was resolved before");
        }
        try {
            switch (resolution) {
                case USE_LOCAL -> takeLocal(path);
                case USE_SERVER -> takeServer(path);
                default -> skip(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the local file of " + path + " cannot be read or written", e);
        }
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        result.put("path", path.toString());
        result.put("hash", components.active(path).map(ComponentVersion::hash).orElse(null));
        result.put("resolution", resolution);
        return result;
    }

    private void takeLocal(ComponentPath path) throws IOException {
        LocalFile file = folder.find(path).orElseThrow(() -> Failure.plain(409, "there is no local file " + path));
        database.useTransaction(transaction -> {
            useLocal(transaction, path, file);
            settle(transaction, path, USE_LOCAL);
        });
    }

    private void takeServer(ComponentPath path) throws IOException {
        ComponentVersion active =
                components.active(path).orElseThrow(() -> Failure.plain(409, "no version of " + path + " is active"));
        Optional<LocalFile> file = folder.find(path);
        file.ifPresent(local ->
                database.useTransaction(transaction -> store.add(transaction, path, local.hash(), local.content())));
        folder.write(path, active.content().getBytes(StandardCharsets.UTF_8));
        database.useTransaction(transaction -> {
            store.agree(transaction, path, active.hash());
            settle(transaction, path, USE_SERVER);
        });
    }

    private void skip(ComponentPath path) {
        database.useTransaction(transaction -> transaction
                .createQuery("UPDATE component_conflict SET skipped = 1 WHERE path = ? RETURNING notification")
                .bind(0, path.toString())
                .mapTo(long.class)
                .findOne()
                .ifPresent(notification -> notifications.close(transaction, notification, SKIP)));
    }
}
