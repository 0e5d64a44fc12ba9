package io.synapse.sdk.experiment.internal;

import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.Operation;
import io.synapse.sdk.experiment.CurveQuery;
import io.synapse.sdk.experiment.MetricCurve;
import io.synapse.sdk.experiment.MetricTable;
import io.synapse.sdk.experiment.RunKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes curves of the tables of the original, one run after the other. */
final class OriginalCurves {
    private OriginalCurves() {}

    static Operation<List<MetricCurve>> of(ExperimentDialect dialect, CurveQuery query) {
        return from(dialect, query, 0, new ArrayList<>());
    }

    /** Unknown runs and metrics are left out, as by a server of this project. */
    private static Operation<List<MetricCurve>> from(
            ExperimentDialect dialect, CurveQuery query, int index, List<MetricCurve> made) {
        if (index == query.runs().size()) {
            return Operation.of(List.copyOf(made));
        }
        RunKey run = query.runs().get(index);
        return dialect.metrics(run, query.metrics())
                .recover(
                        NotFoundException.class, unknown -> new MetricTable(List.of(), List.of(), null, null, Map.of()))
                .then(table -> {
                    for (String metric : query.metrics()) {
                        MetricCurve curve = table.curve(metric);
                        if (!curve.values().isEmpty()) {
                            made.add(CurvePoints.select(named(curve, run), query.from(), query.to(), query.points()));
                        }
                    }
                    return from(dialect, query, index + 1, made);
                });
    }

    private static MetricCurve named(MetricCurve curve, RunKey run) {
        return new MetricCurve(
                run.project(), run.run(), curve.metric(), curve.steps(), curve.values(), curve.total(), Map.of());
    }
}
