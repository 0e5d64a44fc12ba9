package io.synapse.sdk.experiment.internal;

import io.synapse.sdk.Endpoint;
import io.synapse.sdk.HttpMethod;
import io.synapse.sdk.Operation;
import io.synapse.sdk.ResponseType;
import io.synapse.sdk.experiment.Project;
import io.synapse.sdk.experiment.Run;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Has the original read its files again. That deletes the notes and tags of all runs, so they are read before and written
 * again after it.
 */
final class OriginalReindex {
    private OriginalReindex() {}

    static Operation<@Nullable Void> of(ExperimentDialect dialect, @Nullable String project) {
        if (project != null) {
            return of(dialect, project, new ArrayDeque<>(List.of(project)), new ArrayDeque<>());
        }
        return dialect.projects(null).then(page -> {
            Deque<String> projects = new ArrayDeque<>();
            page.results().stream()
                    .map(Project::name)
                    .filter(name -> name != null)
                    .forEach(projects::add);
            return of(dialect, null, projects, new ArrayDeque<>());
        });
    }

    /**
     * Goes on.
     *
     * @param unread projects whose notes and tags were not read yet
     * @param changes what is to be written after it
     */
    private static Operation<@Nullable Void> of(
            ExperimentDialect dialect,
            @Nullable String project,
            Deque<String> unread,
            Deque<Endpoint<Map<String, @Nullable Object>>> changes) {
        String next = unread.poll();
        if (next == null) {
            Endpoint<Map<String, @Nullable Object>> request = project == null
                    ? Endpoint.post("api/projects/reindex", ResponseType.object())
                    : Endpoint.post("api/projects/reindex/{}", ResponseType.object(), project);
            return dialect.tell(request.idempotent()).then(done -> write(dialect, changes));
        }
        return dialect.askListField(
                        Endpoint.get("api/projects/{}/experiments", ResponseType.object(), next),
                        "experiments",
                        Run.class)
                .then(runs -> {
                    runs.forEach(run -> add(next, run, changes));
                    return of(dialect, project, unread, changes);
                });
    }

    private static void add(String project, Run run, Deque<Endpoint<Map<String, @Nullable Object>>> changes) {
        String name = run.runName();
        if (name != null && run.notes() != null && !run.notes().isEmpty()) {
            changes.add(patch("notes", project, name, run.notes()));
        }
        if (name != null && !run.tags().isEmpty()) {
            changes.add(patch("tags", project, name, run.tags()));
        }
    }

    private static Endpoint<Map<String, @Nullable Object>> patch(
            String what, String project, String run, Object value) {
        return Endpoint.of(HttpMethod.PATCH, "api/runs/{}/{}/" + what, ResponseType.object(), project, run)
                .json(Map.of(what, value))
                .idempotent();
    }

    private static Operation<@Nullable Void> write(
            ExperimentDialect dialect, Deque<Endpoint<Map<String, @Nullable Object>>> changes) {
        Endpoint<Map<String, @Nullable Object>> next = changes.poll();
        return next == null ? Operation.nothing() : dialect.tell(next).then(done -> write(dialect, changes));
    }
}
