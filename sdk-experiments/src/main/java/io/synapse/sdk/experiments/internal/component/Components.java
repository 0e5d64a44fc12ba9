package io.synapse.sdk.experiments.internal.component;

import com.fasterxml.jackson.core.type.TypeReference;
import io.synapse.sdk.experiments.internal.Failure;
import io.synapse.sdk.experiments.internal.Json;
import io.synapse.sdk.experiments.internal.Names;
import io.synapse.sdk.experiments.internal.file.ContentHash;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Components, each with all its versions, of which one is active. A version is known by path and hash. Thread-safe. */
public final class Components {
    /** The largest component, in bytes. */
    static final int MAX_BYTES = 1 << 20;

    private static final int MAX_MANIFEST = 10_000;
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{16}");
    private static final TypeReference<TreeMap<String, String>> MANIFEST = new TypeReference<>() {};

    private final Jdbi database;
    private final ComponentStore store;

    /** Those in these records. */
    Components(Jdbi database, ComponentStore store) {
        this.database = database;
        this.store = store;
    }

    /** A version, and whether the server did not have it before. */
    public record Upload(ComponentVersion version, boolean isNew) {}

    /** Of each component, or of each of one category: its path, active hash and number of versions. */
    public List<Map<String, @Nullable Object>> list(@Nullable String category) {
        return database.withHandle(handle -> handle.createQuery("SELECT c.*, (SELECT count(*) FROM component_version v"
                        + " WHERE v.path = c.path) AS version_count FROM component c"
                        + " WHERE :category IS NULL OR c.path LIKE :category || '/%' ORDER BY c.path")
                .bind("category", category)
                .map((row, context) -> {
                    ComponentPath path = ComponentPath.parse(row.getString("path"));
                    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
                    fields.put("path", path.toString());
                    fields.put("category", path.category());
                    fields.put("name", path.name());
                    fields.put("active_hash", row.getString("active"));
                    fields.put("version_count", row.getInt("version_count"));
                    fields.put("updated_at", row.getString("updated_at"));
                    return fields;
                })
                .list());
    }

    /** The versions of a component, the newest first; none for an unknown one. */
    public List<ComponentVersion> versions(ComponentPath path) {
        return database.withHandle(handle -> store.versions(handle, path));
    }

    /** The versions with this hash: one for each path that has these bytes. */
    public List<ComponentVersion> versions(String hash) {
        return database.withHandle(handle -> store.versions(handle, checkedHash(hash)));
    }

    /** The active version of a component. */
    public Optional<ComponentVersion> active(ComponentPath path) {
        return database.withHandle(handle -> store.active(handle, path));
    }

    /** Which categories have a component with an active version. */
    public List<String> categories() {
        return database.withHandle(handle -> handle.createQuery(
                        "SELECT DISTINCT substr(path, 1, instr(path, '/') - 1) FROM component WHERE active IS NOT NULL")
                .mapTo(String.class)
                .list());
    }

    /** Adds a version, if it is new, and activates it, if that is wanted. */
    public Upload upload(ComponentPath path, String content, boolean activate) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX_BYTES) {
            throw Failure.plain(400, "a component has at most " + MAX_BYTES + " bytes");
        }
        if (!content.equals(new String(bytes, StandardCharsets.UTF_8))) {
            throw Failure.plain(400, "the content has half of a surrogate pair, which UTF-8 cannot express");
        }
        String hash = ContentHash.of(bytes);
        return database.inTransaction(transaction -> {
            boolean isNew = store.add(transaction, path, hash, bytes);
            if (activate) {
                store.activate(transaction, path, hash);
            }
            return new Upload(store.version(transaction, path, hash).orElseThrow(), isNew);
        });
    }

    /**
     * Activates a version.
     *
     * @param path which component's; null for the only one that this changes anything of
     * @throws Failure 404 for an unknown version; 409 when the path is needed, as several have these bytes
     */
    public ComponentVersion activate(@Nullable ComponentPath path, String hash) {
        return database.inTransaction(transaction -> {
            ComponentVersion version = path == null ? choice(transaction, hash) : known(transaction, path, hash);
            store.activate(transaction, version.path(), hash);
            return store.version(transaction, version.path(), hash).orElseThrow();
        });
    }

    private ComponentVersion known(Handle transaction, ComponentPath path, String hash) {
        return store.version(transaction, path, checkedHash(hash)).orElseThrow(() -> unknown(hash));
    }

    private ComponentVersion choice(Handle transaction, String hash) {
        List<ComponentVersion> all = store.versions(transaction, checkedHash(hash));
        List<ComponentVersion> inactive =
                all.stream().filter(version -> !version.isActive()).toList();
        if (inactive.size() > 1) {
            throw Failure.plain(
                    409,
                    "several components have a version with this hash; send the path too: "
                            + inactive.stream()
                                    .map(version -> version.path().toString())
                                    .toList());
        }
        return inactive.isEmpty() ? all.stream().findFirst().orElseThrow(() -> unknown(hash)) : inactive.get(0);
    }

    /**
     * The contents of two versions, for a comparison; of the same component, where one has both.
     *
     * @throws Failure 404 for an unknown hash
     */
    public Map<String, Object> diff(String from, String to) {
        return database.withHandle(handle -> {
            List<ComponentVersion> left = store.versions(handle, checkedHash(from));
            List<ComponentVersion> right = store.versions(handle, checkedHash(to));
            ComponentVersion first = left.stream().findFirst().orElseThrow(() -> unknown(from));
            ComponentVersion second = right.stream().findFirst().orElseThrow(() -> unknown(to));
            List<ComponentPath> of =
                    new ArrayList<>(left.stream().map(ComponentVersion::path).toList());
            of.retainAll(right.stream().map(ComponentVersion::path).toList());
            Map<String, Object> diff = new LinkedHashMap<>();
            diff.put("from_hash", from);
            diff.put("to_hash", to);
            diff.put("from_content", first.content());
            diff.put("to_content", second.content());
            diff.put("path", (of.isEmpty() ? first.path() : of.get(0)).toString());
            return diff;
        });
    }

    /**
     * Keeps which versions a job runs with, in place of what was kept before.
     *
     * @param components hashes by path
     * @return how many there are
     */
    public int saveManifest(String experimentUid, Map<String, String> components) {
        Names.checkedUid(experimentUid);
        if (components.size() > MAX_MANIFEST) {
            throw Failure.plain(400, "a manifest has at most " + MAX_MANIFEST + " components");
        }
        Map<String, String> checked = new TreeMap<>();
        components.forEach((path, hash) -> checked.put(ComponentPath.parse(path).toString(), checkedHash(hash)));
        database.useHandle(handle -> handle.execute(
                "INSERT INTO component_manifest (experiment_uid, components, created_at) VALUES (?, ?, ?)"
                        + " ON CONFLICT DO UPDATE SET components = excluded.components, created_at = excluded.created_at",
                experimentUid,
                Json.text(checked),
                Instant.now().toString()));
        return checked.size();
    }

    /**
     * Which versions a job runs with.
     *
     * @throws Failure 404 when that was not told
     */
    public Map<String, Object> manifest(String experimentUid) {
        Names.checkedUid(experimentUid);
        return database.withHandle(handle -> handle.createQuery(
                        "SELECT * FROM component_manifest WHERE experiment_uid = ?")
                .bind(0, experimentUid)
                .map((row, context) -> {
                    Map<String, Object> manifest = new LinkedHashMap<>();
                    manifest.put("experiment_uid", experimentUid);
                    manifest.put(
                            "components", Json.MAPPER.convertValue(Json.tree(row.getString("components")), MANIFEST));
                    manifest.put("created_at", row.getString("created_at"));
                    return manifest;
                })
                .findOne()
                .orElseThrow(() -> Failure.plain(404, "No manifest of experiment '" + experimentUid + "'")));
    }

    private static String checkedHash(String hash) {
        if (!HASH.matcher(hash).matches()) {
            throw Failure.plain(400, "a hash has 16 hexadecimal digits in lower case");
        }
        return hash;
    }

    private static Failure unknown(String hash) {
        return Failure.plain(404, "Version with hash '" + hash + "' not found");
    }
}
