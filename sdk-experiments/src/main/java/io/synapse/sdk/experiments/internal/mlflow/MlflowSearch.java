package io.synapse.sdk.experiments.internal.mlflow;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Searches runs and experiments. Thread-safe. */
public final class MlflowSearch {
    private final Jdbi database;

    public MlflowSearch(Jdbi database) {
        this.database = database;
    }

    /** Of which stage of their life they are. */
    public enum View {
        ACTIVE_ONLY("t.deleted_at IS NULL"),
        DELETED_ONLY("t.deleted_at IS NOT NULL"),
        ALL("TRUE");

        private final String condition;

        View(String condition) {
            this.condition = condition;
        }
    }

    /**
     * What is searched for.
     *
     * @param orders by what it is sorted, first by the first; then the newest come first
     * @param token that of the page before; null for the first page
     */
    public record Query(
            String filter,
            List<String> orders,
            View view,
            int limit,
            @Nullable String token) {}

    /**
     * Some of what was found.
     *
     * @param nextToken what to ask the next page with; null on the last one
     */
    public record Page<T>(List<T> items, @Nullable String nextToken) {}

    /**
     * The runs of these experiments that match.
     *
     * @throws io.synapse.sdk.experiments.internal.Failure when the filter, the order or the token cannot be read: 400
     */
    public Page<MlflowRun> runs(List<Long> experiments, Query query) {
        SearchStatement statement = new SearchStatement(MlflowTable.RUNS);
        statement.where(
                "t.experiment IN (SELECT value FROM json_each(" + statement.bind(experiments.toString()) + "))");
        return page(statement, query, MlflowRun::of);
    }

    /**
     * The experiments that match.
     *
     * @throws io.synapse.sdk.experiments.internal.Failure when the filter, the order or the token cannot be read: 400
     */
    public Page<MlflowExperiment> experiments(Query query) {
        return page(new SearchStatement(MlflowTable.EXPERIMENTS), query, MlflowExperiment::of);
    }

    private interface Reading<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> Page<T> page(SearchStatement statement, Query query, Reading<T> reading) {
        statement.where(query.view().condition);
        MlflowFilter.comparisons(query.filter()).forEach(statement::where);
        query.orders().stream().map(MlflowFilter::order).forEach(statement::order);
        if (query.token() != null) {
            statement.after(query.token());
        }
        record Found<T>(T item, String token) {}
        List<Found<T>> found = database.withHandle(handle -> statement
                .query(handle, query.limit() + 1L)
                .map((row, context) -> new Found<>(reading.read(row), statement.token(row)))
                .list());
        boolean hasMore = found.size() > query.limit();
        List<Found<T>> page = hasMore ? found.subList(0, query.limit()) : found;
        return new Page<>(
                page.stream().map(Found::item).toList(),
                hasMore ? page.get(page.size() - 1).token() : null);
    }
}
