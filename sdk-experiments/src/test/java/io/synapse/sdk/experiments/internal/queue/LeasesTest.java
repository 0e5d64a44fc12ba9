package io.synapse.sdk.experiments.internal.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.synapse.sdk.embedded.internal.Database;
import io.synapse.sdk.experiments.internal.Failure;
import io.synapse.sdk.experiments.internal.Json;
import io.synapse.sdk.experiments.internal.RunningTime;
import io.synapse.sdk.experiments.internal.TestDatabase;
import io.synapse.sdk.experiments.internal.device.Devices;
import io.synapse.sdk.experiments.internal.device.Heartbeat;
import io.synapse.sdk.experiments.internal.event.EventLog;
import io.synapse.sdk.experiments.internal.notification.Notifications;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers that die, are silent, or come back, by a clock that the test moves. */
class LeasesTest {
    private final AtomicLong nanos = new AtomicLong();

    @TempDir
    private Path folder;

    private Database database;
    private Devices devices;
    private JobQueue queue;
    private Submissions submissions;
    private Notifications notifications;

    @BeforeEach
    void open() throws IOException {
        database = TestDatabase.open(folder);
        RunningTime time = new RunningTime(database.jdbi(), nanos::get);
        EventLog events = new EventLog(database.jdbi(), time);
        devices = new Devices(database.jdbi(), events, nanos::get);
        notifications = new Notifications(database.jdbi(), events);
        JobDocuments documents = new JobDocuments(devices, Duration.ofSeconds(60));
        queue = new JobQueue(database.jdbi(), time, devices, events, documents, notifications);
        submissions = new Submissions(queue, documents, time, path -> Optional.empty());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aJobWhoseWorkerIsSilentForAMinuteIsQueuedAgainInItsOldPlace() {
        String uid = running("w1");
        submit("{}");

        pass(60);
        assertThat(job(uid).status()).isEqualTo(JobStatus.RUNNING);
        pass(1);

        assertThat(job(uid).status()).isEqualTo(JobStatus.QUEUED);
        assertThat(job(uid).failureKind()).isEqualTo("worker_lost");
        Job again = claim("w2").orElseThrow();
        assertThat(again.uid()).isEqualTo(uid);
        assertThat(again.attempt()).isEqualTo(2);
    }

    @Test
    void aServerThatStoodStillForLongDoesNotTakeItsOwnAbsenceForThatOfWorkers() {
        String uid = running("w1");
        freeze(3600);

        assertThat(job(uid).status()).isEqualTo(JobStatus.RUNNING);
        assertThat(claim("w2")).isEmpty();
        pass(60);
        assertThat(job(uid).status()).isEqualTo(JobStatus.RUNNING);
        pass(1);
        assertThat(job(uid).status()).isEqualTo(JobStatus.QUEUED);
    }

    @Test
    void aFailureThatIsReportedAgainAfterItWasQueuedAgainCountsOnce() {
        String uid = submit("{\"retry_on_failure\": true}");
        claim("w1").orElseThrow();
        confirm(uid, 1);
        Job first = report(uid, 1, false);

        assertThat(first.status()).isEqualTo(JobStatus.QUEUED);
        assertThat(report(uid, 1, false)).isEqualTo(first);
        assertConflict(() -> report(uid, 1, true));
        claim("w2").orElseThrow();
        assertConflict(() -> report(uid, 1, false));
    }

    @Test
    void aMachineForWhichNoJobFitsDoesNotKeepOthersFromWriting() throws SQLException {
        submit("{\"requirements\": {\"gpu_name\": \"A100\"}}");
        String url = "jdbc:sqlite:" + folder.resolve("experiments.db");
        try (Connection other = DriverManager.getConnection(url);
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");

            assertThat(claim("w1")).isEmpty();
        }
    }

    @Test
    void aWorkerThatIsBackAfterFortySecondsGoesOnWithTheSameAttempt() {
        String uid = running("w1");
        pass(40);

        JobQueue.Orders orders = beat("w1", uid);
        pass(59);

        assertThat(orders.stop()).isEmpty();
        assertThat(job(uid).status()).isEqualTo(JobStatus.RUNNING);
        assertThat(job(uid).attempt()).isEqualTo(1);
    }

    @Test
    void aWorkerThatIsBackBeforeItsJobWasGivenAwayGoesOnAndTheLossDoesNotCount() {
        String uid = running("w1");
        pass(61);
        assertThat(job(uid).retryCount()).isEqualTo(1);

        JobQueue.Orders orders = beat("w1", uid);

        assertThat(orders.stop()).isEmpty();
        Job job = job(uid);
        assertThat(job.status()).isEqualTo(JobStatus.RUNNING);
        assertThat(job.attempt()).isEqualTo(1);
        assertThat(job.retryCount()).isZero();
        assertThat(claim("w2")).isEmpty();
        assertThat(report(uid, 1, true).status()).isEqualTo(JobStatus.COMPLETED);
    }

    @Test
    void aWorkerThatIsBackAfterItsJobWasGivenAwayIsToldToStopAndItsReportsDoNotCount() {
        String uid = running("w1");
        pass(61);
        claim("w2").orElseThrow();

        assertThat(beat("w1", uid).stop()).containsExactly(uid);
        assertConflict(() -> report(uid, 1, true));
        assertConflict(() -> confirm(uid, 1));
        assertThat(job(uid).status()).isEqualTo(JobStatus.ASSIGNED);
        confirm(uid, 2);
        assertThat(report(uid, 2, true).status()).isEqualTo(JobStatus.COMPLETED);
    }

    @Test
    void aJobThatLosesMoreWorkersThanItMayFails() {
        String uid = submit("{\"max_retries\": 1}");
        claim("w1").orElseThrow();
        confirm(uid, 1);
        pass(61);
        claim("w2").orElseThrow();
        confirm(uid, 2);
        pass(61);

        Job job = job(uid);
        assertThat(job.status()).isEqualTo(JobStatus.FAILED);
        assertThat(job.failureKind()).isEqualTo("worker_lost");
        assertThat(job.errorMessage()).contains("w2");
        assertThat(notifications.list(true, 10))
                .hasSize(2)
                .allMatch(notice -> "worker_lost".equals(notice.get("type")));
        assertThat(beat("w2", uid).stop()).containsExactly(uid);
    }

    @Test
    void aJobThatThreeWorkersTakeAndNobodyConfirmsFails() {
        String uid = submit("{}");
        for (int attempt = 1; attempt <= 3; attempt++) {
            assertThat(claim("w" + attempt)).isPresent();
            beat("w" + attempt);
            pass(30);
            beat("w" + attempt);
            pass(31);
        }

        assertThat(job(uid).status()).isEqualTo(JobStatus.FAILED);
        assertThat(job(uid).failureKind()).isEqualTo("not_started");
        assertThat(job(uid).retryCount()).isZero();
    }

    @Test
    void aJobThatWasTakenForACallerWhoWentMeanwhileGoesBackToItsPlaceAndNothingIsCounted() {
        String uid = submit("{}");
        submit("{}");
        try (LongPolls polls = new LongPolls(queue)) {
            for (int round = 0; round < 4; round++) {
                Iterator<Boolean> isThere = List.of(true, false).iterator();
                assertThat(polls.next("gone", Duration.ZERO, isThere::next)).isCompletedWithValue(Optional.empty());
                assertThat(job(uid).status()).isEqualTo(JobStatus.QUEUED);
            }
            Job given = polls.next("w1", Duration.ZERO, () -> true).join().orElseThrow();

            assertThat(given.uid()).isEqualTo(uid);
            assertThat(given.attempt()).isEqualTo(5);
            assertThat(job(uid).unconfirmed()).isZero();
            assertThat(job(uid).failureKind()).isNull();
        }
    }

    @Test
    void noJobIsTakenForACallerWhoHasGone() {
        String uid = submit("{}");
        try (LongPolls polls = new LongPolls(queue)) {
            polls.next("gone", Duration.ZERO, () -> false);
        }

        assertThat(job(uid).attempt()).isZero();
    }

    @Test
    void aWorkerThatRunsAnOlderAttemptIsToldToStopItAlsoWhereItHasTheNewOne() {
        String uid = running("w1");
        pass(61);
        assertThat(claim("w1").orElseThrow().attempt()).isEqualTo(2);

        assertThat(beatOfAttempt("w1", uid, 1).stop()).containsExactly(uid);
        assertThat(beatOfAttempt("w1", uid, 2).stop()).isEmpty();
        confirm(uid, 2);
        assertThat(beatOfAttempt("w1", uid, 1).stop()).containsExactly(uid);
        assertThat(beatOfAttempt("w1", uid, 2).stop()).isEmpty();
        assertThat(job(uid).status()).isEqualTo(JobStatus.RUNNING);
    }

    @Test
    void anOlderAttemptThatIsListedDoesNotKeepTheNewOneWaitingForItsStart() {
        String uid = running("w1");
        pass(61);
        claim("w1").orElseThrow(); // its answer is lost
        for (int beat = 0; beat < 7; beat++) {
            pass(9);
            beatOfAttempt("w1", uid, 1);
        }

        assertThat(job(uid).status()).isEqualTo(JobStatus.QUEUED);
        assertThat(job(uid).failureKind()).isEqualTo("not_started");
    }

    @Test
    void aWorkerThatSaysThatItPreparesAJobHasMoreTimeToConfirm() {
        String uid = submit("{}");
        claim("w1");
        pass(50);
        beat("w1", uid);
        pass(50);

        assertThat(job(uid).status()).isEqualTo(JobStatus.ASSIGNED);
        assertThat(confirm(uid, 1).status()).isEqualTo(JobStatus.RUNNING);
    }

    @Test
    void aConfirmationThatIsLateCountsWhileTheJobWasGivenToNobodyElse() {
        String uid = submit("{}");
        claim("w1");
        pass(61);
        assertThat(job(uid).status()).isEqualTo(JobStatus.QUEUED);

        assertThat(confirm(uid, 1).status()).isEqualTo(JobStatus.RUNNING);
        assertThat(claim("w2")).isEmpty();
    }

    @Test
    void aWorkerThatWasRestartedAndListsItsJobNoMoreLosesItAtTheSecondBeat() {
        String uid = running("w1");
        pass(9);
        beat("w1");
        beat("w1");
        assertThat(job(uid).status()).isEqualTo(JobStatus.RUNNING); // it may not know its job yet
        pass(2);

        beat("w1");
        assertThat(job(uid).status()).isEqualTo(JobStatus.RUNNING);
        beat("w1");

        assertThat(job(uid).status()).isEqualTo(JobStatus.QUEUED);
    }

    @Test
    void aBeatThatListsAJobBetweenTwoThatDoNotKeepsIt() {
        String uid = running("w1");
        pass(11);

        beat("w1");
        beat("w1", uid);
        beat("w1");

        assertThat(job(uid).status()).isEqualTo(JobStatus.RUNNING);
    }

    @Test
    void aBeatThatDoesNotSayWhatRunsTakesNothingAway() {
        String uid = running("w1");
        pass(11);

        for (int beat = 0; beat < 3; beat++) {
            queue.beat(Heartbeat.of((ObjectNode) Json.tree("{\"host_id\": \"w1\"}")));
        }

        assertThat(job(uid).status()).isEqualTo(JobStatus.RUNNING);
    }

    @Test
    void afterARestartOfTheServerEachLeaseBeginsAnew() throws IOException {
        String uid = running("w1");
        nanos.addAndGet(Duration.ofSeconds(59).toNanos());
        close();
        open();

        pass(59);
        assertThat(job(uid).status()).isEqualTo(JobStatus.RUNNING);
        pass(2);
        assertThat(job(uid).status()).isEqualTo(JobStatus.QUEUED);
    }

    @Test
    void aRunningJobThatIsCancelledKeepsItsDeviceUntilTheWorkerConfirmsOrAMinuteHasPassed() {
        String confirmed = running("w1");
        String silent = running("w2");

        assertThat(cancel(confirmed).isStopping()).isTrue();
        assertThat(cancel(silent).isStopping()).isTrue();
        assertThat(beat("w1", confirmed).stop()).containsExactly(confirmed);
        assertThat(report(confirmed, 1, true).status()).isEqualTo(JobStatus.CANCELLED);
        pass(61);

        assertThat(job(confirmed).isStopping()).isFalse();
        assertThat(job(silent).isStopping()).isFalse();
        assertThat(job(silent).status()).isEqualTo(JobStatus.CANCELLED);
    }

    @Test
    void aJobThatIsPausedWhileItRunsStaysWithAWorkerThatCanPause() {
        String uid = running("w1");
        assertThatThrownBy(() -> queue.pause(uid)).isInstanceOf(Failure.class);

        pause(uid);
        assertThat(beat("w1", uid).pause()).containsExactly(uid);
        Job resumed = queue.apply(uid, new JobEvent.ResumeRequested());

        assertThat(resumed.status()).isEqualTo(JobStatus.RUNNING);
        assertThat(beat("w1", uid).pause()).isEmpty();
    }

    @Test
    void aPausedJobWaitsForAWorkerThatIsSilentUntilItIsResumed() {
        String uid = running("w1");
        pause(uid);
        pass(600);
        assertThat(job(uid).status()).isEqualTo(JobStatus.PAUSED);
        assertThat(beat("w1", uid).pause()).containsExactly(uid);
        pass(600);

        queue.apply(uid, new JobEvent.ResumeRequested());
        pass(60);
        assertThat(job(uid).status()).isEqualTo(JobStatus.RUNNING);
        pass(1);

        assertThat(job(uid).status()).isEqualTo(JobStatus.QUEUED);
        assertThat(job(uid).retryCount()).isEqualTo(1);
    }

    @Test
    void aPausedJobThatItsWorkerHasNoMoreIsNotGivenToAnotherBeforeItIsResumed() {
        String uid = running("w1");
        pause(uid);
        pass(11);
        beat("w1");
        beat("w1");

        assertThat(job(uid).status()).isEqualTo(JobStatus.PAUSED);
        assertThat(claim("w2")).isEmpty();
        assertThat(beat("w1", uid).stop()).containsExactly(uid);
        queue.apply(uid, new JobEvent.ResumeRequested());
        assertThat(claim("w2").orElseThrow().attempt()).isEqualTo(2);
    }

    @Test
    void aPausedJobOfASilentWorkerCanBeCancelled() {
        String uid = running("w1");
        pause(uid);
        pass(600);

        assertThat(cancel(uid).isStopping()).isTrue();
        pass(61);

        assertThat(job(uid).isStopping()).isFalse();
        assertThat(job(uid).status()).isEqualTo(JobStatus.CANCELLED);
    }

    private void pause(String uid) {
        devices.beat(beatOf("{\"host_id\": \"w1\", \"can_pause\": true}"));
        queue.pause(uid);
    }

    @Test
    void aRetriedJobIsANewAttemptForWhichTheOldWorkerCannotReport() {
        String uid = running("w1");
        report(uid, 1, false);
        assertThat(notifications.list(true, 10).get(0)).containsEntry("type", "job_failed");
        queue.apply(uid, new JobEvent.RetryRequested());

        assertConflict(() -> report(uid, 1, true));
        assertThat(beat("w1", uid).stop()).containsExactly(uid);
        assertThat(claim("w2").orElseThrow().attempt()).isEqualTo(2);
    }

    private String submit(String fields) {
        ObjectNode body = (ObjectNode) Json.tree(fields);
        body.put("config", "a: 1");
        return submissions
                .submit(body, new Submissions.Identity(null, new byte[0]))
                .path("job")
                .path("experiment_uid")
                .asText();
    }

    private String running(String host) {
        String uid = submit("{}");
        queue.hear(host);
        assertThat(claim(host).orElseThrow().uid()).isEqualTo(uid);
        assertThat(confirm(uid, 1).status()).isEqualTo(JobStatus.RUNNING);
        return uid;
    }

    private Optional<Job> claim(String host) {
        return queue.claim(host, () -> true);
    }

    private Job confirm(String uid, int attempt) {
        return queue.apply(uid, new JobEvent.Confirmed(attempt, null, 1L));
    }

    private Job report(String uid, int attempt, boolean isSuccess) {
        return queue.apply(uid, new JobEvent.Reported(attempt, null, isSuccess, null, null));
    }

    private Job cancel(String uid) {
        return queue.apply(uid, new JobEvent.CancelRequested());
    }

    private JobQueue.Orders beat(String host, String... jobs) {
        return queue.beat(
                beatOf("{\"host_id\": \"" + host + "\", \"active_jobs\": " + Json.text(Arrays.asList(jobs)) + "}"));
    }

    private JobQueue.Orders beatOfAttempt(String host, String uid, int attempt) {
        return queue.beat(beatOf("{\"host_id\": \"" + host + "\", \"active_jobs\": [\"" + uid + "\"], \"attempts\": {\""
                + uid + "\": " + attempt + "}}"));
    }

    private static Heartbeat beatOf(String json) {
        return Heartbeat.of((ObjectNode) Json.tree(json));
    }

    private Job job(String uid) {
        return queue.transactions()
                .read(handle -> queue.store().find(handle, uid))
                .orElseThrow();
    }

    private void pass(int seconds) {
        for (int second = 0; second < seconds; second++) {
            freeze(1);
        }
    }

    /** The server does nothing for so long. */
    private void freeze(int seconds) {
        nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
        queue.tick();
    }

    private static void assertConflict(Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.status()).isEqualTo(409));
    }
}
