package io.synapse.sdk.internal.tail;

import static io.synapse.sdk.TailProtocol.AUTO;
import static io.synapse.sdk.TailProtocol.HTTP;
import static io.synapse.sdk.TailProtocol.WEBSOCKET;
import static io.synapse.sdk.internal.tail.Ending.How.BROKEN;
import static io.synapse.sdk.internal.tail.Ending.How.CLOSED;
import static io.synapse.sdk.internal.tail.Ending.How.COMPLETE;
import static io.synapse.sdk.internal.tail.Ending.How.DROPPED;
import static io.synapse.sdk.internal.tail.Ending.How.GIVEN_UP;
import static io.synapse.sdk.internal.tail.Ending.How.REFUSED;
import static io.synapse.sdk.internal.tail.Ending.How.SILENT;
import static io.synapse.sdk.internal.tail.Ending.How.UNREACHABLE;
import static io.synapse.sdk.internal.tail.Ending.How.UNREADABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.synapse.sdk.AuthenticationException;
import io.synapse.sdk.CircuitOpenException;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.ConnectionException;
import io.synapse.sdk.Failure;
import io.synapse.sdk.JobStatus;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.Operation;
import io.synapse.sdk.RateLimitException;
import io.synapse.sdk.RetryPolicy;
import io.synapse.sdk.ServerException;
import io.synapse.sdk.TailOptions;
import io.synapse.sdk.TailProtocol;
import io.synapse.sdk.internal.http.HttpTransport;
import io.synapse.sdk.internal.tail.Ending.How;
import io.synapse.sdk.internal.tail.ReconnectRule.History;
import io.synapse.sdk.internal.tail.Verdict.Fail;
import io.synapse.sdk.internal.tail.Verdict.Finish;
import io.synapse.sdk.internal.tail.Verdict.Reconnect;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The one decision of the tail, as a table. */
class ReconnectRuleTest {
    private static final Duration NOW = Duration.ZERO;
    private static final LogFeed EITHER =
            LogFeed.overEither(LogFeed.Subject.job("j"), status(), ReconnectRuleTest::none, ReconnectRuleTest::none);
    private static final LogFeed OVER_HTTP =
            LogFeed.overHttp(LogFeed.Subject.job("j"), status(), ReconnectRuleTest::none, ReconnectRuleTest::none);
    private static final JobStatus OVER = JobStatus.SUCCEEDED;
    private static final JobStatus RUNNING = JobStatus.RUNNING;
    private static final @Nullable JobStatus UNKNOWN = null;
    private static final ClientException LOST = new ConnectionException(Failure.of(503, "lost"));

    /** An ending; whether it brought text; whether it was drained; the status; the failure. */
    private static Ending ending(How how, boolean text, boolean drained, @Nullable JobStatus status) {
        return new Ending(how, text, drained, status, LOST);
    }

    private static Ending refused(ClientException failure) {
        return new Ending(REFUSED, false, false, null, failure);
    }

    private static History following(TailProtocol protocol, int fruitless) {
        return new History(protocol, true, fruitless, Duration.ofSeconds(1), false, false);
    }

    private static History beginning(TailProtocol protocol, int attempts) {
        return new History(protocol, false, attempts, Duration.ofSeconds(1), false, false);
    }

    private static History counting(TailProtocol protocol) {
        return new History(protocol, true, 1, Duration.ofSeconds(1), true, true);
    }

    static Stream<Arguments> decisions() {
        Verdict finish = new Finish(OVER);
        Verdict toHttp = new Reconnect(NOW, HTTP);
        Verdict fail = new Fail(LOST);
        return Stream.of(
                // The server says that the log is complete: only the job's status makes it so.
                Arguments.of("complete, over", AUTO, ending(COMPLETE, true, false, OVER), counting(WEBSOCKET), finish),
                Arguments.of(
                        "complete, running", AUTO, ending(COMPLETE, true, false, RUNNING), following(HTTP, 0), toHttp),
                Arguments.of(
                        "complete, unknown", HTTP, ending(COMPLETE, true, false, UNKNOWN), following(HTTP, 0), toHttp),
                // An orderly close proves nothing before a connection made after the job's end brought nothing new.
                Arguments.of(
                        "closed, over, new text", HTTP, ending(CLOSED, true, false, OVER), following(HTTP, 0), toHttp),
                Arguments.of(
                        "closed, over, drained", HTTP, ending(CLOSED, false, true, OVER), following(HTTP, 1), finish),
                Arguments.of("closed, running", HTTP, ending(CLOSED, true, false, RUNNING), following(HTTP, 0), toHttp),
                Arguments.of(
                        "drained websocket",
                        WEBSOCKET,
                        ending(CLOSED, false, true, OVER),
                        following(WEBSOCKET, 1),
                        finish),
                Arguments.of(
                        "drained websocket, auto",
                        AUTO,
                        ending(CLOSED, false, true, OVER),
                        following(WEBSOCKET, 1),
                        toHttp),
                Arguments.of("drained http, auto", AUTO, ending(CLOSED, false, true, OVER), following(HTTP, 1), finish),
                Arguments.of(
                        "a promise is missing",
                        HTTP,
                        ending(CLOSED, false, true, OVER),
                        counting(HTTP),
                        after(100, HTTP)),
                Arguments.of(
                        "broken, drained",
                        HTTP,
                        ending(BROKEN, false, true, OVER),
                        following(HTTP, 1),
                        after(100, HTTP)),
                // Back-off: none after new text, then half of 200 ms doubled, up to 5 s.
                Arguments.of(
                        "broken, new text",
                        AUTO,
                        ending(BROKEN, true, false, RUNNING),
                        following(WEBSOCKET, 0),
                        new Reconnect(NOW, WEBSOCKET)),
                Arguments.of(
                        "broken once",
                        AUTO,
                        ending(BROKEN, false, false, RUNNING),
                        following(WEBSOCKET, 1),
                        after(100, WEBSOCKET)),
                Arguments.of(
                        "broken twice",
                        AUTO,
                        ending(BROKEN, false, false, RUNNING),
                        following(WEBSOCKET, 2),
                        after(200, WEBSOCKET)),
                Arguments.of(
                        "broken three times",
                        AUTO,
                        ending(BROKEN, false, false, RUNNING),
                        following(WEBSOCKET, 3),
                        after(400, HTTP)),
                Arguments.of(
                        "broken, no choice",
                        WEBSOCKET,
                        ending(BROKEN, false, false, RUNNING),
                        following(WEBSOCKET, 3),
                        after(400, WEBSOCKET)),
                Arguments.of(
                        "broken often",
                        HTTP,
                        ending(BROKEN, false, false, RUNNING),
                        following(HTTP, 60),
                        after(2500, HTTP)),
                Arguments.of("gone for long", HTTP, ending(BROKEN, false, false, RUNNING), stalled(300_001), fail),
                Arguments.of(
                        "gone for not so long",
                        HTTP,
                        ending(BROKEN, false, false, RUNNING),
                        stalled(300_000),
                        after(100, HTTP)),
                // The automatic protocol moves on when the WebSocket is the problem, and stays when the server is.
                Arguments.of(
                        "dropped handshake",
                        AUTO,
                        ending(DROPPED, false, false, UNKNOWN),
                        beginning(WEBSOCKET, 1),
                        toHttp),
                Arguments.of(
                        "dropped, no choice",
                        WEBSOCKET,
                        ending(DROPPED, false, false, UNKNOWN),
                        beginning(WEBSOCKET, 1),
                        after(100, WEBSOCKET)),
                Arguments.of(
                        "unreachable",
                        AUTO,
                        ending(UNREACHABLE, false, false, UNKNOWN),
                        beginning(WEBSOCKET, 1),
                        after(100, WEBSOCKET)),
                Arguments.of(
                        "unreachable too often",
                        AUTO,
                        ending(UNREACHABLE, false, false, UNKNOWN),
                        beginning(WEBSOCKET, 4),
                        fail),
                Arguments.of(
                        "unreachable later, auto",
                        AUTO,
                        ending(UNREACHABLE, false, false, UNKNOWN),
                        following(WEBSOCKET, 9),
                        after(2500, WEBSOCKET)),
                Arguments.of(
                        "unreachable later",
                        HTTP,
                        ending(UNREACHABLE, false, false, UNKNOWN),
                        following(HTTP, 9),
                        after(2500, HTTP)),
                Arguments.of(
                        "too large", AUTO, ending(UNREADABLE, false, false, UNKNOWN), following(WEBSOCKET, 1), toHttp),
                Arguments.of(
                        "too large, no choice",
                        HTTP,
                        ending(UNREADABLE, false, false, UNKNOWN),
                        following(HTTP, 1),
                        fail),
                Arguments.of(
                        "silent websocket",
                        AUTO,
                        ending(SILENT, false, false, RUNNING),
                        following(WEBSOCKET, 0),
                        toHttp),
                Arguments.of(
                        "silent, no choice",
                        WEBSOCKET,
                        ending(SILENT, false, false, RUNNING),
                        following(WEBSOCKET, 0),
                        new Reconnect(NOW, WEBSOCKET)),
                Arguments.of(
                        "an error event", AUTO, ending(GIVEN_UP, true, false, UNKNOWN), following(WEBSOCKET, 0), fail));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void decisions(String name, TailProtocol asked, Ending ending, History before, Verdict expected) {
        assertThat(rule(asked).decide(ending, before, 0.5)).isEqualTo(expected);
    }

    static Stream<Arguments> decisionsWhereOnlyHttpTellsTheEnd() {
        Verdict toHttp = new Reconnect(NOW, HTTP);
        Verdict fail = new Fail(LOST);
        ClientException missing = new NotFoundException(Failure.of(404, "no such path"));
        ClientException busy = new ServerException(Failure.of(500, "agent does not exist"));
        ClientException limited = new RateLimitException(Failure.of(429, "too many requests"), null);
        return Stream.of(
                Arguments.of(
                        "drained websocket, over",
                        WEBSOCKET,
                        ending(CLOSED, false, true, OVER),
                        following(WEBSOCKET, 1),
                        toHttp),
                Arguments.of(
                        "closed websocket, over",
                        WEBSOCKET,
                        ending(CLOSED, true, false, OVER),
                        following(WEBSOCKET, 0),
                        toHttp),
                Arguments.of(
                        "closed websocket, running",
                        WEBSOCKET,
                        ending(CLOSED, true, false, RUNNING),
                        following(WEBSOCKET, 0),
                        new Reconnect(NOW, WEBSOCKET)),
                Arguments.of(
                        "a websocket that gets no further",
                        WEBSOCKET,
                        ending(CLOSED, false, false, RUNNING),
                        following(WEBSOCKET, 3),
                        after(400, HTTP)),
                Arguments.of(
                        "read to the end",
                        WEBSOCKET,
                        ending(COMPLETE, true, false, OVER),
                        following(HTTP, 0),
                        new Finish(OVER)),
                Arguments.of(
                        "closed without that",
                        AUTO,
                        ending(CLOSED, false, true, OVER),
                        following(HTTP, 1),
                        after(100, HTTP)),
                Arguments.of("no such path", AUTO, refused(missing), beginning(HTTP, 1), new Reconnect(NOW, WEBSOCKET)),
                Arguments.of(
                        "no such path, later",
                        AUTO,
                        refused(missing),
                        new History(HTTP, false, 1, Duration.ofSeconds(1), false, true),
                        new Fail(missing)),
                Arguments.of("no such path, no choice", HTTP, refused(missing), beginning(HTTP, 1), new Fail(missing)),
                Arguments.of("busy", AUTO, refused(limited), beginning(HTTP, 1), new Reconnect(NOW, WEBSOCKET)),
                Arguments.of("a fault of the server", AUTO, refused(busy), beginning(HTTP, 1), after(100, HTTP)),
                Arguments.of(
                        "broken", AUTO, ending(BROKEN, false, false, RUNNING), following(HTTP, 9), after(2500, HTTP)),
                Arguments.of("silent", AUTO, ending(SILENT, false, false, RUNNING), following(HTTP, 0), toHttp),
                Arguments.of("given up", AUTO, ending(GIVEN_UP, true, false, UNKNOWN), following(HTTP, 0), fail));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void decisionsWhereOnlyHttpTellsTheEnd(
            String name, TailProtocol asked, Ending ending, History before, Verdict expected) {
        ReconnectRule rule = new ReconnectRule(OVER_HTTP, TailOptions.DEFAULT.protocol(asked), RetryPolicy.DEFAULT);
        assertThat(rule.decide(ending, before, 0.5)).isEqualTo(expected);
    }

    @Test
    void whatTheServerRefusesIsThrownAtOnceButForAWebSocketThatHttpMayReplace() {
        ClientException denied = new AuthenticationException(Failure.of(401, "no"));
        ClientException unknown = new NotFoundException(Failure.of(404, "no such job"));
        ClientException busy = new ServerException(Failure.of(503, "busy"));
        assertThat(decide(AUTO, refused(denied), beginning(WEBSOCKET, 1))).isEqualTo(new Fail(denied));
        assertThat(decide(AUTO, refused(unknown), beginning(WEBSOCKET, 1))).isEqualTo(new Reconnect(NOW, HTTP));
        assertThat(decide(AUTO, refused(unknown), beginning(HTTP, 2))).isEqualTo(new Fail(unknown));
        assertThat(decide(WEBSOCKET, refused(unknown), beginning(WEBSOCKET, 1))).isEqualTo(new Fail(unknown));
        assertThat(decide(HTTP, refused(busy), beginning(HTTP, 1))).isEqualTo(after(100, HTTP));
        assertThat(decide(HTTP, refused(busy), beginning(HTTP, 4))).isEqualTo(new Fail(busy));
    }

    /** As for calls; a log that is followed already waits until the circuit is closed. */
    @Test
    void anOpenCircuitEndsALogThatHasNotBegunAtOnce() {
        ClientException open = new CircuitOpenException(Failure.of(503, "open"), null);
        Ending ending = new Ending(UNREACHABLE, false, false, null, open);
        assertThat(decide(AUTO, ending, beginning(WEBSOCKET, 1))).isEqualTo(new Fail(open));
        assertThat(decide(AUTO, ending, following(WEBSOCKET, 9))).isEqualTo(after(2500, WEBSOCKET));
    }

    @Test
    void aJobThatVanishesWhileFollowedIsSaidToBeDeleted() {
        Ending ending = refused(new NotFoundException(Failure.of(404, "no such job")));
        assertThat(decide(HTTP, ending, following(HTTP, 1)))
                .isInstanceOfSatisfying(
                        Fail.class,
                        fail -> assertThat(fail.failure())
                                .isInstanceOf(NotFoundException.class)
                                .hasMessage("job j was deleted while its log was followed: no such job"));
    }

    @Test
    void aCertificateDoesNotBecomeValidByTrying() {
        ClientException untrusted = new ConnectionException(Failure.of(503, "no"), new CertificateException("no"));
        Ending ending = new Ending(UNREACHABLE, false, false, null, untrusted);
        assertThat(decide(HTTP, ending, beginning(HTTP, 1))).isEqualTo(new Fail(untrusted));
    }

    @Test
    void aBusyServerIsGivenTheTimeItAsksFor() {
        ClientException limited = new RateLimitException(Failure.of(429, "slow down"), Duration.ofSeconds(7));
        ClientException patient = new RateLimitException(Failure.of(429, "slow down"), Duration.ofHours(1));
        assertThat(decide(HTTP, refused(limited), following(HTTP, 1))).isEqualTo(after(7_000, HTTP));
        assertThat(decide(HTTP, refused(patient), following(HTTP, 1))).isEqualTo(after(30_000, HTTP));
    }

    private static Verdict decide(TailProtocol asked, Ending ending, History before) {
        return rule(asked).decide(ending, before, 0.5);
    }

    private static History stalled(long millis) {
        return new History(HTTP, true, 1, Duration.ofMillis(millis), false, false);
    }

    private static Verdict after(long millis, TailProtocol protocol) {
        return new Reconnect(Duration.ofMillis(millis), protocol);
    }

    private static Operation<LogFeed.State> status() {
        return Operation.of(new LogFeed.State(RUNNING, null));
    }

    private static LogConnection none(HttpTransport transport, TailContext context, LogSource.Resume from) {
        throw new AssertionError("a decision connects to nothing");
    }

    private static ReconnectRule rule(TailProtocol asked) {
        return new ReconnectRule(EITHER, TailOptions.DEFAULT.protocol(asked), RetryPolicy.DEFAULT);
    }
}
