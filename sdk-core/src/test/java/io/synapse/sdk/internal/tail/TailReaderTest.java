package io.synapse.sdk.internal.tail;

import static io.synapse.sdk.JobStatus.RUNNING;
import static io.synapse.sdk.JobStatus.SUCCEEDED;
import static io.synapse.sdk.internal.tail.ScriptedWorld.complete;
import static io.synapse.sdk.internal.tail.ScriptedWorld.counted;
import static io.synapse.sdk.internal.tail.ScriptedWorld.cut;
import static io.synapse.sdk.internal.tail.ScriptedWorld.end;
import static io.synapse.sdk.internal.tail.ScriptedWorld.heartbeat;
import static io.synapse.sdk.internal.tail.ScriptedWorld.jobEnds;
import static io.synapse.sdk.internal.tail.ScriptedWorld.message;
import static io.synapse.sdk.internal.tail.ScriptedWorld.quiet;
import static io.synapse.sdk.internal.tail.ScriptedWorld.text;
import static io.synapse.sdk.internal.tail.ScriptedWorld.unreachable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synapse.sdk.AuthenticationException;
import io.synapse.sdk.CallCancelledException;
import io.synapse.sdk.CallOptions;
import io.synapse.sdk.ConnectionException;
import io.synapse.sdk.Failure;
import io.synapse.sdk.JobStatus;
import io.synapse.sdk.LogLostException;
import io.synapse.sdk.LogStream;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.RetryPolicy;
import io.synapse.sdk.ServerException;
import io.synapse.sdk.TailOptions;
import io.synapse.sdk.TailProtocol;
import io.synapse.sdk.UnexpectedResponseException;
import io.synapse.sdk.internal.http.ErrorReader;
import io.synapse.sdk.internal.http.HttpTransport;
import io.synapse.sdk.internal.http.Settings;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The engine over a scripted server, in a world where no time passes. */
class TailReaderTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ScriptedWorld world = new ScriptedWorld(new HttpTransport(
            Settings.of("http://agent")
                    .with(CallOptions.NONE.retryPolicy(RetryPolicy.DEFAULT
                            .maxAttempts(3)
                            .initialDelay(Duration.ofMillis(100))
                            .maxDelay(SECOND)
                            .maxRetryAfter(SECOND))),
            ErrorReader.USUAL,
            () -> {
                throw new AssertionError("nothing is sent");
            }));

    @Test
    void completeAndOverIsTheEnd() {
        world.connection(text("one\n"), complete()).statuses(SUCCEEDED);
        assertThat(lines(TailProtocol.AUTO)).containsExactly("one");
        assertThat(world.journal).containsExactly("WEBSOCKET", "status SUCCEEDED");
    }

    @Test
    void completeBeforeTheJobIsOverIsNot() {
        world.connection(counted("one\n", 4), complete())
                .connection(complete())
                .connection(counted("two\n", 8), complete())
                .statuses(RUNNING, RUNNING, SUCCEEDED);
        assertThat(lines(TailProtocol.HTTP)).containsExactly("one", "two");
        assertThat(world.journal)
                .containsExactly(
                        "HTTP",
                        "status RUNNING",
                        "HTTP from 4",
                        "status RUNNING",
                        "pause 200",
                        "HTTP from 4",
                        "status SUCCEEDED");
    }

    @Test
    void anOrderlyCloseIsBelievedOnceAConnectionAfterTheJobBroughtNothingNewEitherWay() {
        world.connection(text("one\n"), end())
                .connection(text("one\n"), text("two\n"), end())
                .connection(text("one\n"), text("two\n"), end())
                .connection(text("one\n"), text("two\n"), end())
                .statuses(SUCCEEDED);
        assertThat(lines(TailProtocol.AUTO)).containsExactly("one", "two");
        assertThat(world.journal.stream().filter(entry -> !entry.startsWith("status")))
                .containsExactly("WEBSOCKET", "WEBSOCKET", "WEBSOCKET", "HTTP");
    }

    @Test
    void aCloseInTheMiddleOfTheRepetitionIsNotBelieved() {
        world.connection(text("one\n"), text("two\n"), end())
                .connection(text("one\n"), end())
                .connection(text("one\n"), text("two\n"), end())
                .statuses(SUCCEEDED);
        assertThat(lines(TailProtocol.HTTP)).containsExactly("one", "two");
        assertThat(world.journal).filteredOn(entry -> entry.equals("HTTP")).hasSize(3);
    }

    @Test
    void aServerThatCountsMustSayThatItsLogIsComplete() {
        world.connection(counted("one\n", 4), end())
                .connection(end())
                .connection(end())
                .connection(counted("two\n", 8), complete())
                .statuses(SUCCEEDED);
        assertThat(lines(TailProtocol.HTTP)).containsExactly("one", "two");
    }

    @Test
    void aBrokenStreamGivesUpWithTheLastErrorAndWhatItHad() {
        world.connection(text("one\nhalf"), cut()).statuses(RUNNING);
        LogStream log = world.follow(options(TailProtocol.HTTP).reconnectTimeout(Duration.ofSeconds(12)));
        Iterator<String> lines = log.iterator();
        assertThat(lines.next()).isEqualTo("one");
        assertThat(lines.next()).isEqualTo("half");
        for (int again = 0; again < 2; again++) {
            assertThatThrownBy(lines::hasNext)
                    .isInstanceOf(ConnectionException.class)
                    .hasMessage("cannot connect");
        }
        assertThat(world.journal.stream().filter(entry -> entry.startsWith("pause")))
                .containsExactly(
                        "pause 200", "pause 400", "pause 800", "pause 1600", "pause 3200", "pause 5000", "pause 5000");
    }

    @Test
    void beforeTheFirstConnectionTheRetryPolicyHolds() {
        world.refusal(unreachable()).refusal(unreachable()).refusal(unreachable());
        assertThatThrownBy(() -> lines(TailProtocol.AUTO)).isInstanceOf(ConnectionException.class);
        assertThat(world.journal)
                .containsExactly("no WEBSOCKET", "pause 100", "no WEBSOCKET", "pause 200", "no WEBSOCKET");
    }

    @Test
    void aDroppedHandshakeMovesToHttpAtOnce() {
        world.refusal(new ConnectionException(Failure.of(503, "dropped").mayHaveBeenExecuted(true)))
                .connection(text("one"), complete())
                .statuses(SUCCEEDED);
        assertThat(lines(TailProtocol.AUTO)).containsExactly("one");
        assertThat(world.journal).startsWith("no WEBSOCKET", "HTTP");
    }

    @Test
    void aWebSocketThatKeepsFailingIsLeftForHttpInTheMiddle() {
        world.connection(text("one\ntw"), cut())
                .connection(text("on"), cut())
                .connection(text("on"), cut())
                .connection(text("on"), cut())
                .connection(text("one\ntwo\n"), complete())
                .statuses(RUNNING, RUNNING, RUNNING, RUNNING, SUCCEEDED);
        assertThat(lines(TailProtocol.AUTO)).containsExactly("one", "two");
        assertThat(world.journal.stream().filter(entry -> entry.equals("WEBSOCKET") || entry.equals("HTTP")))
                .containsExactly("WEBSOCKET", "WEBSOCKET", "WEBSOCKET", "WEBSOCKET", "HTTP");
    }

    @Test
    void aQuietJobWithoutHeartbeatsIsReconnectedEverMoreRarely() {
        Duration hours = Duration.ofHours(3);
        for (int i = 0; i < 7; i++) {
            world.connection(quiet(hours));
        }
        world.connection(text("late\n"), complete())
                .statuses(RUNNING, RUNNING, RUNNING, RUNNING, RUNNING, RUNNING, RUNNING, SUCCEEDED);
        assertThat(lines(TailProtocol.HTTP)).containsExactly("late");
        assertThat(world.waits.stream().map(Duration::toSeconds))
                .containsExactly(60L, 120L, 240L, 480L, 600L, 600L, 600L);
    }

    @Test
    void aServerThatSentHeartbeatsIsDeadWhenItSendsNone() {
        world.connection(heartbeat(), quiet(Duration.ofSeconds(29)), heartbeat(), quiet(Duration.ofHours(1)))
                .connection(text("one"), complete())
                .statuses(RUNNING, SUCCEEDED);
        assertThat(lines(TailProtocol.HTTP)).containsExactly("one");
        assertThat(world.waits).containsExactly(Duration.ofSeconds(30));
    }

    @Test
    void silentForHoursIsNoFailureEvenWhenHeartbeatsStopAgainAndAgain() {
        for (int i = 0; i < 100; i++) {
            world.connection(heartbeat(), quiet(Duration.ofMinutes(10)));
        }
        world.connection(text("late"), complete());
        JobStatus[] statuses = new JobStatus[101];
        java.util.Arrays.fill(statuses, RUNNING);
        statuses[100] = SUCCEEDED;
        world.statuses((Object[]) statuses);
        assertThat(lines(TailProtocol.HTTP)).containsExactly("late");
    }

    @Test
    void heldMessagesAreGivenOutInAQuietMoment() {
        world.connection(message("one"), quiet(Duration.ofMillis(400)), message("two"), complete())
                .statuses(SUCCEEDED);
        assertThat(lines(TailProtocol.WEBSOCKET)).containsExactly("one", "two");
        assertThat(world.waits).containsExactly(MessageForm.MAX_QUIET);
    }

    @Test
    void heldMessagesAreGivenOutBeforeAFailure() {
        world.connection(message("one"), new ScriptedWorld.Step.Event(new LogEvent.Error("out of disk")));
        LogStream log = world.follow(options(TailProtocol.WEBSOCKET));
        Iterator<String> lines = log.iterator();
        assertThat(lines.next()).isEqualTo("one");
        assertThatThrownBy(lines::hasNext).isInstanceOf(ServerException.class).hasMessageContaining("out of disk");
    }

    @Test
    void aJobThatIsGoneIsSaidToBeDeleted() {
        world.connection(text("one\n"), cut()).statuses(new NotFoundException(Failure.of(404, "no such job")));
        Iterator<String> lines = world.follow(options(TailProtocol.AUTO)).iterator();
        assertThat(lines.next()).isEqualTo("one");
        assertThatThrownBy(lines::hasNext)
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("was deleted while its log was followed");
    }

    @Test
    void aTokenThatExpiresIsSaidAtOnce() {
        world.connection(text("one\n"), cut()).statuses(new AuthenticationException(Failure.of(401, "expired")));
        Iterator<String> lines = world.follow(options(TailProtocol.AUTO)).iterator();
        lines.next();
        assertThatThrownBy(lines::hasNext).isInstanceOf(AuthenticationException.class);
    }

    @Test
    void aStatusThatCannotBeFoundOutIsNoReasonToGiveUp() {
        world.connection(text("one\n"), cut())
                .connection(text("one\n"), text("two\n"), complete())
                .connection(text("one\n"), text("two\n"), complete())
                .statuses(
                        new ServerException(Failure.of(502, "bad gateway")),
                        new ServerException(Failure.of(502, "x")),
                        SUCCEEDED);
        assertThat(lines(TailProtocol.HTTP)).containsExactly("one", "two");
    }

    @Test
    void textThatAServerLeftOutIsAskedForAgain() {
        world.connection(counted("one\n", 4), counted("three\n", 14))
                .connection(counted("two\n", 8), counted("three\n", 14), complete())
                .statuses(RUNNING, SUCCEEDED);
        assertThat(lines(TailProtocol.HTTP)).containsExactly("one", "two", "three");
    }

    @Test
    void aLogThatHasNotBegunIsWaitedFor() {
        for (int seconds = 0; seconds < 1_000; seconds++) {
            world.notBegun();
        }
        for (int attempts = 0; attempts < 5; attempts++) {
            world.refusal(unreachable()); // a server that was there may be away for longer than one that never was
        }
        world.connection(counted("one\n", 4), complete()).statuses(SUCCEEDED);
        LogStream log = world.followOverHttp(options(TailProtocol.AUTO));
        assertThat(log.stream()).containsExactly("one");
        assertThat(world.journal).containsSequence("no log", "pause 1000", "no log", "pause 1000", "no HTTP");
        assertThat(log.statistics().reconnects()).isZero();
    }

    @Test
    void aConnectionThatNeverEndsIsCutWhenTheJobIsOverAndAnotherBringsTheEnd() {
        world.growing(counted("one\n", 4), jobEnds(), counted("two\n", 8))
                .connection(counted("two\n", 8), counted("three\n", 14), complete())
                .statuses(SUCCEEDED);
        LogStream log = world.followOverHttp(options(TailProtocol.AUTO));
        assertThat(log.stream()).containsExactly("one", "two", "three");
        assertThat(world.journal).containsExactly("HTTP", "watch ended", "HTTP from 4", "status SUCCEEDED");
        assertThat(log.statistics().reconnects()).isZero();
        assertThat(log.finalStatus()).contains(SUCCEEDED);
    }

    @Test
    void aConnectionThatBreaksEndsItsWatch() {
        world.growing(counted("one\n", 4), cut())
                .connection(counted("two\n", 8), complete())
                .statuses(RUNNING, SUCCEEDED);
        LogStream log = world.followOverHttp(options(TailProtocol.AUTO));
        assertThat(log.stream()).containsExactly("one", "two");
        assertThat(world.journal)
                .containsExactly("HTTP", "watch ended", "status RUNNING", "HTTP from 4", "status SUCCEEDED");
        assertThat(log.statistics().reconnects()).isOne();
    }

    @Test
    void theEndOfAWebSocketThatProvesNothingIsReadOverHttp() {
        world.connection(text("one\n"), text("tw"), end())
                .connection(counted("one\r\ntwo\nthree\n", 15), complete())
                .statuses(SUCCEEDED);
        LogStream log = world.followOverHttp(options(TailProtocol.WEBSOCKET));
        assertThat(log.stream()).containsExactly("one", "two", "three");
        assertThat(world.journal).containsExactly("WEBSOCKET", "status SUCCEEDED", "HTTP", "status SUCCEEDED");
    }

    @Test
    void aLogWhoseRestIsGoneEndsWithAnErrorThatSaysHowFarItCame() {
        world.connection(counted("one\ntw", 6), new ScriptedWorld.Step.Event(new LogEvent.Lost("its node is dead")))
                .statuses(SUCCEEDED);
        LogStream log = world.followOverHttp(options(TailProtocol.AUTO));
        Iterator<String> lines = log.iterator();
        assertThat(lines.next()).isEqualTo("one");
        assertThat(lines.next()).isEqualTo("tw");
        assertThatThrownBy(lines::hasNext)
                .isInstanceOfSatisfying(
                        LogLostException.class,
                        lost -> assertThat(lost.delivered().bytes()).isEqualTo(6))
                .hasMessage(
                        "the rest of the log of job j is lost: its node is dead; 6 bytes of it were delivered before");
        assertThat(log.finalStatus()).isEmpty();
    }

    @Test
    void anotherLogInPlaceOfTheOneThatWasFollowedIsAnErrorAtOnce() {
        world.connection(text("Runtime env is set up\n"), end())
                .connection(counted("Runtime env was set up\nreal\n", 28), complete())
                .statuses(SUCCEEDED);
        Iterator<String> lines =
                world.followOverHttp(options(TailProtocol.WEBSOCKET)).iterator();
        assertThat(lines.next()).isEqualTo("Runtime env is set up");
        assertThatThrownBy(lines::hasNext)
                .isInstanceOf(UnexpectedResponseException.class)
                .hasMessageContaining("is not the one that was followed before");
    }

    @Test
    void whatASourcePassedOverIsCountedAsRepeated() {
        world.connection(counted("one\n", 4), cut())
                .connection(new ScriptedWorld.Step.Event(new LogEvent.Repeated(4)), counted("two\n", 8), complete())
                .statuses(RUNNING, SUCCEEDED);
        LogStream log = world.follow(options(TailProtocol.HTTP));
        assertThat(log.stream()).containsExactly("one", "two");
        assertThat(log.statistics().repeatedBytes()).isEqualTo(4);
    }

    @Test
    void afterCloseNothingIsReadAnyMoreEvenIfItIsThere() {
        world.connection(text("one\ntwo\n"), complete()).statuses(SUCCEEDED);
        LogStream log = world.follow(options(TailProtocol.HTTP));
        Iterator<String> lines = log.iterator();
        lines.next();
        log.close();
        assertThatThrownBy(lines::hasNext)
                .isInstanceOf(CallCancelledException.class)
                .hasMessageContaining("closed");
        assertThat(log.finalStatus()).isEmpty();
    }

    @Test
    void aLogIsReadOnce() {
        world.connection(complete()).statuses(SUCCEEDED);
        LogStream log = world.follow(options(TailProtocol.HTTP));
        assertThat(log.stream()).isEmpty();
        assertThatThrownBy(log::iterator).isInstanceOf(IllegalStateException.class);
        assertThat(log.finalStatus()).contains(SUCCEEDED);
    }

    private List<String> lines(TailProtocol protocol) {
        try (LogStream log = world.follow(options(protocol))) {
            return log.stream().toList();
        }
    }

    private static TailOptions options(TailProtocol protocol) {
        return TailOptions.DEFAULT.protocol(protocol);
    }
}
