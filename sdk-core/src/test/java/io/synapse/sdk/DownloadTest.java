package io.synapse.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A body that is written to a file is there as a whole or not at all, and needs no memory. */
@Timeout(60)
class DownloadTest {
    private static final String HALF = "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nhalf";

    @TempDir
    private Path folder;

    private Path target;

    @BeforeEach
    void earlierContent() throws IOException {
        target = Files.writeString(folder.resolve("model.bin"), "earlier");
    }

    @Test
    void theBodyTakesThePlaceOfTheFile() throws IOException {
        try (RawServer server = RawServer.answering(RawServer.ok("größer"));
                TestClient client = client(server)) {
            assertThat(client.perform(download())).isEqualTo(target);
        }
        assertThat(target).usingCharset(StandardCharsets.UTF_8).hasContent("größer");
        assertNothingElseIsLeft();
    }

    @Test
    void whatTheServerCompressedIsWrittenAsItWasBefore() throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write("plain".getBytes(StandardCharsets.UTF_8));
        }
        RawServer.Service service = connection -> {
            connection.request();
            connection.send(
                    "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + zipped.size() + "\r\n\r\n");
            connection.send(zipped.toByteArray());
        };
        try (RawServer server = new RawServer(service);
                TestClient client = client(server)) {
            assertThat(client.perform(download())).isEqualTo(target);
        }
        assertThat(target).hasContent("plain");
    }

    @Test
    void aBodyThatBreaksOffIsAskedForAgainAndNoHalfOfItIsKept() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        RawServer.Service service = connection -> {
            connection.request();
            connection.send(asked.incrementAndGet() == 3 ? RawServer.ok("complete") : HALF);
        };
        try (RawServer server = new RawServer(service);
                TestClient client = client(server)) {
            assertThat(client.perform(download())).isEqualTo(target);
            assertThat(server.requests).hasSize(3);
        }
        assertThat(target).hasContent("complete");
        assertNothingElseIsLeft();
    }

    @Test
    void whenItNeverComesAsAWholeTheFileHasWhatItHadBefore() throws IOException {
        RawServer.Service service = connection -> {
            connection.request();
            connection.send(HALF);
        };
        try (RawServer server = new RawServer(service);
                TestClient client = client(server)) {
            assertThatThrownBy(() -> client.perform(download())).isInstanceOf(ConnectionException.class);
        }
        assertThat(target).hasContent("earlier");
        assertNothingElseIsLeft();
    }

    @Test
    void anErrorOfTheServerIsNoContent() throws IOException {
        try (RawServer server = RawServer.answering("HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n{}");
                TestClient client = client(server)) {
            assertThatThrownBy(() -> client.perform(download())).isInstanceOf(NotFoundException.class);
        }
        assertThat(target).hasContent("earlier");
    }

    @Test
    void aFileThatCannotBeWrittenIsTheCallersAndNotTriedAgain() throws IOException {
        Path gone = Files.createDirectory(folder.resolve("gone"));
        Operation<Path> download = Endpoint.get("model", ResponseType.file(gone.resolve("model.bin")));
        Files.delete(gone);
        try (RawServer server = RawServer.answering(RawServer.ok("content"));
                TestClient client = client(server)) {
            assertThatThrownBy(() -> client.perform(download))
                    .isInstanceOfSatisfying(
                            BadRequestException.class,
                            refused -> assertThat(refused.mayHaveBeenExecuted()).isTrue())
                    .hasMessageContaining("GET " + server.url() + "/model was broken off: " + gone.resolve("model.bin")
                            + " cannot be written");
            assertThat(server.requests).hasSize(1);
        }
    }

    @Test
    void aTargetThatCanBeNoFileIsRefusedBeforeAnythingIsSent() {
        assertThatThrownBy(() -> ResponseType.file(folder))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining(folder + " is a folder");
        assertThatThrownBy(() -> ResponseType.file(folder.resolve("none/model.bin")))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("there is no folder " + folder.resolve("none"));
    }

    @Test
    void aCallThatIsCancelledLeavesNothing() throws Exception {
        CountDownLatch half = new CountDownLatch(1);
        RawServer.Service service = connection -> {
            connection.request();
            connection.send(HALF);
            half.countDown();
            connection.awaitEnd();
        };
        try (RawServer server = new RawServer(service);
                TestClient client = client(server)) {
            CompletableFuture<Path> call = client.async().perform(download());
            half.await();
            call.cancel(true);
            await().untilAsserted(this::assertNothingElseIsLeft);
        }
        assertThat(target).hasContent("earlier");
    }

    /** A program with little memory: gets the file of its second argument. */
    public static final class Program {
        private Program() {}

        /** Runs it. */
        public static void main(String[] arguments) {
            try (TestClient client = TestClient.builder().baseUrl(arguments[0]).build()) {
                client.perform(Endpoint.get("model", ResponseType.file(Path.of(arguments[1]))));
            }
        }
    }

    @Test
    void aFileMuchLargerThanTheHeapIsWrittenAllTheSame() throws Exception {
        byte[] piece = new byte[1 << 20];
        int pieces = 256;
        RawServer.Service service = connection -> {
            connection.request();
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: " + (long) pieces * piece.length + "\r\n\r\n");
            for (int sent = 0; sent < pieces; sent++) {
                connection.send(piece);
            }
        };
        try (RawServer server = new RawServer(service)) {
            Process program = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx32m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Program.class.getName(),
                            server.url(),
                            target.toString())
                    .inheritIO()
                    .start();
            assertThat(program.waitFor()).isZero();
        }
        assertThat(target).hasSize((long) pieces * piece.length);
    }

    private Endpoint<Path> download() {
        return Endpoint.get("model", ResponseType.file(target));
    }

    private static TestClient client(RawServer server) {
        RetryPolicy atOnce =
                RetryPolicy.DEFAULT.initialDelay(Duration.ofMillis(1)).maxDelay(Duration.ofMillis(1));
        return TestClient.builder().baseUrl(server.url()).retryPolicy(atOnce).build();
    }

    private void assertNothingElseIsLeft() throws IOException {
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(target);
        }
    }
}
