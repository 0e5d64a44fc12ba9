package io.synapse.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synapse.sdk.RequestContent.Multipart;
import io.synapse.sdk.RequestContent.UploadProgress;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files go out as they were when their sending began, or not at all, and need no memory. */
@Timeout(60)
class UploadTest {
    private static final int SIZE = 4 << 20;

    private final MockWebServer server = new MockWebServer();
    private TestClient client;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws IOException {
        server.setBodyLimit(0);
        server.start();
        server.enqueue(new MockResponse.Builder().body("{}").build());
        client = TestClient.builder().baseUrl(server.url("/").toString()).build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void aFileThatGetsShorterIsAnErrorAndNoHang() throws IOException {
        Path file = file("plugin.zip", SIZE);

        assertThatThrownBy(() -> upload(form(file).onProgress(once(() -> resize(file, SIZE / 2)))))
                .isInstanceOfSatisfying(BadRequestException.class, UploadTest::surelyNotExecuted)
                .hasMessageContaining("POST " + server.url("/upload") + " was broken off: the file " + file
                        + " changed while it was sent: it has become shorter");
    }

    @Test
    void aFileThatGrowsIsAnErrorAndNotCutShort() throws IOException {
        Path file = file("plugin.zip", SIZE);

        assertThatThrownBy(() -> upload(form(file).onProgress(once(() -> resize(file, SIZE + 1)))))
                .isInstanceOfSatisfying(BadRequestException.class, UploadTest::surelyNotExecuted)
                .hasMessageContaining("it has grown");
    }

    @Test
    void aFileThatIsGoneWhenItsTurnComesIsAnError() throws IOException {
        Path first = file("first.zip", SIZE);
        Path second = file("second.zip", 1);

        assertThatThrownBy(() -> upload(form(first).file("second", second).onProgress(once(() -> delete(second)))))
                .isInstanceOfSatisfying(BadRequestException.class, UploadTest::surelyNotExecuted)
                .hasMessageContaining("second.zip changed while it was sent: it cannot be opened any more")
                .hasRootCauseInstanceOf(NoSuchFileException.class);
    }

    @Test
    void theProgressCountsAllFilesTogetherUpToTheirTotal() throws IOException {
        List<Long> sent = new ArrayList<>();
        Multipart form = form(file("first.zip", SIZE)).file("second", file("second.zip", 1000));

        upload(form.onProgress((bytes, total) -> {
            assertThat(total).isEqualTo(SIZE + 1000);
            sent.add(bytes);
        }));

        assertThat(sent).isSorted().endsWith(SIZE + 1000L).doesNotHaveDuplicates();
    }

    /** A program with little memory: uploads the file of its second argument. */
    public static final class Program {
        private Program() {}

        /** Runs it. */
        public static void main(String[] arguments) {
            try (TestClient client = TestClient.builder().baseUrl(arguments[0]).build()) {
                client.perform(Endpoint.post("upload", ResponseType.object()).multipart(form(Path.of(arguments[1]))));
            }
        }
    }

    @Test
    void aFileMuchLargerThanTheHeapIsSentAllTheSame() throws Exception {
        Path large = file("large.zip", 256 << 20);

        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx24m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName(),
                        server.url("/").toString(),
                        large.toString())
                .inheritIO()
                .start();

        assertThat(program.waitFor()).isZero();
        assertThat(server.takeRequest().getBodySize()).isGreaterThan(256 << 20);
    }

    private void upload(Multipart form) {
        client.perform(Endpoint.post("upload", ResponseType.object()).multipart(form));
    }

    private static Multipart form(Path file) {
        return Multipart.empty().file("file", file);
    }

    private static void surelyNotExecuted(BadRequestException failure) {
        assertThat(failure.statusCode()).isEqualTo(400);
        assertThat(failure.attempts()).isEqualTo(1);
        assertThat(failure.mayHaveBeenExecuted()).isFalse();
    }

    private Path file(String name, long size) throws IOException {
        Path file = Files.createFile(folder.resolve(name));
        resize(file, size);
        return file;
    }

    /** Does something when the first bytes are out. */
    private static UploadProgress once(Runnable change) {
        AtomicBoolean done = new AtomicBoolean();
        return (sent, total) -> {
            if (!done.getAndSet(true)) {
                change.run();
            }
        };
    }

    private static void resize(Path file, long size) {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.setLength(size);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
