package io.synapse.sdk.internal.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.synapse.sdk.ClientException;
import io.synapse.sdk.ClientListener;
import io.synapse.sdk.ConflictException;
import io.synapse.sdk.ConnectionException;
import io.synapse.sdk.Endpoint;
import io.synapse.sdk.HttpMethod;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.Operation;
import io.synapse.sdk.Polling;
import io.synapse.sdk.RateLimitException;
import io.synapse.sdk.RequestTimeoutException;
import io.synapse.sdk.ResponseType;
import io.synapse.sdk.RetryPolicy;
import io.synapse.sdk.ServerException;
import io.synapse.sdk.UnexpectedResponseException;
import io.synapse.sdk.internal.http.BaseUrl;
import io.synapse.sdk.internal.http.ConnectionSettings;
import io.synapse.sdk.internal.http.ErrorReader;
import io.synapse.sdk.internal.http.FailedAttempt;
import io.synapse.sdk.internal.http.Failures;
import io.synapse.sdk.internal.http.HttpTransport;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the engine sends, how often, and what the caller gets, with no network and no waiting. */
class CallEngineTest {
    private static final Endpoint<String> GET = Endpoint.get("x", ResponseType.text());
    private static final Endpoint<String> POST = Endpoint.post("x", ResponseType.text());
    private static final Map<String, List<String>> NO_HEADERS = Map.of();

    private final ScriptedPace pace = new ScriptedPace();

    @Test
    void aPassingFaultOfAGetIsOvercome() {
        pace.refuses(503, "", NO_HEADERS).losesReply().cannotConnect().answers("ok");

        assertThat(perform(GET)).isEqualTo("ok");

        // full jitter, with a randomness that always says "all of it"
        assertThat(pace.pauses).containsExactly(Duration.ofMillis(200), Duration.ofMillis(400), Duration.ofMillis(800));
    }

    @Test
    void afterTheLastAttemptTheFailureTellsHowManyThereWere() {
        pace.thenAlways(failure(503));

        ServerException failure = fails(GET, ServerException.class);

        assertThat(failure.attempts()).isEqualTo(4);
        assertThat(pace.requests).hasSize(4);
    }

    @ParameterizedTest
    @EnumSource(
            value = HttpMethod.class,
            names = {"POST", "PATCH"})
    void whatMayHaveBeenExecutedIsNotSentTwice(HttpMethod method) {
        pace.losesReply();

        ConnectionException failure = fails(Endpoint.of(method, "x", ResponseType.text()), ConnectionException.class);

        assertThat(failure.mayHaveBeenExecuted()).isTrue();
        assertThat(pace.requests).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {502, 503, 504})
    void aGatewaysErrorDoesNotProveThatAPostWasNotExecuted(int status) {
        pace.refuses(status, "", NO_HEADERS);

        assertThat(fails(POST, ServerException.class).mayHaveBeenExecuted()).isTrue();
        assertThat(pace.requests).hasSize(1);
    }

    @Test
    void aPostThatNeverReachedTheServerIsSentAgain() {
        pace.cannotConnect().refuses(429, "", NO_HEADERS).answers("ok");

        assertThat(perform(POST)).isEqualTo("ok");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 409, 422, 500, 501})
    void anAnswerThatWouldBeTheSameAgainIsFinal(int status) {
        pace.refuses(status, "{\"detail\":\"no\"}", NO_HEADERS);

        assertThat(fails(GET, ClientException.class).statusCode()).isEqualTo(status);
        assertThat(pace.requests).hasSize(1);
    }

    @Test
    void retryAfterIsObeyed() {
        pace.refuses(503, "", Map.of("retry-after", List.of("7")))
                .refuses(429, "", Map.of("Retry-After", List.of("Thu, 01 Jan 1970 00:00:09 GMT")))
                .answers("ok");

        perform(GET);

        assertThat(pace.pauses).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(9));
    }

    @Test
    void aRetryAfterBeyondTheCapFailsAtOnce() {
        pace.refuses(429, "", Map.of("Retry-After", List.of("61")));

        assertThat(fails(GET, RateLimitException.class).retryAfter()).contains(Duration.ofSeconds(61));
        assertThat(pace.pauses).isEmpty();
    }

    @Test
    void pausesStayWithinTheCallTimeout() {
        pace.refuses(503, "", Map.of("Retry-After", List.of("11")));

        fails(GET.callTimeout(Duration.ofSeconds(10)), ServerException.class);

        assertThat(pace.requests).hasSize(1);
    }

    @Test
    void aDeleteWhoseReplyWasLostIsDoneWhenTheThingIsGone() {
        pace.losesReply().refuses(404, "", NO_HEADERS);

        perform(Endpoint.delete("x"));

        assertThat(pace.requests).hasSize(2);
    }

    @Test
    void aDeleteOfWhatNeverWasIsNotFound() {
        pace.refuses(404, "", NO_HEADERS);

        fails(Endpoint.delete("x"), NotFoundException.class);
    }

    @Test
    void afterALostReplyTheServerIsAskedWhetherItActed() {
        pace.losesReply().answers("it is there");

        assertThat(perform(POST.confirmedBy(GET.map(Optional::of)))).isEqualTo("it is there");
        assertThat(pace.requests).containsExactly("POST http://h/x", "GET http://h/x");
    }

    @Test
    void whenTheServerDidNotActTheRequestIsSentAgain() {
        pace.losesReply().refuses(404, "", NO_HEADERS).answers("created");

        String result = perform(POST.confirmedBy(orEmpty(GET)));

        assertThat(result).isEqualTo("created");
        assertThat(pace.requests).containsExactly("POST http://h/x", "GET http://h/x", "POST http://h/x");
    }

    /** The first request was still on its way when the server was asked: the second one meets its result. */
    @Test
    void aConflictWithOurOwnFirstAttemptIsSuccess() {
        pace.losesReply()
                .refuses(404, "", NO_HEADERS)
                .refuses(409, "", NO_HEADERS)
                .answers("created");

        assertThat(perform(POST.confirmedBy(orEmpty(GET)))).isEqualTo("created");
    }

    @Test
    void aConflictAtTheFirstAttemptIsAConflict() {
        pace.refuses(409, "", NO_HEADERS);

        fails(POST.confirmedBy(orEmpty(GET)), ConflictException.class);
        assertThat(pace.requests).hasSize(1);
    }

    @Test
    void whenTheQuestionFailsTheCallerLearnsThatTheCallMayHaveBeenExecuted() {
        pace.losesReply().refuses(401, "", NO_HEADERS);

        ConnectionException failure = fails(POST.confirmedBy(orEmpty(GET)), ConnectionException.class);

        assertThat(failure.mayHaveBeenExecuted()).isTrue();
        assertThat(failure.getSuppressed()).hasSize(1);
    }

    @Test
    void pollingEndsWithTheResultThatWasWaitedFor() {
        pace.answers("pending").answers("pending").losesReply().answers("done");
        List<String> seen = new ArrayList<>();
        Operation<String> wait =
                GET.until("done"::equals, Polling.every(Duration.ofSeconds(2), Duration.ofMinutes(5), "x"), seen::add);

        assertThat(perform(wait)).isEqualTo("done");
        assertThat(seen).containsExactly("pending", "pending", "done");
    }

    @Test
    void pollingSurvivesAServerThatIsAwayForAWhile() {
        for (int attempt = 0; attempt < 12; attempt++) {
            pace.cannotConnect();
        }
        pace.answers("done");

        assertThat(perform(poll(Duration.ofMinutes(5)))).isEqualTo("done");
    }

    @Test
    void pollingThatTakesTooLongNamesWhatWasAwaitedAndTheLastFault() {
        pace.thenAlways(failure(503));

        RequestTimeoutException failure = fails(poll(Duration.ofSeconds(20)), RequestTimeoutException.class);

        assertThat(failure)
                .hasMessage("waiting for job x to end took longer than 20.0 s")
                .hasCauseInstanceOf(ServerException.class);
        assertThat(failure.kind()).isEqualTo(RequestTimeoutException.Kind.WAIT);
    }

    @Test
    void aFailureThatDoesNotPassEndsPolling() {
        pace.answers("pending").refuses(404, "", NO_HEADERS);

        fails(poll(Duration.ofMinutes(5)), NotFoundException.class);
    }

    @Test
    void aWaitOfDaysDoesNotDeepenTheStack() {
        pace.thenAlways("pending");

        fails(poll(Duration.ofDays(3)), RequestTimeoutException.class);

        assertThat(pace.requests).hasSizeGreaterThan(100_000);
    }

    @Test
    void operationsArePutTogetherAsTheirNamesSay() {
        pace.answers("7").answers("seven").refuses(404, "", NO_HEADERS);
        Operation<String> chain =
                GET.map(Integer::parseInt).then(number -> Endpoint.get("n/" + number, ResponseType.text()));

        assertThat(perform(chain)).isEqualTo("seven");
        assertThat(perform(orEmpty(GET))).isEmpty();
        assertThat(pace.requests).containsExactly("GET http://h/x", "GET http://h/n/7", "GET http://h/x");
    }

    @Test
    void spokenOperationsAreSaidInTheClientsDialect() {
        pace.answers("ok");

        perform(Operation.spoken(String.class, dialect -> Endpoint.get(dialect, ResponseType.text())));

        assertThat(pace.requests).containsExactly("GET http://h/dialect");
    }

    @Test
    void anotherOriginIsRefusedBeforeAnythingIsSent() {
        UnexpectedResponseException failure =
                fails(GET.at(URI.create("http://evil/x?page=2")), UnexpectedResponseException.class);

        assertThat(failure.attempts()).isZero();
        assertThat(pace.requests).isEmpty();
    }

    private static Operation<String> poll(Duration timeout) {
        return GET.until("done"::equals, Polling.every(Duration.ofSeconds(2), timeout, "job x to end"), seen -> {});
    }

    private static Operation<Optional<String>> orEmpty(Operation<String> operation) {
        return operation.map(Optional::of).recover(NotFoundException.class, missing -> Optional.empty());
    }

    private FailedAttempt failure(int status) {
        return Failures.ofAnswer(
                "GET http://h/x", status, "", NO_HEADERS, new byte[0], ErrorReader.USUAL, Instant.EPOCH);
    }

    private <T> T perform(Operation<T> operation) {
        ConnectionSettings settings = new ConnectionSettings(
                BaseUrl.parse("http://h/"),
                Map.of(),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(60),
                RetryPolicy.DEFAULT,
                null,
                null,
                null,
                List.of(),
                ClientListener.NONE);
        try (HttpTransport transport = new HttpTransport(settings)) {
            return new CallEngine(transport, "dialect", pace, () -> 1.0)
                    .perform(operation, pace)
                    .join();
        }
    }

    private <E extends Throwable> E fails(Operation<?> operation, Class<E> type) {
        CompletionException wrapped = catchThrowableOfType(CompletionException.class, () -> perform(operation));
        assertThat(wrapped).cause().isInstanceOf(type);
        return type.cast(wrapped.getCause());
    }
}
