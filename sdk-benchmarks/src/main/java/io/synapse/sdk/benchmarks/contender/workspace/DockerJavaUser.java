package io.synapse.sdk.benchmarks.contender.workspace;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * One who uses docker-java: an exec for a command, the archive endpoints for files.
 *
 * @param docker the client
 * @param container where
 */
record DockerJavaUser(DockerClient docker, String container) implements ContainerUser {
    private static final String FOLDER = "/workspace/shared";
    private static final int MOST_KEPT = 100_000;
    private static final int BLOCK = 512;

    /** A client of the engine that {@code DOCKER_HOST} names, as its manual makes one. */
    static DockerClient connect() {
        DefaultDockerClientConfig config =
                DefaultDockerClientConfig.createDefaultConfigBuilder().build();
        return DockerClientImpl.getInstance(
                config,
                new ZerodepDockerHttpClient.Builder()
                        .dockerHost(URI.create(System.getenv("DOCKER_HOST")))
                        .maxConnections(200)
                        .build());
    }

    @Override
    public Result execute(String command) throws InterruptedException {
        String id = docker.execCreateCmd(container)
                .withCmd("sh", "-c", command)
                .withAttachStdout(true)
                .withAttachStderr(true)
                .exec()
                .getId();
        Output output = docker.execStartCmd(id).exec(new Output());
        output.awaitCompletion();
        Long exitCode = docker.inspectExecCmd(id).exec().getExitCodeLong();
        return new Result(exitCode == null ? -1 : exitCode, output.kept.toString(StandardCharsets.UTF_8), output.bytes);
    }

    /** Keeps as much as the SDK does. */
    private static final class Output extends ResultCallback.Adapter<Frame> {
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private long bytes;

        @Override
        public void onNext(Frame frame) {
            byte[] payload = frame.getPayload();
            bytes += payload.length;
            kept.write(payload, 0, Math.min(payload.length, MOST_KEPT - kept.size()));
        }
    }

    @Override
    public void write(String name, String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        put(name, bytes.length, new ByteArrayInputStream(bytes));
    }

    @Override
    public void upload(Path file, String name) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            put(name, Files.size(file), content);
        }
    }

    /** A tar archive of one file, streamed. */
    private void put(String name, long size, InputStream content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(size);
        byte[] header = new byte[BLOCK];
        entry.writeEntryHeader(header);
        byte[] end = new byte[(int) (2 * BLOCK + (BLOCK - size % BLOCK) % BLOCK)];
        try (InputStream archive = new SequenceInputStream(Collections.enumeration(
                List.of(new ByteArrayInputStream(header), content, new ByteArrayInputStream(end))))) {
            docker.copyArchiveToContainerCmd(container)
                    .withRemotePath(FOLDER)
                    .withTarInputStream(archive)
                    .exec();
        }
    }

    @Override
    public String read(String name) throws IOException {
        try (TarArchiveInputStream archive = get(name)) {
            return new String(archive.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void download(String name, Path file) throws IOException {
        try (TarArchiveInputStream archive = get(name)) {
            Files.copy(archive, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private TarArchiveInputStream get(String name) throws IOException {
        TarArchiveInputStream archive =
                new TarArchiveInputStream(docker.copyArchiveFromContainerCmd(container, FOLDER + "/" + name)
                        .exec());
        if (archive.getNextEntry() == null) {
            throw new IOException("the archive is empty");
        }
        return archive;
    }
}
