package io.synapse.sdk.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** W5: a large file there and back, in a small heap. */
final class LargeFile implements Benchmark {
    private static final int MEGABYTE = 1_000_000;

    @Override
    public String id() {
        return "W5";
    }

    @Override
    public List<Row> run(Workbench workbench) throws IOException, InterruptedException {
        Optional<WorkspaceEngine> engine = workbench.workspaceEngine(id());
        if (engine.isEmpty()) {
            return List.of();
        }
        int megabytes = workbench.options().workspaceMegabytes();
        Path folder = Files.createTempDirectory("benchmark-");
        Path file = folder.resolve("file");
        try {
            fill(file, megabytes);
            BulkRounds rounds = BulkRounds.measure(
                    workbench, engine.get(), id(), (long) megabytes * MEGABYTE, "file", file.toString());
            String work = megabytes + " MB, " + BulkRounds.HEAP;
            return List.of(
                    rounds.comparison("upload " + work, "docker-java: archive PUT", "upload_ms"),
                    rounds.comparison("download " + work, "docker-java: archive GET", "download_ms"),
                    rounds.finding("upload and download " + work));
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder.resolve("copy"));
            Files.delete(folder);
        }
    }

    private static void fill(Path file, int megabytes) throws IOException {
        Random random = new Random(1);
        byte[] block = new byte[MEGABYTE];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int written = 0; written < megabytes; written++) {
                random.nextBytes(block);
                out.write(block);
            }
        }
    }
}
