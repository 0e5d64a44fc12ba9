package io.synapse.sdk.experiment;

import io.synapse.sdk.Endpoint;
import io.synapse.sdk.Operation;
import io.synapse.sdk.ResponseType;
import io.synapse.sdk.experiment.internal.ExperimentNames;
import io.synapse.sdk.experiment.internal.ExperimentProtocol;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The requests of the blocking and the asynchronous project operations. */
final class ProjectEndpoints {
    private ProjectEndpoints() {}

    static Operation<ExperimentServer> server() {
        return ExperimentProtocol.server();
    }

    static Pages<Project> projects() {
        return new Pages<>((dialect, link) -> dialect.projects(link));
    }

    static Pages<Run> runs(String project) {
        return new Pages<>((dialect, link) -> dialect.runs(RunQuery.of(project), link));
    }

    static Pages<Run> runs(RunQuery query) {
        return new Pages<>((dialect, link) -> dialect.runs(query, link));
    }

    static Operation<List<String>> tags(String project) {
        return Operation.deferred(() -> {
            String name = ExperimentNames.check("project", project);
            return ExperimentProtocol.with(dialect -> dialect.askListField(
                    Endpoint.get("api/runs/{}/tags", ResponseType.object(), name), "tags", String.class));
        });
    }

    static Operation<@Nullable Void> reindex() {
        return ExperimentProtocol.with(dialect -> dialect.reindex(null));
    }

    static Operation<@Nullable Void> reindex(String project) {
        return Operation.deferred(() -> {
            String name = ExperimentNames.check("project", project);
            return ExperimentProtocol.with(dialect -> dialect.reindex(name));
        });
    }
}
