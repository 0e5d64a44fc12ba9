package io.synapse.sdk.internal.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.synapse.sdk.ClientException;
import io.synapse.sdk.ConflictException;
import io.synapse.sdk.ConnectionException;
import io.synapse.sdk.Endpoint;
import io.synapse.sdk.HttpMethod;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.Operation;
import io.synapse.sdk.Page;
import io.synapse.sdk.PagedList;
import io.synapse.sdk.Polling;
import io.synapse.sdk.RateLimitException;
import io.synapse.sdk.RequestTimeoutException;
import io.synapse.sdk.ResponseType;
import io.synapse.sdk.ServerException;
import io.synapse.sdk.internal.http.ErrorReader;
import io.synapse.sdk.internal.http.FailedAttempt;
import io.synapse.sdk.internal.http.Failures;
import io.synapse.sdk.internal.http.Secrets;
import io.synapse.sdk.internal.http.Settings;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the engine sends, how often, and what the caller gets, with no network and no waiting. */
class OperationEngineTest {
    private static final Endpoint<String> GET = Endpoint.get("x", ResponseType.text());
    private static final Endpoint<String> POST = Endpoint.post("x", ResponseType.text());
    private static final Map<String, List<String>> NO_HEADERS = Map.of();

    private final ScriptedServer server = new ScriptedServer();

    @Test
    void aPassingFaultOfAGetIsOvercome() {
        server.refuses(503, "", NO_HEADERS).losesReply().cannotConnect().answers("ok");

        assertThat(perform(GET)).isEqualTo("ok");

        // full jitter, with a randomness that always says "all of it"
        assertThat(server.pauses)
                .containsExactly(Duration.ofMillis(200), Duration.ofMillis(400), Duration.ofMillis(800));
    }

    @Test
    void afterTheLastAttemptTheFailureTellsHowManyThereWere() {
        server.thenAlways(failure(503));

        ServerException failure = fails(GET, ServerException.class);

        assertThat(failure.attempts()).isEqualTo(4);
        assertThat(server.requests).hasSize(4);
    }

    @ParameterizedTest
    @EnumSource(
            value = HttpMethod.class,
            names = {"POST", "PATCH"})
    void whatMayHaveBeenExecutedIsNotSentTwice(HttpMethod method) {
        server.losesReply();

        ConnectionException failure = fails(Endpoint.of(method, "x", ResponseType.text()), ConnectionException.class);

        assertThat(failure.mayHaveBeenExecuted()).isTrue();
        assertThat(server.requests).hasSize(1);
    }

    /** It does not matter how the last attempt failed: the first may have been executed. */
    @Test
    void anAttemptWhoseReplyWasLostIsNotForgotten() {
        server.losesReply().cannotConnect().cannotConnect().cannotConnect();

        ConnectionException failure =
                fails(Endpoint.of(HttpMethod.PUT, "x", ResponseType.text()), ConnectionException.class);

        assertThat(failure.attempts()).isEqualTo(4);
        assertThat(failure.mayHaveBeenExecuted()).isTrue();
    }

    @Test
    void aPostThatChangesNothingIsSentAgain() {
        server.losesReply().refuses(503, "", NO_HEADERS).answers("ok");

        assertThat(perform(POST.idempotent().json(Map.of()))).isEqualTo("ok");
        assertThat(POST.idempotent().isIdempotent()).isTrue();
        assertThat(POST.isIdempotent()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {502, 503, 504})
    void aGatewaysErrorDoesNotProveThatAPostWasNotExecuted(int status) {
        server.refuses(status, "", NO_HEADERS);

        assertThat(fails(POST, ServerException.class).mayHaveBeenExecuted()).isTrue();
        assertThat(server.requests).hasSize(1);
    }

    @Test
    void aPostThatTheServerSaysItDidNotExecuteIsSentAgain() {
        server.fails(explained(503, false)).answers("ok");

        assertThat(perform(POST)).isEqualTo("ok");
    }

    @Test
    void aServerMayHaveExceptionsOfItsOwn() {
        server.fails(explained(500, true));

        ConflictException failure = fails(POST, ConflictException.class);

        assertThat(failure).hasMessageContaining("its own words");
        assertThat(failure.mayHaveBeenExecuted()).isTrue();
    }

    @Test
    void aPostThatNeverReachedTheServerIsSentAgain() {
        server.cannotConnect().refuses(429, "", NO_HEADERS).answers("ok");

        assertThat(perform(POST)).isEqualTo("ok");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 409, 422, 500, 501})
    void anAnswerThatWouldBeTheSameAgainIsFinal(int status) {
        server.refuses(status, "{\"detail\":\"no\"}", NO_HEADERS);

        assertThat(fails(GET, ClientException.class).statusCode()).isEqualTo(status);
        assertThat(server.requests).hasSize(1);
    }

    @Test
    void retryAfterIsObeyed() {
        server.refuses(503, "", Map.of("retry-after", List.of("7")))
                .refuses(429, "", Map.of("Retry-After", List.of("Thu, 01 Jan 1970 00:00:09 GMT")))
                .answers("ok");

        perform(GET);

        assertThat(server.pauses).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(9));
    }

    @Test
    void aRetryAfterBeyondTheCapFailsAtOnce() {
        server.refuses(429, "", Map.of("Retry-After", List.of("31")));

        assertThat(fails(GET, RateLimitException.class).retryAfter()).contains(Duration.ofSeconds(31));
        assertThat(server.pauses).isEmpty();
    }

    @Test
    void pausesStayWithinTheCallTimeout() {
        server.refuses(503, "", Map.of("Retry-After", List.of("11")));

        fails(GET.callTimeout(Duration.ofSeconds(10)), ServerException.class);

        assertThat(server.requests).hasSize(1);
    }

    @Test
    void aDeleteWhoseReplyWasLostIsDoneWhenTheThingIsGone() {
        server.losesReply().refuses(404, "", NO_HEADERS);

        perform(Endpoint.delete("x"));

        assertThat(server.requests).hasSize(2);
    }

    @Test
    void aDeleteOfWhatNeverWasIsNotFound() {
        server.refuses(404, "", NO_HEADERS);

        fails(Endpoint.delete("x"), NotFoundException.class);
    }

    @Test
    void afterALostReplyTheServerIsAskedWhetherItActed() {
        server.losesReply().answers("it is there");

        assertThat(perform(POST.verifiedBy(GET.map(Optional::of)))).isEqualTo("it is there");
        assertThat(server.requests).containsExactly("POST http://h/x", "GET http://h/x");
    }

    @Test
    void whenTheServerDidNotActTheRequestIsSentAgain() {
        server.losesReply().refuses(404, "", NO_HEADERS).answers("created");

        String result = perform(POST.verifiedBy(orEmpty(GET)));

        assertThat(result).isEqualTo("created");
        assertThat(server.requests).containsExactly("POST http://h/x", "GET http://h/x", "POST http://h/x");
    }

    /** The first request was still on its way when the server was asked: the second one meets its result. */
    @Test
    void aConflictWithOurOwnFirstAttemptIsSuccess() {
        server.losesReply()
                .refuses(404, "", NO_HEADERS)
                .refuses(409, "", NO_HEADERS)
                .answers("created");

        assertThat(perform(POST.verifiedBy(orEmpty(GET)))).isEqualTo("created");
    }

    @Test
    void aConflictAtTheFirstAttemptIsAConflict() {
        server.refuses(409, "", NO_HEADERS);

        fails(POST.verifiedBy(orEmpty(GET)), ConflictException.class);
        assertThat(server.requests).hasSize(1);
    }

    @Test
    void whenTheQuestionFailsTheCallerLearnsThatTheCallMayHaveBeenExecuted() {
        server.losesReply().refuses(401, "", NO_HEADERS);

        ConnectionException failure = fails(POST.verifiedBy(orEmpty(GET)), ConnectionException.class);

        assertThat(failure.mayHaveBeenExecuted()).isTrue();
        assertThat(failure.getSuppressed()).hasSize(1);
    }

    @Test
    void pollingEndsWithTheResultThatWasWaitedFor() {
        server.answers("pending").answers("pending").losesReply().answers("done");
        List<String> seen = new ArrayList<>();
        Operation<String> wait =
                GET.until("done"::equals, Polling.every(Duration.ofSeconds(2), Duration.ofMinutes(5), "x"), seen::add);

        assertThat(perform(wait)).isEqualTo("done");
        assertThat(seen).containsExactly("pending", "pending", "done");
    }

    @Test
    void pollingSurvivesAServerThatIsAwayForAWhile() {
        for (int attempt = 0; attempt < 12; attempt++) {
            server.cannotConnect();
        }
        server.answers("done");

        assertThat(perform(poll(Duration.ofMinutes(5)))).isEqualTo("done");
    }

    @Test
    void pollingThatTakesTooLongNamesWhatWasAwaitedAndTheLastFault() {
        server.thenAlways(failure(503));

        RequestTimeoutException failure = fails(poll(Duration.ofSeconds(20)), RequestTimeoutException.class);

        assertThat(failure)
                .hasMessage("waiting for job x to end took longer than 20.0 s")
                .hasCauseInstanceOf(ServerException.class);
        assertThat(failure.kind()).isEqualTo(RequestTimeoutException.Kind.WAIT);
    }

    @Test
    void aFailureThatDoesNotPassEndsPolling() {
        server.answers("pending").refuses(404, "", NO_HEADERS);

        fails(poll(Duration.ofMinutes(5)), NotFoundException.class);
    }

    @Test
    void aWaitOfDaysDoesNotDeepenTheStack() {
        server.thenAlways("pending");

        fails(poll(Duration.ofDays(3)), RequestTimeoutException.class);

        assertThat(server.requests).hasSizeGreaterThan(100_000);
    }

    @Test
    void operationsArePutTogetherAsTheirNamesSay() {
        server.answers("7").answers("seven").refuses(404, "", NO_HEADERS);
        Operation<String> chain =
                GET.map(Integer::parseInt).then(number -> Endpoint.get("n/" + number, ResponseType.text()));

        assertThat(perform(chain)).isEqualTo("seven");
        assertThat(perform(orEmpty(GET))).isEmpty();
        assertThat(server.requests).containsExactly("GET http://h/x", "GET http://h/n/7", "GET http://h/x");
    }

    @Test
    void theClientsDialectBuildsOperations() {
        server.answers("ok");

        perform(Operation.forDialect(String.class, dialect -> Endpoint.get(dialect, ResponseType.text())));

        assertThat(server.requests).containsExactly("GET http://h/dialect");
    }

    @Test
    void aLinkToAnotherOriginIsFollowedAtTheClientsOwn() {
        server.answers("second page");

        assertThat(perform(GET.at(URI.create("http://evil/x?page=2")))).isEqualTo("second page");
        assertThat(server.requests).containsExactly("GET http://h/x?page=2");
    }

    @Test
    void aLookUpHasWhatIsLeftOfTheCallsTime() {
        server.takes(Duration.ofSeconds(2)).losesReply().refuses(503, "", NO_HEADERS);

        fails(POST.callTimeout(Duration.ofSeconds(3)).verifiedBy(orEmpty(GET)), ConnectionException.class);

        assertThat(server.limits).startsWith(Duration.ofSeconds(3), Duration.ofSeconds(1));
        assertThat(server.nanoTime()).isEqualTo(Duration.ofSeconds(3).toNanos());
    }

    @Test
    void aWaitEndsInTimeOnAServerThatHangs() {
        server.takes(Duration.ofSeconds(40)).thenAlways("pending");

        RequestTimeoutException failure = fails(poll(Duration.ofSeconds(2)), RequestTimeoutException.class);

        assertThat(failure.kind()).isEqualTo(RequestTimeoutException.Kind.WAIT);
        assertThat(server.nanoTime()).isEqualTo(Duration.ofSeconds(2).toNanos());
    }

    @Test
    void aPauseThatOversleepsItsDeadlineIsATimeout() {
        server.oversleeps(Duration.ofSeconds(5)).losesReply().answers("too late");

        RequestTimeoutException failure = fails(GET.callTimeout(Duration.ofSeconds(1)), RequestTimeoutException.class);

        assertThat(failure.kind()).isEqualTo(RequestTimeoutException.Kind.CALL);
        assertThat(failure.attempts()).isOne();
        assertThat(failure).hasCauseInstanceOf(ConnectionException.class);
    }

    @Test
    void aThousandPagesNeedNoDeepStack() {
        Endpoint<Page<String>> first = Endpoint.get("x", ResponseType.pageOf(String.class));
        for (int page = 1; page < 20_000; page++) {
            server.answers(new Page<>(20_000, URI.create("http://h/x?page=" + page), null, List.of("item")));
        }
        server.answers(new Page<>(20_000, null, null, List.of("last")));

        assertThat(perform(PagedList.collect(first))).hasSize(20_000);
    }

    private static Operation<String> poll(Duration timeout) {
        return GET.until("done"::equals, Polling.every(Duration.ofSeconds(2), timeout, "job x to end"), seen -> {});
    }

    private static Operation<Optional<String>> orEmpty(Operation<String> operation) {
        return operation.map(Optional::of).recover(NotFoundException.class, missing -> Optional.empty());
    }

    private FailedAttempt failure(int status) {
        return Failures.ofAnswer(
                "GET http://h/x", status, "", NO_HEADERS, new byte[0], ErrorReader.USUAL, Secrets.NONE, Instant.EPOCH);
    }

    /** An error of a server that says more than its status. */
    private static FailedAttempt explained(int status, boolean executed) {
        ErrorReader reader =
                (code, body) -> new ErrorReader.Meaning(code, "its own words", executed, ConflictException::new);
        return Failures.ofAnswer(
                "POST http://h/x", status, "", NO_HEADERS, new byte[0], reader, Secrets.NONE, Instant.EPOCH);
    }

    private <T> T perform(Operation<T> operation) {
        var settings = Settings.of("http://h/");
        return new OperationEngine(
                        settings.calls(),
                        Settings.WITHOUT_LAYERS,
                        Settings.servers(settings),
                        server,
                        "dialect",
                        server)
                .perform(operation);
    }

    private <E extends Throwable> E fails(Operation<?> operation, Class<E> type) {
        return catchThrowableOfType(type, () -> perform(operation));
    }
}
