package io.synapse.sdk.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What many callers, slow ones and large requests cannot do to an agent with little memory and few file descriptors. */
@Timeout(120)
class LoadTest {
    private static final String TOKEN = "load";
    private static final int MEGABYTE = 1 << 20;

    @TempDir
    private Path folder;

    private final List<Socket> sockets = new ArrayList<>();
    private AgentProcess agent;

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        if (agent != null) {
            agent.close();
        }
    }

    @Test
    void bodiesThatDoNotComeKeepNobodyElseWaiting() throws Exception {
        Caller caller = start("256m", 4096);
        for (int count = 0; count < 300; count++) {
            send(caller, "POST /jobs/", TOKEN, "Content-Length: 1000", "{\"entrypoint\":");
        }

        long start = System.nanoTime();

        assertThat(caller.get("health/").status()).isEqualTo(200);
        caller.awaitEnd(caller.submit("true"));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void archivesThatDoNotComeKeepNobodyElseWaiting() throws Exception {
        Caller caller = start("256m", 4096);
        List<Socket> uploads = new ArrayList<>();
        for (int count = 0; count < 300; count++) {
            uploads.add(send(
                    caller,
                    "POST /plugin_releases/",
                    TOKEN,
                    "Content-Length: 1000\r\nContent-Type: multipart/form-data; boundary=x",
                    "--x\r\n"));
        }

        assertThat(caller.get("health/").status()).isEqualTo(200);
        assertThat(status(uploads.get(299))).isEqualTo(503);
    }

    @Test
    void strangersThatSayNothingDoNotTakeTheFileDescriptors() throws Exception {
        Caller caller = start("256m", 256);
        for (int count = 0; count < 200; count++) {
            connect(caller);
        }

        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> Caller.send(caller.request("health/")
                                        .timeout(Duration.ofSeconds(5))
                                        .GET())
                                .status()
                        == 200);
        caller.awaitEnd(caller.submit("true"));
    }

    /** What the system allows in between is no time limit for callers: they have 30 s, and a second for each 16 KiB. */
    @Test
    void aHeadAndABodyHaveThirtySeconds() throws Exception {
        Caller caller = start("256m", 4096);
        Socket stranger = connect(caller);
        stranger.getOutputStream().write("GET / HTTP/1.1\r\nHost: loc".getBytes(StandardCharsets.US_ASCII));
        Socket known = send(caller, "POST /jobs/", TOKEN, "Content-Length: 1000", "{");
        long start = System.nanoTime();

        assertThat(status(known)).isEqualTo(408);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofSeconds(29), Duration.ofSeconds(40));
        stranger.setSoTimeout(10_000);
        assertThat(stranger.getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void aBodyThatIsSaidToBeTooLargeIsRefusedBeforeItComes() throws Exception {
        Caller caller = start("256m", 4096);

        assertThat(status(send(caller, "POST /jobs/", TOKEN, "Content-Length: 10485761", "")))
                .isEqualTo(413);
        assertThat(status(send(
                        caller,
                        "POST /plugin_releases/",
                        TOKEN,
                        "Content-Length: 200000000\r\nContent-Type: multipart/form-data; boundary=x",
                        "")))
                .isEqualTo(413);
        assertThat(status(send(caller, "POST /jobs/", "wrong", "Content-Length: 10", "")))
                .isEqualTo(401);
    }

    @Test
    void aBodyOfUnknownLengthIsRefusedWhenItIsTooLarge() throws Exception {
        Caller caller = start("256m", 4096);
        Socket socket = send(caller, "POST /jobs/", TOKEN, "Transfer-Encoding: chunked", "");
        String chunk = "100000\r\n" + "x".repeat(MEGABYTE) + "\r\n";
        for (int megabytes = 0; megabytes <= 10; megabytes++) {
            socket.getOutputStream().write(chunk.getBytes(StandardCharsets.US_ASCII));
        }

        assertThat(status(socket)).isEqualTo(413);
    }

    @Test
    void largeRequestsAtOnceDoNotUseUpTheMemory() throws Exception {
        Caller caller = start("160m", 4096);
        String large = "{\"entrypoint\":\"true\",\"metadata\":{\"a\":\"" + "x".repeat(10_000_000) + "\"}}";
        String many = "{\"entrypoint\":\"true\",\"metadata\":" + "[[],".repeat(2_000_000) + "1";

        List<Integer> statuses = atOnce(24, () -> caller.post("jobs/", large).status());
        List<Integer> others = atOnce(24, () -> caller.post("jobs/", many).status());

        assertThat(statuses).allMatch(status -> status == 400 || status == 503).contains(400);
        assertThat(others).allMatch(status -> status == 400 || status == 503).contains(400);
        caller.awaitEnd(caller.submit("true"));
        assertThat(agent.err()).doesNotContain("OutOfMemory");
    }

    /** 90 MB of submissions are listed by an agent with 64 MB of memory. */
    @Test
    void moreJobsThanFitIntoTheMemoryAreListed() throws Exception {
        Caller caller = start("64m", 4096, "--max-concurrent-jobs=8");
        String metadata = "x".repeat(900_000);
        for (int count = 0; count < 100; count++) {
            caller.submit(Map.of("entrypoint", "true", "metadata", Map.of("a", metadata)));
        }

        int jobs = 0;
        try (InputStream answer = Caller.http()
                        .send(caller.request("jobs/").GET().build(), BodyHandlers.ofInputStream())
                        .body();
                JsonParser json = new JsonFactory().createParser(answer)) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                jobs += token == JsonToken.FIELD_NAME && json.currentName().equals("job_id") ? 1 : 0;
            }
        }

        assertThat(jobs).isEqualTo(100);
    }

    /** The caller must not take a part for the whole. */
    @Test
    void aListThatCannotBeReadToItsEndIsCutOff() throws Exception {
        Caller caller = start("256m", 4096);
        String id = "";
        for (int count = 0; count < 40; count++) {
            id = caller.submit(Map.of("entrypoint", "true", "metadata", Map.of("a", "x".repeat(20_000))));
            caller.awaitEnd(id);
        }
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/agent.db"));
                Statement damage = database.createStatement()) {
            damage.execute("PRAGMA busy_timeout = 10000");
            damage.execute("UPDATE job SET request = 'damaged' WHERE id = '" + id + "'");
        }

        assertThatThrownBy(() -> caller.get("jobs/")).isInstanceOf(UncheckedIOException.class);
        assertThat(caller.get("health/").status()).isEqualTo(200);
    }

    private Caller start(String heap, int files, String... options) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("--port=0", "--token=" + TOKEN, "--data-dir=" + folder.resolve("data")));
        Collections.addAll(arguments, options);
        agent = AgentProcess.withLittle(heap, files, folder, arguments.toArray(String[]::new));
        return new Caller(agent.awaitReady(), TOKEN);
    }

    private Socket connect(Caller caller) throws IOException {
        URI address = caller.uri("");
        Socket socket = new Socket(address.getHost(), address.getPort());
        sockets.add(socket);
        return socket;
    }

    private Socket send(Caller caller, String request, String token, String headers, String body) throws IOException {
        Socket socket = connect(caller);
        String text = request + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: " + token + "\r\n" + headers
                + "\r\n\r\n" + body;
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static int status(Socket socket) throws IOException {
        socket.setSoTimeout(60_000);
        String line = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
        return Integer.parseInt(line.substring(9));
    }

    private static <T> List<T> atOnce(int count, Callable<T> call) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(
                    IntStream.range(0, count).mapToObj(each -> call).toList())) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
