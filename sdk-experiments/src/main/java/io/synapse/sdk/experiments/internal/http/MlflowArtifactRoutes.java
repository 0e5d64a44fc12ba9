package io.synapse.sdk.experiments.internal.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.synapse.sdk.experiments.internal.file.Artifacts;
import io.synapse.sdk.experiments.internal.mlflow.MlflowRun;
import io.synapse.sdk.experiments.internal.mlflow.MlflowRuns;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The artifacts of MLflow's clients: {@code /api/2.0/mlflow-artifacts/artifacts/…}. */
public final class MlflowArtifactRoutes {
    static final String ROOT = "/api/2.0/mlflow-artifacts/artifacts";

    private final Artifacts artifacts;
    private final MlflowRuns runs;

    public MlflowArtifactRoutes(Artifacts artifacts, MlflowRuns runs) {
        this.artifacts = artifacts;
        this.runs = runs;
    }

    /** Adds the routes. */
    public void register(RoutesConfig routes) {
        routes.get(ROOT, MlflowFields.withErrors(request -> {
            String path = request.queryParam("path");
            Replies.json(request, 200, Map.of("files", files(path == null ? "" : path, "")));
        }));
        routes.get(
                ROOT + "/<path>",
                MlflowFields.withErrors(request -> FileReply.send(
                        request.contentType("application/octet-stream"), artifacts.get(request.pathParam("path")))));
        routes.put(ROOT + "/<path>", MlflowFields.withErrors(request -> {
            artifacts.put(request.pathParam("path"), request.bodyInputStream());
            Replies.json(request, 200, Map.of());
        }));
        routes.delete(ROOT + "/<path>", MlflowFields.withErrors(request -> {
            artifacts.delete(request.pathParam("path"));
            Replies.json(request, 200, Map.of());
        }));
        routes.get("/api/2.0/mlflow/artifacts/list", MlflowFields.withErrors(this::ofRun));
    }

    private void ofRun(Context request) throws IOException {
        String uid = request.queryParam("run_id");
        MlflowRun run = runs.get(uid == null ? "" : uid);
        String root = run.artifactFolder();
        String path = request.queryParam("path");
        String below = path == null || path.isEmpty() ? "" : path;
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("root_uri", MlflowDocuments.artifactUri(run));
        answer.put("files", files(below.isEmpty() ? root : root + "/" + below, below));
        Replies.json(request, 200, answer);
    }

    private List<Map<String, Object>> files(String folder, String shown) throws IOException {
        return artifacts.list(folder).stream()
                .map(entry -> {
                    Map<String, Object> file = new LinkedHashMap<>();
                    file.put("path", shown.isEmpty() ? entry.name() : shown + "/" + entry.name());
                    file.put("is_dir", entry.isFolder());
                    if (!entry.isFolder()) {
                        file.put("file_size", entry.size());
                    }
                    return file;
                })
                .toList();
    }
}
