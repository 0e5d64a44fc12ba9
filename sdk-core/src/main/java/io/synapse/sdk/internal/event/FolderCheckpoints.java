package io.synapse.sdk.internal.event;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.Checkpoint;
import io.synapse.sdk.CheckpointStore;
import io.synapse.sdk.Failure;
import io.synapse.sdk.internal.json.Json;
import io.synapse.sdk.internal.json.UnreadableJsonException;
import io.synapse.sdk.internal.value.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Checkpoints in a folder, a file each. */
public final class FolderCheckpoints implements CheckpointStore {
    private final Path folder;

    /**
     * The checkpoints of a folder, which is created if there is none.
     *
     * @throws BadRequestException when it cannot be created
     */
    public FolderCheckpoints(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new BadRequestException(Failure.of(400, "there is no folder for checkpoints: " + e), e);
        }
    }

    @Override
    public Optional<Checkpoint> load(String name) {
        try {
            Object read = Json.read(Files.readString(file(name)), Checkpoint.class);
            if (read instanceof Checkpoint checkpoint) {
                return Optional.of(checkpoint);
            }
            throw new IllegalStateException("the checkpoint \"" + name + "\" cannot be read: it is empty");
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (UnreadableJsonException e) {
            throw new IllegalStateException("the checkpoint \"" + name + "\" cannot be read: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void save(String name, Checkpoint checkpoint) {
        try {
            Path written = Files.createTempFile(folder, "checkpoint-", ".new"); // for its owner only
            try {
                Files.write(written, Json.write(checkpoint));
                Files.move(written, file(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(written);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void remove(String name) {
        try {
            Files.deleteIfExists(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names may have any characters and any length. */
    private Path file(String name) {
        return folder.resolve("checkpoint-" + Sha256.of(name) + ".json");
    }
}
