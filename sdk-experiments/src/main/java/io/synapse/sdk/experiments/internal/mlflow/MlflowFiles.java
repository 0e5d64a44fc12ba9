package io.synapse.sdk.experiments.internal.mlflow;

import io.synapse.sdk.experiments.internal.Failure;
import io.synapse.sdk.experiments.internal.file.Artifacts;
import io.synapse.sdk.experiments.internal.run.RunRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The artifacts that MLflow's clients have put to runs of this server. Thread-safe. */
public final class MlflowFiles {
    private static final int MOST = 10_000;

    private final MlflowRuns runs;
    private final Artifacts artifacts;

    public MlflowFiles(MlflowRuns runs, Artifacts artifacts) {
        this.runs = runs;
        this.artifacts = artifacts;
    }

    /** Those of a run by their paths in its folder, 10,000 at most; none when no client of MLflow's made it. */
    public Map<String, Path> of(RunRecord run) throws IOException {
        Optional<MlflowRun> made = runs.find(run);
        return made.isPresent() ? artifacts.files(made.get().artifactFolder(), MOST) : Map.of();
    }

    /**
     * One of a run.
     *
     * @throws Failure 404 when there is none of that path
     */
    public Path get(RunRecord run, String path) {
        return runs.find(run)
                .map(made -> artifacts.get(made.artifactFolder() + "/" + path))
                .orElseThrow(() -> Failure.notFound("Artifact file not found: " + path));
    }

    /** The folder of a run, which is deleted after its record; none when no client of MLflow's made it. */
    public Optional<String> folder(RunRecord run) {
        return runs.find(run).map(MlflowRun::artifactFolder);
    }

    /** Deletes a folder. */
    public void delete(String folder) throws IOException {
        artifacts.delete(folder);
    }
}
