package io.synapse.sdk.experiments.internal.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HashCacheTest {
    @TempDir
    Path folder;

    @Test
    void aFileThatGrewWhileItWasReadIsReadAgain() throws IOException {
        Path file = folder.resolve("log");
        byte[] piece = new byte[1 << 20];
        for (int round = 0; round < 20; round++) {
            Arrays.fill(piece, (byte) round);
            Files.write(file, piece, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            HashCache hashes = new HashCache();
            CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> read(hashes, file));
            Files.write(file, piece, StandardOpenOption.APPEND);
            reading.join();

            assertThat(hashes.of(file).value()).isEqualTo(ContentHash.of(Files.readAllBytes(file)));
        }
    }

    @Test
    void theFilesOfFiveHundredWorkersAreReadOnce() throws IOException {
        HashCache hashes = new HashCache();
        Map<Path, String> known = new HashMap<>();
        for (int number = 0; number < 500 * 5; number++) {
            Path file = Files.writeString(folder.resolve("file" + number), "before");
            known.put(file, hashes.of(file).value());
        }
        for (Path file : known.keySet()) { // what nothing tells of but the bytes themselves
            FileTime time = Files.getLastModifiedTime(file);
            Files.writeString(file, "behind");
            Files.setLastModifiedTime(file, time);
        }

        for (Path file : known.keySet()) {
            assertThat(hashes.of(file).value()).isEqualTo(known.get(file));
        }
    }

    private static void read(HashCache hashes, Path file) {
        try {
            hashes.of(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
