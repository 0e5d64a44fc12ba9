package io.synapse.sdk.experiments.internal.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.synapse.sdk.experiments.internal.Json;
import io.synapse.sdk.experiments.internal.metric.Summary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The summaries of a run's metrics, in the form in which the page of a project has them. */
final class Finals {
    private Finals() {}

    static ObjectNode of(List<Summary> summaries) {
        ObjectNode all = Json.MAPPER.createObjectNode();
        ObjectNode last = all.putObject("final_metrics");
        ObjectNode max = all.putObject("max_metrics");
        ObjectNode min = all.putObject("min_metrics");
        ObjectNode mean = all.putObject("mean_metrics");
        ObjectNode notFinite = all.putObject("not_finite");
        for (Summary summary : summaries) {
            last.put(summary.metric(), summary.last());
            put(max, summary.metric(), summary.max());
            put(min, summary.metric(), summary.min());
            put(mean, summary.metric(), summary.mean());
            if (summary.notFinite() > 0) {
                notFinite.put(summary.metric(), summary.notFinite());
            }
        }
        return all;
    }

    private static void put(ObjectNode fields, String metric, @Nullable Double value) {
        if (value != null) {
            fields.put(metric, value);
        }
    }
}
