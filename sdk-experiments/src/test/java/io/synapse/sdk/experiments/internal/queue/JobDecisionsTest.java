package io.synapse.sdk.experiments.internal.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.synapse.sdk.experiments.internal.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobDecisionsTest {
    private static final Map<String, JobEvent> EVENTS = Map.ofEntries(
            Map.entry("confirmed", new JobEvent.Confirmed(1, "h", 7L)),
            Map.entry("confirmedOld", new JobEvent.Confirmed(0, "h", 7L)),
            Map.entry("confirmedBare", new JobEvent.Confirmed(null, null, 7L)),
            Map.entry("confirmedElsewhere", new JobEvent.Confirmed(1, "other", 7L)),
            Map.entry("succeeded", new JobEvent.Reported(1, "h", true, 0, null)),
            Map.entry("failed", new JobEvent.Reported(1, "h", false, 1, "Exit code: 1")),
            Map.entry("succeededOld", new JobEvent.Reported(0, "h", true, 0, null)),
            Map.entry("succeededBare", new JobEvent.Reported(null, null, true, null, null)),
            Map.entry("cancel", new JobEvent.CancelRequested()),
            Map.entry("pause", new JobEvent.PauseRequested(false)),
            Map.entry("pauseByWorker", new JobEvent.PauseRequested(true)),
            Map.entry("resume", new JobEvent.ResumeRequested()),
            Map.entry("retry", new JobEvent.RetryRequested()),
            Map.entry("prioritize", new JobEvent.PriorityRequested(Priority.NORMAL)),
            Map.entry("silent", new JobEvent.HostSilent()),
            Map.entry("notListed", new JobEvent.NotListed()),
            Map.entry("listed", new JobEvent.Listed()),
            Map.entry("undelivered", new JobEvent.NotDelivered(1)),
            Map.entry("undeliveredOld", new JobEvent.NotDelivered(0)),
            Map.entry("unconfirmed", new JobEvent.ConfirmOverdue()),
            Map.entry("stopped", new JobEvent.Stopped()));

    /** A job in attempt 1; "held" by the machine h, or by none. */
    @ParameterizedTest(name = "{0} {1} {2}: {3}")
    @CsvSource({
        "QUEUED,     free, confirmed,          409",
        "QUEUED,     held, confirmed,          Run",
        "QUEUED,     free, succeeded,          409",
        "QUEUED,     free, succeededBare,      409",
        "QUEUED,     held, succeeded,          End COMPLETED",
        "QUEUED,     free, cancel,             Cancel at once",
        "QUEUED,     held, cancel,             Cancel at once",
        "QUEUED,     free, pause,              Pause",
        "QUEUED,     free, resume,             400",
        "QUEUED,     free, retry,              409",
        "QUEUED,     free, prioritize,         Prioritize",
        "QUEUED,     free, listed,             Stand",
        "QUEUED,     held, listed,             GoOn",
        "QUEUED,     held, silent,             Stand",
        "QUEUED,     held, unconfirmed,        Stand",
        "ASSIGNED,   held, confirmed,          Run",
        "ASSIGNED,   held, confirmedBare,      Run",
        "ASSIGNED,   held, confirmedOld,       409",
        "ASSIGNED,   held, confirmedElsewhere, 409",
        "ASSIGNED,   held, succeeded,          End COMPLETED",
        "ASSIGNED,   held, cancel,             Cancel at once",
        "ASSIGNED,   held, pauseByWorker,      400",
        "ASSIGNED,   held, prioritize,         400",
        "ASSIGNED,   held, silent,             Requeue WORKER_LOST",
        "ASSIGNED,   held, notListed,          Stand",
        "ASSIGNED,   held, unconfirmed,        Requeue NOT_STARTED",
        "ASSIGNED,   held, undelivered,        Requeue NOT_DELIVERED",
        "ASSIGNED,   held, undeliveredOld,     Stand",
        "QUEUED,     held, undelivered,        Stand",
        "RUNNING,    held, undelivered,        Stand",
        "RUNNING,    held, confirmed,          Stand",
        "RUNNING,    held, confirmedBare,      400",
        "RUNNING,    held, confirmedOld,       409",
        "RUNNING,    held, succeeded,          End COMPLETED",
        "RUNNING,    held, succeededBare,      End COMPLETED",
        "RUNNING,    held, failed,             End FAILED",
        "RUNNING,    held, succeededOld,       409",
        "RUNNING,    held, cancel,             Cancel and stop",
        "RUNNING,    held, pause,              400",
        "RUNNING,    held, pauseByWorker,      Pause",
        "RUNNING,    held, retry,              409",
        "RUNNING,    held, silent,             Requeue WORKER_LOST",
        "RUNNING,    held, notListed,          Requeue WORKER_LOST",
        "RUNNING,    held, listed,             Stand",
        "RUNNING,    held, unconfirmed,        Stand",
        "PAUSED,     free, resume,             Resume QUEUED",
        "PAUSED,     held, resume,             Resume RUNNING",
        "PAUSED,     free, cancel,             Cancel at once",
        "PAUSED,     held, cancel,             Cancel and stop",
        "PAUSED,     held, succeeded,          End COMPLETED",
        "PAUSED,     held, failed,             End FAILED",
        "PAUSED,     held, silent,             Stand",
        "PAUSED,     held, notListed,          Requeue WORKER_LOST paused",
        "PAUSED,     held, listed,             Stand",
        "PAUSED,     free, succeeded,          409",
        "PAUSED,     free, pause,              400",
        "PAUSED,     free, prioritize,         Prioritize",
        "COMPLETED,  free, succeeded,          Stand",
        "COMPLETED,  free, failed,             Stand",
        "COMPLETED,  free, succeededOld,       409",
        "COMPLETED,  free, confirmed,          409",
        "COMPLETED,  free, cancel,             409",
        "COMPLETED,  free, retry,              409",
        "FAILED,     free, cancel,             409",
        "FAILED,     free, retry,              Requeue RETRIED",
        "CANCELLED,  free, cancel,             409",
        "CANCELLED,  free, succeeded,          Stand",
        "CANCELLED,  held, succeeded,          Release",
        "CANCELLED,  held, stopped,            Release",
        "CANCELLED,  held, retry,              409",
        "CANCELLED,  free, retry,              Requeue RETRIED",
        "CANCELLED,  free, confirmed,          409",
        "EXPIRED,    free, cancel,             409",
    })
    void theTableOfTheQueueHolds(JobStatus status, String holder, String event, String expected) {
        Verdict verdict = JobDecisions.decide(job(status, holder.equals("held")), EVENTS.get(event));

        assertThat(words(verdict)).isEqualTo(expected);
    }

    @Test
    void nothingButARetryLeadsOutOfATerminalState() {
        List<String> others = new ArrayList<>(EVENTS.keySet());
        others.remove("retry");
        for (JobStatus status : JobStatus.values()) {
            for (String event : status.isTerminal() ? others : List.<String>of()) {
                Verdict verdict = JobDecisions.decide(job(status, false), EVENTS.get(event));
                assertThat(verdict)
                        .as("%s %s", status, event)
                        .isInstanceOfAny(Verdict.Stand.class, Verdict.Refuse.class);
            }
        }
    }

    @Test
    void aProgramThatFailsIsRetriedOnlyWhenThatWasAskedForAndAsOftenAsItMayBe() {
        JobEvent failure = EVENTS.get("failed");

        assertThat(words(JobDecisions.decide(retried(2), failure))).isEqualTo("Requeue PROGRAM_FAILED");
        assertThat(words(JobDecisions.decide(retried(3), failure))).isEqualTo("End FAILED");
        assertThat(words(JobDecisions.decide(job(JobStatus.PAUSED, "h", 1, 2, true), failure)))
                .isEqualTo("Requeue PROGRAM_FAILED paused");
    }

    @Test
    void aJobThatWasNeverGivenAwayCanBeReportedByAWorkerThatKnowsNoAttempts() {
        Job job = job(JobStatus.QUEUED, null, 0, 0, false);

        assertThat(words(JobDecisions.decide(job, EVENTS.get("succeededBare")))).isEqualTo("End COMPLETED");
    }

    private static String words(Verdict verdict) {
        if (verdict instanceof Verdict.Refuse refusal) {
            return Integer.toString(refusal.status());
        }
        String name = verdict.getClass().getSimpleName();
        if (verdict instanceof Verdict.End end) {
            return name + " " + end.status();
        }
        if (verdict instanceof Verdict.Requeue requeue) {
            return name + " " + requeue.cause() + (requeue.status() == JobStatus.PAUSED ? " paused" : "");
        }
        if (verdict instanceof Verdict.Cancel cancel) {
            return name + (cancel.isStopping() ? " and stop" : " at once");
        }
        return verdict instanceof Verdict.Resume resume ? name + " " + resume.status() : name;
    }

    private static Job job(JobStatus status, boolean isHeld) {
        return job(status, isHeld ? "h" : null, 1, 0, false);
    }

    private static Job retried(int retries) {
        return job(JobStatus.RUNNING, "h", 1, retries, true);
    }

    private static Job job(JobStatus status, String host, int attempt, int retries, boolean isRetriedOnFailure) {
        boolean isStopping = status == JobStatus.CANCELLED && host != null;
        return new Job(
                1,
                "u",
                "n",
                "p",
                "c",
                status,
                Priority.NORMAL,
                Json.tree("{}"),
                null,
                Requirements.of(null, "any"),
                3,
                isRetriedOnFailure,
                host,
                host,
                null,
                attempt,
                retries,
                0,
                isStopping,
                null,
                null,
                null,
                "t",
                null,
                null,
                null);
    }
}
