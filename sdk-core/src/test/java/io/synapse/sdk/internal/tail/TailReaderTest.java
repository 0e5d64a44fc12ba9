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
import static io.synapse.sdk.internal.tail.ScriptedWorld.start;
import static io.synapse.sdk.internal.tail.ScriptedWorld.text;
import static io.synapse.sdk.internal.tail.ScriptedWorld.together;
import static io.synapse.sdk.internal.tail.ScriptedWorld.unreachable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synapse.sdk.AuthenticationException;
import io.synapse.sdk.CallCancelledException;
import io.synapse.sdk.CallOptions;
import io.synapse.sdk.ConflictException;
import io.synapse.sdk.ConnectionException;
import io.synapse.sdk.Failure;
import io.synapse.sdk.JobStatus;
import io.synapse.sdk.LogLostException;
import io.synapse.sdk.LogPosition;
import io.synapse.sdk.LogStream;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.RequestTimeoutException;
import io.synapse.sdk.RetryPolicy;
import io.synapse.sdk.ServerException;
import io.synapse.sdk.TailOptions;
import io.synapse.sdk.TailProtocol;
import io.synapse.sdk.internal.http.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The engine over a scripted server, in a world where no time passes. */
class TailReaderTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ScriptedWorld world = new ScriptedWorld(Settings.transport(
            Settings.of("http://agent")
                    .with(CallOptions.NONE.retryPolicy(RetryPolicy.DEFAULT
                            .maxAttempts(3)
                            .initialDelay(Duration.ofMillis(100))
                            .maxDelay(SECOND)
                            .maxRetryAfter(SECOND))),
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
                .statuses(RUNNING, RUNNING, RUNNING, SUCCEEDED);
        assertThat(lines(TailProtocol.HTTP)).containsExactly("one", "two");
        assertThat(world.journal)
                .containsExactly(
                        "HTTP",
                        "status RUNNING", // when the job began, as the server counts and gives no identity
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
        world.connection(message("one"), ScriptedWorld.error("out of disk"));
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
                .statuses(RUNNING, RUNNING, SUCCEEDED);
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
    void aConnectionThatNeverEndsIsLeftWhenTheJobIsOverAndAnotherBringsTheEnd() {
        world.connection(start("A", 0), counted("one\n", 4), jobEnds())
                .connection(start("A", 0), counted("one\n", 4), counted("two\nthree\n", 14), complete(14))
                .statuses(SUCCEEDED);
        LogStream log = world.followOverHttp(options(TailProtocol.AUTO));
        assertThat(log.stream()).containsExactly("one", "two", "three");
        assertThat(world.journal).containsExactly("HTTP", "HTTP of A from 4", "status SUCCEEDED");
        assertThat(log.statistics().reconnects()).isZero();
        assertThat(log.statistics().repeatedBytes()).isEqualTo(4);
        assertThat(log.finalStatus()).contains(SUCCEEDED);
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
        world.connection(counted("one\ntw", 6), ScriptedWorld.lost("its node is dead"))
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
                .isInstanceOf(LogLostException.class)
                .hasMessageContaining("what the server repeats of it is another text; 22 bytes");
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

    @Test
    void eventsThatComeTogetherAreJoinedWhereTheyFitAndDroppedWhereTheyCameBefore() {
        world.connection(
                        start("A", 0),
                        together(counted("a\n", 2), counted("b\n", 4), counted("b\n", 4), counted("c\n", 6)),
                        complete(6))
                .statuses(SUCCEEDED);
        LogStream log = world.follow(options(TailProtocol.HTTP));
        assertThat(log.stream()).containsExactly("a", "b", "c");
        assertThat(log.statistics().repeatedBytes()).isEqualTo(2);
    }

    @Test
    void eventsInTheWrongOrderBreakTheConnection() {
        world.connection(start("A", 0), together(counted("a\n", 2), counted("c\n", 6), counted("b\n", 4)))
                .connection(start("A", 2), counted("b\n", 4), counted("c\n", 6), complete(6))
                .statuses(RUNNING, SUCCEEDED);
        assertThat(lines(TailProtocol.HTTP)).containsExactly("a", "b", "c");
    }

    @Test
    void anotherIdentityIsALostLog() {
        world.connection(start("A", 0), counted("old\n", 4), cut())
                .connection(start("B", 4), counted("new\n", 8), complete(8))
                .statuses(RUNNING, SUCCEEDED);
        assertLost(TailProtocol.AUTO, "another log has taken its place; 4 bytes", "old");
    }

    @Test
    void aRefusalToGoOnIsALostLog() {
        world.connection(start("A", 0), counted("old\n", 4), cut())
                .refusal(new ConflictException(Failure.of(409, "this is log B")))
                .statuses(RUNNING);
        assertLost(TailProtocol.AUTO, "this is log B", "old");
    }

    @Test
    void aServerThatGivesItsIdentityNoMoreIsReadFromTheBeginning() {
        world.connection(start("A", 0), counted("one\n", 4), cut())
                .connection(counted("two\n", 8))
                .connection(counted("one\ntwo\n", 8), complete())
                .statuses(RUNNING, RUNNING, SUCCEEDED);
        assertThat(lines(TailProtocol.HTTP)).containsExactly("one", "two");
        assertThat(world.journal).containsSubsequence("HTTP of A from 4", "HTTP of A");
    }

    @Test
    void theLastLinesAreDeliveredBeforeAFailure() {
        world.connection(text("1\n2\n3\n"), ScriptedWorld.lost("gone"));
        LogStream log = world.follow(options(TailProtocol.HTTP).lastLines(2));
        List<String> lines = new ArrayList<>();
        assertThatThrownBy(() -> log.forEach(lines::add)).isInstanceOf(LogLostException.class);
        assertThat(lines).containsExactly("2", "3");
    }

    @Test
    void anotherStartTimeOfTheJobIsALostLogOnAServerWithoutIdentity() {
        Instant first = Instant.parse("2026-01-01T00:00:00Z");
        world.connection(counted("old\n", 4), cut())
                .connection(counted("new\n", 8), complete())
                .statuses(
                        new LogFeed.State(RUNNING, first),
                        new LogFeed.State(RUNNING, first),
                        new LogFeed.State(SUCCEEDED, first.plusSeconds(9)));
        assertLost(TailProtocol.AUTO, "another job has its id", "old");
    }

    @Test
    void aCountingServerThatStartsAgainIsComparedAndPassedOverWhateverItDecodes() {
        String first = "\uFFFD\uFFFD\none\n"; // 4 bytes of each \uFFFD in the log are one, or three
        world.connection(counted(first, 7), cut())
                .connection(counted(first, 7), cut())
                .connection(counted(first, 7), counted("two\n", 11), complete())
                .statuses(RUNNING, RUNNING, RUNNING, SUCCEEDED);
        LogStream log = world.follow(options(TailProtocol.HTTP));
        assertThat(log.stream()).containsExactly("\uFFFD\uFFFD", "one", "two");
        assertThat(world.journal).contains("HTTP from 7");
    }

    @Test
    void whatCannotBeDecidedIsReadFromTheBeginning() {
        world.connection(counted("ab", 2), cut())
                .connection(counted("\uFFFD\uFFFD", 4)) // bytes 0 to 4 or 2 to 4
                .connection(counted("ab", 2), counted("\uFFFD\uFFFD", 4), complete())
                .statuses(RUNNING, RUNNING, RUNNING, SUCCEEDED);
        assertThat(lines(TailProtocol.HTTP)).containsExactly("ab\uFFFD\uFFFD");
        assertThat(world.journal).containsSubsequence("HTTP", "HTTP from 2", "HTTP");
    }

    @Test
    void anotherPrefixFromAServerThatDoesNotCountIsALostLog() {
        world.connection(text("a1\nb1\n"), cut())
                .connection(text("x\ny\n"), complete())
                .statuses(RUNNING, SUCCEEDED);
        assertLost(TailProtocol.HTTP, "it is shorter now", "a1", "b1");
    }

    @Test
    void aShorterLogThatIsClosedTwiceIsALostLog() {
        world.connection(text("a1\nb1\n"), end())
                .connection(text("a1\n"), end())
                .connection(text("a1\n"), end())
                .statuses(SUCCEEDED);
        assertLost(TailProtocol.HTTP, "it is shorter now", "a1", "b1");
    }

    @Test
    void aCompleteLogOfAnotherLengthLacksItsLastEventOrIsAnother() {
        world.connection(start("A", 0), counted("one\n", 4), complete(8))
                .connection(start("A", 4), counted("two\n", 8), complete(8))
                .statuses(SUCCEEDED);
        assertThat(lines(TailProtocol.HTTP)).containsExactly("one", "two");
        world.connection(start("A", 0), counted("one\n", 4), complete(2));
        assertLost(TailProtocol.HTTP, "it has 2 bytes now", "one");
    }

    @Test
    void heartbeatsAloneAreNoLifeOfAJobThatIsOver() {
        Duration often = Duration.ofSeconds(10);
        world.connection(
                        heartbeat(),
                        quiet(often),
                        heartbeat(),
                        quiet(often),
                        heartbeat(),
                        quiet(often),
                        heartbeat(),
                        quiet(often),
                        heartbeat())
                .connection(text("late\n"), complete())
                .statuses(SUCCEEDED);
        assertThat(lines(TailProtocol.HTTP)).containsExactly("late");
        assertThat(world.journal.stream().filter(entry -> entry.equals("HTTP"))).hasSize(2);
    }

    @Test
    void heartbeatsAloneDoNotGoOnForEverOnceTheJobIsOver() {
        for (int i = 0; i < 20; i++) {
            world.connection(
                    heartbeat(), quiet(Duration.ofSeconds(29)), heartbeat(), quiet(Duration.ofSeconds(2)), heartbeat());
        }
        world.statuses(SUCCEEDED);
        assertThatThrownBy(() -> lines(TailProtocol.HTTP))
                .isInstanceOf(RequestTimeoutException.class)
                .hasMessageContaining("nothing but heartbeats");
    }

    @Test
    void aStreamGoesOnBehindAStoredPosition() {
        world.connection(start("A", 0), counted("one\ntwo\nthree\n", 14), cut());
        LogStream first = world.follow(options(TailProtocol.HTTP));
        Iterator<String> lines = first.iterator();
        lines.next();
        lines.next();
        assertThat(lines.hasNext())
                .as("a line that was not taken does not count")
                .isTrue();
        LogPosition position = LogPosition.parse(first.position().toString());
        first.close();
        world.connection(start("A", 8), counted("three\n", 14), complete(14)).statuses(SUCCEEDED);
        LogStream second = world.follow(options(TailProtocol.HTTP).from(position));
        assertThat(second.stream()).containsExactly("three");
        assertThat(world.journal).contains("HTTP of A from 8");
        assertThat(second.position().length()).isEqualTo(14);
    }

    @Test
    void aPositionOnAServerThatDoesNotCountIsFoundAgainByItsChecksum() {
        world.connection(text("one\ntwo\n"), cut());
        LogStream first = world.follow(options(TailProtocol.HTTP));
        first.iterator().next();
        LogPosition position = first.position();
        first.close();
        world.connection(text("one\ntwo\n"), complete()).statuses(SUCCEEDED);
        assertThat(world.follow(options(TailProtocol.HTTP).from(position)).stream())
                .containsExactly("two");
        world.connection(text("ONE\ntwo\n"), complete());
        assertThatThrownBy(() -> world.follow(options(TailProtocol.HTTP).from(position)).stream()
                        .toList())
                .isInstanceOf(LogLostException.class);
    }

    @Test
    void theLastLinesOfWhatIsThereAreKeptAndTheOthersSkipped() {
        world.connection(text("1\n2\n3\n"), text("4\n5"), quiet(SECOND), text("\n6\n"), complete())
                .statuses(SUCCEEDED);
        LogStream log = world.follow(options(TailProtocol.HTTP).lastLines(2));
        assertThat(log.stream()).containsExactly("4", "5", "6");
        assertThat(log.statistics().skippedBytes()).isEqualTo(6);
        assertThat(log.statistics().bytes()).isEqualTo(6);
    }

    @Test
    void fromNowGivesWhatComes() {
        world.connection(text("1\n2\n"), quiet(SECOND), text("3\n"), cut())
                .connection(text("1\n2\n3\n4\n"), complete())
                .statuses(RUNNING, SUCCEEDED);
        LogStream log = world.follow(options(TailProtocol.HTTP).fromNow());
        assertThat(log.stream()).containsExactly("3", "4");
        assertThat(world.journal).startsWith("HTTP last 0", "status RUNNING", "HTTP");
    }

    @Test
    void theLastLinesAreThoseThatTheServerBeginsWith() {
        world.connection((ScriptedWorld.Step.Event) sink -> sink.start("A", 100, true), counted("x\n", 102), cut())
                .connection(start("A", 102), counted("y\n", 104), complete(104))
                .statuses(RUNNING, SUCCEEDED);
        LogStream log = world.follow(options(TailProtocol.HTTP).lastLines(1));
        assertThat(log.stream()).containsExactly("x", "y");
        assertThat(log.statistics().skippedBytes()).isEqualTo(100);
        assertThat(world.journal)
                .containsExactly("HTTP last 1", "status RUNNING", "HTTP of A from 102", "status SUCCEEDED");
    }

    private void assertLost(TailProtocol protocol, String why, String... before) {
        List<String> lines = new ArrayList<>();
        LogStream log = world.follow(options(protocol));
        assertThatThrownBy(() -> log.forEach(lines::add))
                .isInstanceOfSatisfying(
                        LogLostException.class,
                        lost -> assertThat(lost.delivered().bytes()).isPositive())
                .hasMessageContaining(why);
        assertThat(lines).containsExactly(before);
        assertThat(log.finalStatus()).isEmpty();
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
