package io.synapse.sdk.experiments.internal.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.synapse.sdk.experiments.internal.Failure;
import io.synapse.sdk.experiments.internal.file.CharacterCut;
import io.synapse.sdk.experiments.internal.file.ExperimentFolders;
import io.synapse.sdk.experiments.internal.mlflow.MlflowFiles;
import io.synapse.sdk.experiments.internal.run.RunFile;
import io.synapse.sdk.experiments.internal.run.RunRecord;
import io.synapse.sdk.experiments.internal.run.Runs;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The files of runs: config, logs, artifacts. */
public final class RunFileRoutes {
    private static final int MAX_TEXT = 4 << 20;
    private static final int MAX_PREVIEW = 64 << 10;
    private static final int KILO = 1024;

    /** What the paths of files begin with that a client of MLflow's has put to its run. */
    private static final String ARTIFACTS = "artifacts/";

    private static final double HUNDREDTHS = 100;
    private static final Set<String> TEXT = Set.of(".yaml", ".yml", ".csv", ".log", ".txt", ".json", ".md", ".py");

    private final Runs runs;
    private final RunDocuments documents;
    private final ExperimentFolders folders;
    private final MlflowFiles mlflowFiles;

    public RunFileRoutes(Runs runs, ExperimentFolders folders, MlflowFiles mlflowFiles) {
        this.runs = runs;
        this.documents = new RunDocuments(runs);
        this.folders = folders;
        this.mlflowFiles = mlflowFiles;
    }

    /** Adds the routes. */
    public void register(RoutesConfig routes) {
        for (String run : List.of("/api/runs/{project}/{run}", "/api/run/{project}/{run}")) {
            routes.get(run + "/config", this::config);
            routes.get(run + "/logs", this::logs);
            routes.get(run + "/artifacts", this::artifacts);
            routes.get(run + "/artifacts/download", this::downloadOfRun);
        }
        routes.get("/api/artifacts/preview", this::preview);
        routes.get(
                "/api/artifacts/download/<path>",
                request -> send(request, folders.existing(request.pathParam("path"))));
    }

    private RunRecord run(Context request) {
        return runs.get(request.pathParam("project"), request.pathParam("run"));
    }

    private void config(Context request) throws IOException {
        RunRecord run = run(request);
        RunFile config = run.file(RunFile.Kind.CONFIG)
                .orElseThrow(
                        () -> Failure.notFound("Config file not found for run: " + run.project() + "/" + run.name()));
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("content", text(runs.path(run, config), 0, MAX_TEXT));
        data.put("file_path", runs.relative(run, config));
        data.put("file_size", config.size());
        data.put("last_modified", RunDocuments.seconds(config.modified()));
        Replies.data(request, data);
    }

    /** All as one text; from an offset on, what its log has, or its table where it has no log. */
    private void logs(Context request) throws IOException {
        RunRecord run = run(request);
        List<RunFile> files = run.files().stream()
                .filter(file -> file.kind() == RunFile.Kind.LOG || file.kind() == RunFile.Kind.METRICS)
                .toList();
        var offset = Parameters.number(request, "offset", 0, Long.MAX_VALUE / KILO);
        if (offset.isPresent()) {
            Replies.data(request, rest(run, offset.getAsLong()));
            return;
        }
        StringBuilder content = new StringBuilder();
        List<Map<String, Object>> described = new ArrayList<>();
        for (RunFile file : files) {
            content.append("=== ").append(file.name()).append(" ===\n");
            content.append(text(runs.path(run, file), Math.max(0, file.size() - MAX_TEXT), MAX_TEXT))
                    .append('\n');
            described.add(Map.of(
                    "name", file.name(),
                    "path", runs.relative(run, file),
                    "size", file.size(),
                    "last_modified", RunDocuments.seconds(file.modified())));
        }
        Replies.data(
                request, Map.of("content", content.toString(), "files", described, "total_files", described.size()));
    }

    private Map<String, @Nullable Object> rest(RunRecord run, long offset) throws IOException {
        RunFile file = run.file(RunFile.Kind.LOG)
                .or(() -> run.file(RunFile.Kind.METRICS))
                .orElseThrow(() -> Failure.notFound("Log file not found for run: " + run.project() + "/" + run.name()));
        Path path = runs.path(run, file);
        long size = Files.size(path);
        if (offset > size) {
            throw Failure.of(416, "Range Not Satisfiable", "the log has " + size + " bytes, fewer than " + offset);
        }
        byte[] bytes = bytes(path, offset, MAX_TEXT);
        int whole = wholeCharacters(bytes);
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("content", new String(bytes, 0, whole, StandardCharsets.UTF_8));
        data.put("file", file.name());
        data.put("offset", offset);
        data.put("next_offset", offset + whole);
        data.put("size", size);
        return data;
    }

    private static int wholeCharacters(byte[] bytes) {
        return CharacterCut.whole(bytes, bytes.length);
    }

    private void artifacts(Context request) throws IOException {
        RunRecord run = run(request);
        List<Map<String, Object>> all = new ArrayList<>();
        for (Map.Entry<String, Path> file : mlflowFiles.of(run).entrySet()) {
            BasicFileAttributes attributes =
                    Files.readAttributes(file.getValue(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            all.add(Map.of(
                    "name", file.getKey(),
                    "type", "artifact",
                    "size", attributes.size(),
                    "path", ARTIFACTS + file.getKey(),
                    "last_modified",
                            RunDocuments.seconds(attributes.lastModifiedTime().toInstant())));
        }
        Replies.data(request, documents.artifacts(run, all));
    }

    private void downloadOfRun(Context request) throws IOException {
        RunRecord run = run(request);
        String path = Parameters.required(request, "file_path");
        if (path.startsWith(ARTIFACTS)) {
            send(request, mlflowFiles.get(run, path.substring(ARTIFACTS.length())));
            return;
        }
        RunFile file = run.files().stream()
                .filter(known ->
                        runs.relative(run, known).equals(path) || known.name().equals(path))
                .findFirst()
                .orElseThrow(() -> Failure.notFound("Artifact file not found: " + path));
        send(request, folders.existing(runs.relative(run, file)));
    }

    private static void send(Context request, Path file) throws IOException {
        request.contentType("application/octet-stream")
                .header("Content-Disposition", "attachment; filename*=UTF-8''" + encoded(file.getFileName()));
        FileReply.send(request, file);
    }

    private static String encoded(Path name) {
        return URLEncoder.encode(name.toString(), StandardCharsets.UTF_8).replace("+", "%20");
    }

    private void preview(Context request) throws IOException {
        String path = Parameters.required(request, "path");
        Path file = folders.existing(path);
        String name = String.valueOf(file.getFileName());
        String extension = name.contains(".") ? name.substring(name.lastIndexOf('.')) : "";
        long size = Files.size(file);
        boolean isText = TEXT.contains(extension);
        Map<String, Object> metadata = new LinkedHashMap<>();
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("path", path);
        document.put("name", name);
        document.put("size", size);
        document.put("mime_type", "application/octet-stream");
        document.put("extension", extension);
        document.put("preview_type", isText ? "text" : "binary");
        if (isText) {
            String content = text(file, 0, MAX_PREVIEW);
            document.put("content", content);
            metadata.put("lines", content.split("\n", -1).length);
            metadata.put("truncated", size > MAX_PREVIEW);
        }
        metadata.put("size_kb", Math.round(size * HUNDREDTHS / KILO) / HUNDREDTHS);
        document.put("metadata", metadata);
        Replies.json(request, 200, document);
    }

    private static String text(Path file, long offset, int most) throws IOException {
        return new String(bytes(file, offset, most), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(Path file, long offset, int most) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            return Channels.newInputStream(channel.position(offset)).readNBytes(most);
        }
    }
}
