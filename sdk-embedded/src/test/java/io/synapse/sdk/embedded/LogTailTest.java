package io.synapse.sdk.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.synapse.sdk.embedded.Caller.Answer;
import io.synapse.sdk.embedded.Tail.Protocol;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The log endpoints, over the wire. */
@Timeout(120)
class LogTailTest {
    private static EmbeddedAgent agent;
    private static Caller caller;

    @BeforeAll
    static void start() {
        agent = EmbeddedAgent.builder().heartbeat(Duration.ofMillis(200)).start();
        caller = Caller.of(agent);
        caller.send("PATCH", "resources/policy/", "{\"max_concurrent_jobs\":0}");
    }

    @AfterAll
    static void stop() {
        agent.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HTTP| seq 1 20000",
                "WEBSOCKET| seq 1 20000",
                "HTTP| printf 'a\\r\\nb\\r\\n10%%\\r20%%\\rend without newline'",
                "WEBSOCKET| printf 'a\\r\\nb\\r\\n10%%\\r20%%\\rend without newline'",
                "HTTP| true",
                "WEBSOCKET| true",
                "HTTP| head -c 5000000 /dev/zero | tr '\\0' '\"'; echo; echo next",
                "WEBSOCKET| head -c 5000000 /dev/zero | tr '\\0' '\"'; echo; echo next",
                "HTTP| head -c 300000 /dev/urandom",
                "WEBSOCKET| head -c 300000 /dev/urandom"
            })
    void aReaderGetsTheWholeLogAndItsEnd(Protocol protocol, String entrypoint) throws Exception {
        String id = caller.submit(entrypoint);

        Tail tail = Tail.read(caller, protocol, id, "");

        byte[] log = log(id);
        assertThat(tail.awaitEnd()).isEqualTo(WebSocket.NORMAL_CLOSURE);
        assertThat(tail.lastEvent())
                .isEqualTo(
                        Caller.json("{\"type\":\"complete\",\"status\":\"SUCCEEDED\",\"offset\":" + log.length + "}"));
        assertThat(tail.events()).allMatch(event -> ("data: " + event).length() <= Tail.DEFAULT_LIMIT);
        int from = 0;
        for (JsonNode event : tail.logEvents()) {
            int to = event.path("offset").asInt();
            assertThat(event.path("message").asText())
                    .isEqualTo(new String(log, from, to - from, StandardCharsets.UTF_8));
            from = to;
        }
        assertThat(from).isEqualTo(log.length);
        assertThat(caller.log(id)).isEqualTo(new String(log, StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @EnumSource
    void aReaderResumesAtAnyOffsetItWasGiven(Protocol protocol) throws Exception {
        String id = caller.submit("seq -f 'größe %g' 1 3000");
        Tail whole = Tail.read(caller, protocol, id, "");
        assertThat(whole.logEvents()).hasSizeGreaterThan(3);

        for (JsonNode event : whole.logEvents()) {
            int offset = event.path("offset").asInt();
            Tail rest = Tail.read(caller, protocol, id, "?offset=" + offset);
            byte[] log = log(id);
            assertThat(rest.text()).isEqualTo(new String(log, offset, log.length - offset, StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aReaderMayAskForLargerAndForSmallerEvents(Protocol protocol) throws Exception {
        String id = caller.submit("seq 1 100000");
        caller.awaitEnd(id);
        String log = new String(log(id), StandardCharsets.UTF_8);

        Tail large = Tail.read(caller, protocol, id, "?max_event=1048576");
        Tail small = Tail.read(caller, protocol, id, "?max_event=1024&offset=0");

        assertThat(large.text()).isEqualTo(log);
        assertThat(large.logEvents()).hasSize(1);
        assertThat(small.text()).isEqualTo(log);
        assertThat(small.events()).allMatch(event -> event.length() <= 1024);
    }

    @ParameterizedTest
    @CsvSource({
        "offset=7, 416",
        "log=another, 409",
        "log=another&offset=3, 409",
        "offset=3&crc=0, 409",
        "offset=3&crc=xyz, 400",
        "tail=-1, 400"
    })
    void whoeverGoesOnGetsTheSameLogOrNone(String query, int status) throws Exception {
        String id = caller.submit("printf 123456");
        caller.awaitEnd(id);

        Answer http = caller.get("jobs/" + id + "/logs/stream/?" + query);
        Answer handshake = handshake("jobs/" + id + "/logs/?" + query);

        assertThat(http.status()).isEqualTo(status);
        assertThat(handshake.status()).isEqualTo(status);
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void theLastLinesBeginWhereTheFirstEventSays(Protocol protocol) throws Exception {
        String id = caller.submit("printf '1\\n2\\n3\\n4'");
        caller.awaitEnd(id);

        assertThat(Tail.read(caller, protocol, id, "?tail=2").text()).isEqualTo("3\n4");
        Tail none = Tail.read(caller, protocol, id, "?tail=0");
        assertThat(none.text()).isEqualTo("4");
        assertThat(none.events().get(0)).contains("\"offset\":6,\"tail\":0");
        assertThat(Tail.read(caller, protocol, id, "?tail=9").text()).isEqualTo("1\n2\n3\n4");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "offset=-1",
                "offset=x",
                "offset=",
                "offset=99999999999999999999",
                "max_event=1023",
                "max_event=1048577",
                "max_event=big"
            })
    void aPositionThatMakesNoSenseIsRefusedOnBothEndpoints(String query) throws Exception {
        String id = caller.submit("printf 123456");
        caller.awaitEnd(id);

        Answer http = caller.get("jobs/" + id + "/logs/stream/?" + query);
        Answer handshake = handshake("jobs/" + id + "/logs/?" + query);

        assertThat(http.status()).isEqualTo(400);
        assertThat(http.detail()).contains(query.substring(0, query.indexOf('=')));
        assertThat(handshake.status()).isEqualTo(400);
        assertThat(handshake.body()).isEqualTo(http.body());
    }

    @Test
    void theEndOfTheLogIsAPositionToo() {
        String id = caller.submit("printf 123456");
        caller.awaitEnd(id);

        assertThat(Tail.read(caller, Protocol.HTTP, id, "?offset=6").events())
                .hasSize(2)
                .last()
                .isEqualTo("{\"type\":\"complete\",\"status\":\"SUCCEEDED\",\"offset\":6}");
    }

    @ParameterizedTest
    @EnumSource
    void aJobThatWaitsIsFollowedFromItsBeginning(Protocol protocol) {
        try (EmbeddedAgent other =
                EmbeddedAgent.builder().heartbeat(Duration.ofMillis(50)).start()) {
            Caller toOther = Caller.of(other);
            toOther.send("PATCH", "resources/policy/", "{\"max_concurrent_jobs\":1}");
            String first = toOther.submit("sleep 60");
            String waiting = toOther.submit("echo begun");
            Tail tail = Tail.open(toOther, protocol, waiting, "");
            await().until(() -> tail.events().size() >= 2);
            assertThat(tail.events().stream().skip(1)).allMatch("{\"type\":\"heartbeat\"}"::equals);

            toOther.post("jobs/" + first + "/stop/", "");
            tail.awaitEnd();

            assertThat(tail.text()).isEqualTo("begun\n");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSilentJobSendsHeartbeats(Protocol protocol) {
        String id = caller.submit("echo a; sleep 1; echo b");

        Tail tail = Tail.read(caller, protocol, id, "");

        assertThat(tail.text()).isEqualTo("a\nb\n");
        assertThat(tail.events().stream().filter("{\"type\":\"heartbeat\"}"::equals))
                .hasSizeBetween(2, 6);
    }

    @ParameterizedTest
    @EnumSource
    void aStoppedJobsReaderLearnsThatItWasStopped(Protocol protocol) {
        String id = caller.submit("echo ready; exec sleep 60");
        Tail tail = Tail.open(caller, protocol, id, "");
        await().until(() -> tail.text().contains("ready\n"));

        caller.post("jobs/" + id + "/stop/", "");
        tail.awaitEnd();

        assertThat(tail.lastEvent().path("status").asText()).isEqualTo("STOPPED");
    }

    /** A client that waits for the end of a chunk must not wait for the next event. */
    @Test
    void eachEventsChunkIsEndedAtOnce() {
        String id = caller.submit("echo only; sleep 100");
        String request = "GET /jobs/" + id + "/logs/stream/ HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
                + caller.token() + "\r\n\r\n";

        String begun = Handshake.rawUntil(caller.uri("jobs/"), request, "\\n\",\"offset\":5}\n\r\n");

        assertThat(begun).doesNotContain("heartbeat");
        caller.post("jobs/" + id + "/stop/", "");
    }

    @Test
    void aHandshakeForAnUnknownJobIsRefusedBeforeItIsAccepted() throws Exception {
        Answer answer = handshake("jobs/none/logs/");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.detail()).contains("none");
    }

    /** 200 silent readers, and one that takes nothing at all, keep nobody else waiting. */
    @Test
    void anyNumberOfReadersLeaveTheAgentResponsive() {
        String silent = caller.submit("sleep 100");
        String loud = caller.submit("yes | head -c 50000000; sleep 100");
        WebSocket stuck = connect(loud);
        List<Tail> tails = new ArrayList<>(IntStream.range(0, 100)
                .mapToObj(i -> Tail.open(caller, Protocol.HTTP, silent, ""))
                .toList());
        IntStream.range(0, 100).forEach(i -> tails.add(Tail.open(caller, Protocol.WEBSOCKET, silent, "")));
        await().until(() -> tails.stream().allMatch(tail -> tail.events().size() >= 2));

        long start = System.nanoTime();
        assertThat(caller.get("jobs/").status()).isEqualTo(200);
        assertThat(Tail.read(caller, Protocol.WEBSOCKET, caller.submit("echo quick"), "")
                        .text())
                .isEqualTo("quick\n");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));

        stuck.abort();
        caller.post("jobs/" + silent + "/stop/", "");
        caller.post("jobs/" + loud + "/stop/", "");
        tails.forEach(Tail::awaitEnd);
        assertThat(tails)
                .allMatch(tail -> tail.lastEvent().path("status").asText().equals("STOPPED"));
    }

    /** What a reader that has gone leaves behind would pile up on a job that runs for days. */
    @Test
    void readersThatHaveGoneLeaveNoThreadBehind() {
        String id = caller.submit("sleep 100");
        String loud = caller.submit("yes | head -c 50000000; sleep 100");
        List<WebSocket> sockets = IntStream.range(0, 20)
                .mapToObj(i -> connect(i % 2 == 0 ? id : loud))
                .toList();
        await().until(() -> followersAtWork() >= 20);

        sockets.forEach(WebSocket::abort);

        await().atMost(Duration.ofSeconds(10)).until(() -> followersAtWork() == 0);
        caller.post("jobs/" + id + "/stop/", "");
        caller.post("jobs/" + loud + "/stop/", "");
    }

    @Test
    void theWholeTextIsPlainTextInUtf8() throws Exception {
        String id = caller.submit(Map.of("entrypoint", "printf 'gr\\303\\266\\303\\237e \\377'"));
        caller.awaitEnd(id);

        Answer answer = caller.get("jobs/" + id + "/logs/");

        assertThat(answer.body()).isEqualTo("größe \ufffd");
        assertThat(answer.response().headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).isEqualToIgnoringWhitespace("text/plain; charset=utf-8"));
        HttpResponse<String> without =
                Caller.http().send(caller.request("jobs/" + id + "/logs").GET().build(), BodyHandlers.ofString());
        assertThat(without.body()).isEqualTo(answer.body());
    }

    /** Pool threads that wait for work have none of the follower's methods on their stacks. */
    private static long followersAtWork() {
        return Thread.getAllStackTraces().values().stream()
                .filter(stack -> List.of(stack).stream()
                        .anyMatch(frame -> frame.getClassName().endsWith(".LogFollower")
                                && frame.getMethodName().equals("run")))
                .count();
    }

    private static byte[] log(String id) throws IOException {
        Path log = agent.dataDirectory().resolve("jobs").resolve(id).resolve("log");
        return Files.exists(log) ? Files.readAllBytes(log) : new byte[0];
    }

    /** A reader that takes nothing, however much is there. */
    private static WebSocket connect(String job) {
        return Caller.http()
                .newWebSocketBuilder()
                .header("Authorization", caller.token())
                .buildAsync(caller.webSocketUri("jobs/" + job + "/logs/"), new TakesNothing())
                .join();
    }

    private static Answer handshake(String path) {
        return Handshake.refused(caller.uri(path), caller.token());
    }

    private static final class TakesNothing implements WebSocket.Listener {
        @Override
        public void onOpen(WebSocket socket) {
            // asks for no message
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            throw new AssertionError("nothing was asked for");
        }
    }
}
