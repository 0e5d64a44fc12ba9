package io.synapse.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes over the wire for a call, what comes back, and what a listener is told. */
class CallsTest {
    private final MockWebServer server = new MockWebServer();
    private TestClient client;

    public record Thing(String name) {}

    @BeforeEach
    void start() throws IOException {
        server.start();
        client = builder().build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void pathQueryHeadersAndBodyAreSentAsGiven() throws InterruptedException {
        enqueue("{\"name\":\"x\"}");
        Endpoint<Thing> endpoint = Endpoint.post("a b/{}/c", Thing.class, "ü/@1+2")
                .query("q", "a&b c")
                .query("q", 2)
                .header("X-One", "own")
                .json(Map.of("k", List.of(1)));

        assertThat(client.perform(endpoint).name()).isEqualTo("x");

        RecordedRequest request = server.takeRequest();
        assertThat(request.getTarget()).isEqualTo("/base/a%20b/%C3%BC%2F@1+2/c?q=a%26b%20c&q=2");
        assertThat(request.getHeaders().get("X-One")).isEqualTo("own");
        assertThat(request.getHeaders().get("X-Two")).isEqualTo("client");
        assertThat(request.getHeaders().get("Content-Type")).isEqualTo("application/json");
        assertThat(request.getBody().utf8()).isEqualTo("{\"k\":[1]}");
    }

    @Test
    void interceptorsAreAskedForEachAttempt() throws InterruptedException {
        List<String> asked = new ArrayList<>();
        RequestInterceptor interceptor = (method, url) -> {
            asked.add(method + " " + url.getPath());
            return Map.of("Authorization", "fresh " + asked.size());
        };
        server.enqueue(new MockResponse.Builder().code(503).build());
        enqueue("{}");

        try (TestClient own = builder().interceptor(interceptor).build()) {
            own.perform(Endpoint.get("x", ResponseType.object()));
        }

        assertThat(asked).containsExactly("GET /base/x", "GET /base/x");
        server.takeRequest();
        assertThat(server.takeRequest().getHeaders().get("Authorization")).isEqualTo("fresh 2");
    }

    @Test
    void filesAreStreamedFromDiskAndTheListenerSeesTheProgress(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("plugin.zip"), new byte[300_000]);
        List<Long> progress = new ArrayList<>();
        enqueue("{}");
        RequestContent.Multipart form = RequestContent.Multipart.empty()
                .field("model", "7")
                .json("params", Map.of("a", 1))
                .file("file", file)
                .onProgress((sent, total) -> {
                    assertThat(total).isEqualTo(300_000);
                    progress.add(sent);
                });

        client.perform(Endpoint.post("upload", ResponseType.object()).multipart(form));

        RecordedRequest request = server.takeRequest();
        assertThat(request.getHeaders().get("Content-Type")).startsWith("multipart/form-data; boundary=");
        assertThat(request.getBody().utf8())
                .contains("name=\"model\"", "name=\"file\"; filename=\"plugin.zip\"", "{\"a\":1}");
        assertThat(progress).isSorted().hasSizeGreaterThan(1).endsWith(300_000L);
    }

    @Test
    void aMissingFileIsNoticedBeforeAnythingIsSent() {
        assertThatThrownBy(() -> RequestContent.Multipart.empty().file("file", Path.of("no/such.zip")))
                .isInstanceOf(BadRequestException.class)
                .hasMessage("there is no such file: no/such.zip")
                .hasCauseInstanceOf(NoSuchFileException.class);
    }

    static Stream<ThrowingCallable> badArguments() {
        Endpoint<Thing> thing = Endpoint.get("things/7", Thing.class);
        return Stream.of(
                () -> Endpoint.path("a/{}", ""),
                () -> Endpoint.path("a/{}", "."),
                () -> Endpoint.path("a/{}", ".."),
                () -> Endpoint.path("a/{}", "half \ud83d"),
                () -> Endpoint.path("a/{}"),
                () -> Endpoint.path("a", "b"),
                () -> thing.callTimeout(Duration.ofSeconds(-1)),
                () -> thing.readTimeout(Duration.ofSeconds(-1)),
                () -> thing.header("", "v"),
                () -> thing.header("a b", "v"),
                () -> thing.header("Authorization", "s3cret\n"),
                () -> thing.header("s3cret value", "Authorization"),
                () -> RetryPolicy.DEFAULT.maxAttempts(0),
                () -> RetryPolicy.DEFAULT.initialDelay(Duration.ofSeconds(-1)),
                () -> Polling.every(Duration.ZERO, Duration.ZERO, "nothing"),
                () -> Polling.every(Duration.ofSeconds(1), Duration.ofSeconds(-1), "nothing"),
                () -> Polling.every(Duration.ofSeconds(2), Duration.ZERO, "nothing")
                        .maxInterval(Duration.ofSeconds(1)));
    }

    @ParameterizedTest
    @MethodSource("badArguments")
    void aBadArgumentIsABadRequestWhereItIsGiven(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        BadRequestException.class,
                        failure -> assertThat(failure.attempts()).isZero())
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void aValueThatIsNoJsonIsABadRequest() {
        Endpoint<Thing> endpoint = Endpoint.post("things/", Thing.class).json(new Object());

        assertThatThrownBy(() -> client.perform(endpoint)).isInstanceOf(BadRequestException.class);
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void pagesAreFetchedWhileTheListIsWalked() {
        enqueue("{\"count\":3,\"next\":\"" + server.url("/base/things/?page=2")
                + "\",\"results\":[{\"name\":\"a\"},{\"name\":\"b\"}]}");
        enqueue("{\"count\":3,\"next\":null,\"results\":[{\"name\":\"c\"}]}");
        PagedList<Thing> list = new PagedList<>(client, Endpoint.get("things/", ResponseType.pageOf(Thing.class)));
        assertThat(server.getRequestCount()).isZero();

        var things = list.iterator();
        things.next();
        things.next();
        assertThat(server.getRequestCount()).isOne();

        assertThat(things.next().name()).isEqualTo("c");
        assertThat(things.hasNext()).isFalse();
    }

    @Test
    void aNextLinkOfAnotherOriginIsFollowedAtTheClientsOwn() throws InterruptedException {
        enqueue("{\"count\":2,\"next\":\"http://evil.example/things/?page=2\",\"results\":[{\"name\":\"a\"}]}");
        enqueue("{\"count\":2,\"next\":null,\"results\":[{\"name\":\"b\"}]}");
        PagedList<Thing> list = new PagedList<>(client, Endpoint.get("things/", ResponseType.pageOf(Thing.class)));

        assertThat(list.stream().map(Thing::name)).containsExactly("a", "b");
        server.takeRequest();
        assertThat(server.takeRequest().getTarget()).isEqualTo("/base/things/?page=2");
    }

    @Test
    void noContentIsNoResult() {
        server.enqueue(new MockResponse.Builder().code(204).build());

        client.perform(Endpoint.delete("x"));
        assertThat(server.getRequestCount()).isOne();
    }

    @Test
    void theAsynchronousTwinDoesTheSame() {
        enqueue("{\"name\":\"x\"}");

        CompletableFuture<Thing> thing = client.async().perform(Endpoint.get("x", Thing.class));

        assertThat(thing.join().name()).isEqualTo("x");
    }

    @Test
    void anExecutorOfTheUsersOwnIsUsedAndLeftAlone() {
        enqueue("{}");
        List<String> threads = new ArrayList<>();
        Executor own = task -> new Thread(
                        () -> {
                            threads.add(Thread.currentThread().getName());
                            task.run();
                        },
                        "users-own")
                .start();

        try (TestClient withOwn = builder().executor(own).build()) {
            withOwn.async().perform(Endpoint.get("x", ResponseType.object())).join();
        }

        assertThat(threads).containsExactly("users-own");
    }

    @Test
    void aListenerIsToldOfEveryStep() {
        List<String> told = new ArrayList<>();
        ClientListener listener = new ClientListener() {
            @Override
            public void callStarted(Call call) {
                told.add("started " + call.method());
            }

            @Override
            public void attemptFinished(Call call, Attempt attempt) {
                told.add("attempt " + attempt.number() + " "
                        + attempt.statusCode().orElse(0) + " " + attempt.bytesReceived());
            }

            @Override
            public void retryScheduled(Call call, Attempt failed, Duration delay) {
                told.add("retry after " + failed.failure().map(ClientException::statusCode));
            }

            @Override
            public void callFinished(Call call, Attempt last, Duration duration) {
                told.add("finished");
                throw new IllegalStateException("a listener's failure is not the call's");
            }
        };
        server.enqueue(new MockResponse.Builder().code(503).build());
        enqueue("{\"a\":1}");

        try (TestClient observed = builder().listener(listener).build()) {
            observed.perform(Endpoint.get("x", ResponseType.object()));
        }

        assertThat(told)
                .containsExactly(
                        "started GET",
                        "attempt 1 503 0",
                        "retry after " + Optional.of(503),
                        "attempt 2 200 7",
                        "finished");
    }

    @Test
    void aListenerLearnsOperationAndPathTemplate() {
        List<String> seen = new ArrayList<>();
        ClientListener listener = new ClientListener() {
            @Override
            public void callStarted(Call call) {
                seen.add(call.operation().orElse("no name") + " " + call.pathTemplate());
            }
        };
        enqueue("{\"name\":\"x\"}");
        enqueue("{\"name\":\"x\"}");
        enqueue("{\"name\":\"x\"}");
        Endpoint<Thing> thing = Endpoint.get("things/{}", Thing.class, "7");

        try (TestClient observed = builder().listener(listener).build()) {
            ThingOperations things = new ThingOperations() {
                @Override
                public <T> T perform(Operation<T> operation) {
                    return observed.perform(operation);
                }
            };
            observed.perform(thing);
            observed.perform(thing.named("fetchThing"));
            things.getThing("7");
        }

        assertThat(seen).containsExactly("no name things/{}", "fetchThing things/{}", "getThing things/{}");
    }

    /** As a user's own operations are written. */
    private interface ThingOperations extends Performer {
        default Thing getThing(String id) {
            return perform(Endpoint.get("things/{}", Thing.class, id));
        }
    }

    /** Both ways, as they are: also those that are no text. */
    @Test
    void bytesInMemoryAreSentAndRead() throws Exception {
        byte[] bytes = {0, 1, -1, -128, 13, 10};
        server.enqueue(new MockResponse.Builder()
                .setHeader("Content-Type", "application/octet-stream")
                .body(new Buffer().write(bytes))
                .build());

        byte[] answer =
                client.perform(Endpoint.put("content", ResponseType.bytes()).bytes("application/octet-stream", bytes));

        RecordedRequest request = server.takeRequest();
        assertThat(request.getHeaders().get("Content-Type")).isEqualTo("application/octet-stream");
        assertThat(request.getBody().toByteArray()).isEqualTo(bytes);
        assertThat(answer).isEqualTo(bytes);
    }

    @Test
    void oneConnectionServesOneCallAfterAnother() throws Exception {
        enqueue("{}");
        enqueue("{}");
        client.perform(Endpoint.get("x", ResponseType.object()));
        client.perform(Endpoint.get("x", ResponseType.object()));

        assertThat(server.takeRequest().getConnectionIndex())
                .isEqualTo(server.takeRequest().getConnectionIndex());
    }

    private TestClient.Builder builder() {
        return TestClient.builder()
                .baseUrl(server.url("/base/").toString())
                .header("X-One", "client")
                .header("X-Two", "client")
                .retryPolicy(RetryPolicy.DEFAULT
                        .maxAttempts(4)
                        .initialDelay(Duration.ofMillis(1))
                        .maxDelay(Duration.ofMillis(1))
                        .maxRetryAfter(Duration.ofSeconds(1)));
    }

    private void enqueue(String body) {
        server.enqueue(new MockResponse.Builder().body(body).build());
    }
}
