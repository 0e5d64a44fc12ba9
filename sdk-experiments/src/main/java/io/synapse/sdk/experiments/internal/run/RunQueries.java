package io.synapse.sdk.experiments.internal.run;

import io.synapse.sdk.experiments.internal.metric.MetricStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Finds runs. Thread-safe. */
public final class RunQueries {
    /** So many values of the index are looked at for each run of a page. */
    private static final int MOST_OF_INDEX = 10;

    private final Jdbi database;
    private final MetricStore metrics;

    public RunQueries(Jdbi database, MetricStore metrics) {
        this.database = database;
        this.metrics = metrics;
    }

    /**
     * Some of many.
     *
     * @param total how many there are
     * @param nextCursor what to ask the next page with; null on the last one
     */
    public record Page<T>(
            List<T> items, long total, @Nullable String nextCursor) {}

    /** A run in short. */
    public record Head(
            String name,
            String status,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            Optional<RunFile> config) {}

    /** A project with its runs, the newest first. */
    public record Project(String name, List<Head> runs) {}

    /** The projects in the order of their names, those after a name. */
    public Page<Project> projects(int limit, @Nullable String cursor) {
        return database.withHandle(handle -> {
            List<String> all = RunRecords.projects(handle);
            List<String> left = all.stream()
                    .filter(name -> cursor == null || name.compareTo(cursor) > 0)
                    .toList();
            List<String> page = left.subList(0, Math.min(limit, left.size()));
            Map<String, List<Head>> runs = heads(handle, page);
            List<Project> projects = page.stream()
                    .map(name -> new Project(name, runs.getOrDefault(name, List.of())))
                    .toList();
            return new Page<>(projects, all.size(), left.size() > page.size() ? page.get(page.size() - 1) : null);
        });
    }

    /** The run of that name. */
    public Optional<RunRecord> find(String project, String name) {
        return database.withHandle(
                handle -> RunRecords.find(handle, project, name).map(run -> withFinals(handle, run)));
    }

    /** The runs of a project. */
    public Page<RunRecord> runs(String project, RunOrder order, int limit, @Nullable String cursor) {
        return database.withHandle(handle -> {
            long total = handle.createQuery("SELECT count(*) FROM run WHERE project = ?")
                    .bind(0, project)
                    .mapTo(Long.class)
                    .one();
            RunOrder.Cursor after = cursor == null ? null : RunOrder.Cursor.of(cursor);
            List<RunOrder.Cursor> keys = keys(handle, project, order, limit + 1L, total, after);
            boolean hasMore = keys.size() > limit;
            List<RunOrder.Cursor> page = hasMore ? keys.subList(0, limit) : keys;
            String next = hasMore ? page.get(page.size() - 1).text() : null;
            return new Page<>(records(handle, page), total, next);
        });
    }

    private List<RunOrder.Cursor> keys(
            Handle handle, String project, RunOrder order, long limit, long total, RunOrder.@Nullable Cursor after) {
        boolean isAmongValues = after == null || after.value() != null;
        if (order.isIndexed() && isAmongValues && limit * MOST_OF_INDEX < total) {
            List<RunOrder.Cursor> keys = keysOfIndex(handle, project, order, limit, after);
            if (keys.size() == limit) {
                return keys;
            }
        }
        String sql = "SELECT run.id, " + order.value() + " AS value FROM run "
                + (order.metric() == null
                        ? ""
                        : "LEFT JOIN summary ON summary.run = run.id AND summary.metric = :metric ")
                + "WHERE run.project = :project " + (after == null ? "" : "AND " + order.after(after) + " ")
                + order.clause() + " LIMIT :limit";
        return keys(handle, sql, project, order, limit, after);
    }

    /**
     * A page of many runs by the index of the last values, which has those of all projects: so many of them are looked at that
     * it takes no longer than to look at all runs of the project. Fewer than wanted when these were not enough.
     */
    private List<RunOrder.Cursor> keysOfIndex(
            Handle handle, String project, RunOrder order, long limit, RunOrder.@Nullable Cursor after) {
        String direction = order.direction();
        String sql = "SELECT run.id, last AS value FROM (SELECT run AS id, last FROM summary"
                + " WHERE metric = :metric AND last IS NOT NULL"
                + (after == null ? "" : " AND (last, run) " + order.beyond() + " (:value, :id)")
                + " ORDER BY last " + direction + ", run " + direction + " LIMIT :limit * " + MOST_OF_INDEX
                + ") AS first"
                + " JOIN run ON run.id = first.id WHERE run.project = :project"
                + " ORDER BY value " + direction + ", run.id " + direction + " LIMIT :limit";
        return keys(handle, sql, project, order, limit, after);
    }

    private List<RunOrder.Cursor> keys(
            Handle handle, String sql, String project, RunOrder order, long limit, RunOrder.@Nullable Cursor after) {
        Query query = handle.createQuery(sql).bind("project", project).bind("limit", limit);
        if (order.metric() != null) {
            query.bind("metric", metrics.id(handle, order.metric()));
        }
        if (after != null) {
            query.bind("id", after.id());
            if (after.value() != null) {
                query.bind("value", after.value());
            }
        }
        return query.map((row, context) -> new RunOrder.Cursor(row.getObject("value"), row.getLong("id")))
                .list();
    }

    private List<RunRecord> records(Handle handle, List<RunOrder.Cursor> keys) {
        if (keys.isEmpty()) {
            return List.of();
        }
        Map<Long, RunRecord> found = new HashMap<>();
        String ids = String.join(
                ",", keys.stream().map(key -> Long.toString(key.id())).toList());
        handle.createQuery(RunRecord.SELECT + "WHERE run.id IN (" + ids + ")")
                .map((row, context) -> RunRecord.of(row))
                .forEach(run -> found.put(run.id(), withFinals(handle, run)));
        return keys.stream()
                .map(key -> found.get(key.id()))
                .filter(Objects::nonNull)
                .toList();
    }

    private RunRecord withFinals(Handle handle, RunRecord run) {
        return run.finals() != null
                ? run
                : run.table(
                        run.columns(),
                        run.stepColumn(),
                        run.lastEpoch(),
                        Finals.of(metrics.summaries(handle, run.id())),
                        run.warnings());
    }

    private static Map<String, List<Head>> heads(Handle handle, List<String> projects) {
        Map<String, List<Head>> heads = new LinkedHashMap<>();
        if (projects.isEmpty()) {
            return heads;
        }
        handle.createQuery("SELECT project, name, status, started_at, finished_at, files FROM run"
                        + " WHERE project IN (<projects>) ORDER BY id DESC")
                .bindList("projects", projects)
                .map((row, context) -> heads.computeIfAbsent(row.getString("project"), name -> new ArrayList<>())
                        .add(new Head(
                                row.getString("name"),
                                row.getString("status"),
                                RunRecord.time(row, "started_at"),
                                RunRecord.time(row, "finished_at"),
                                RunRecord.list(row.getString("files"), RunFile::of).stream()
                                        .filter(file -> file.kind() == RunFile.Kind.CONFIG)
                                        .findFirst())))
                .forEach(added -> {});
        return heads;
    }
}
