package io.synapse.sdk.embedded.internal.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.synapse.sdk.JobStatus;
import io.synapse.sdk.embedded.Processes;
import io.synapse.sdk.embedded.internal.Database;
import io.synapse.sdk.embedded.internal.backend.JobRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A stopped job leaves no process, whatever it did to them; what a finished one leaves is counted, and ended if asked: in
 * cgroups, and where none can be made.
 */
@Timeout(60)
class JobMembersTest {
    /** How the processes of a job are found. */
    enum Way {
        CGROUP,
        SCAN;

        Optional<Path> cgroups() {
            if (this == SCAN) {
                return Optional.empty();
            }
            Optional<Path> own = Cgroups.own();
            Assumptions.assumeTrue(own.isPresent(), "this process can make no cgroups (version 2)");
            return own;
        }
    }

    @TempDir
    private Path directory;

    private JobRunner jobs;
    private Database database;

    @AfterEach
    void stop() {
        if (jobs != null) {
            jobs.stopAll();
            jobs.close();
            database.close();
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void whatLeavesTheProcessGroupIsStopped(Way way) throws IOException {
        open(way, false);

        assertStopLeavesNothing("timeout 1000 sh -c 'echo $$; sleep 77 & echo $!; wait'", 2);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void whatLeavesTheSessionIsStopped(Way way) throws IOException {
        open(way, false);

        assertStopLeavesNothing("setsid sh -c 'echo $$; exec sleep 302' & wait", 1);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void whatLeavesTheSessionAndIgnoresTermIsKilled(Way way) throws IOException {
        open(way, false);

        assertStopLeavesNothing("setsid sh -c 'trap \"\" TERM; echo $$; while :; do sleep 0.05; done' & wait", 1);
    }

    /** A daemon has lost its parent and left the session; it has its environment still. */
    @ParameterizedTest
    @EnumSource(Way.class)
    void aDaemonIsStopped(Way way) throws IOException {
        open(way, false);

        assertStopLeavesNothing("(setsid sh -c 'echo $$; exec sleep 303' &); sleep 300", 1);
    }

    @Test
    void aDaemonWithoutItsEnvironmentIsStoppedWhereThereAreCgroups() throws IOException {
        open(Way.CGROUP, false);

        assertStopLeavesNothing("(env -i setsid sh -c 'echo $$; exec sleep 304' &); sleep 300", 1);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void whatAFinishedJobLeavesIsToldAndEndedWithTheJobsOfATemporaryAgent(Way way) throws IOException {
        open(way, false);
        JobRecord job = submit("sleep 4321 & echo $!; setsid sleep 4322 & echo $!; exit 0");

        JobRecord ended = awaitEnd(job);

        List<Long> pids = awaitPids(job, 2);
        assertThat(ended.status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(ended.message())
                .isEqualTo("Job finished successfully. 2 processes that it started were still running then.");
        assertThat(pids).allMatch(Processes::isAlive);
        jobs.stopAll();
        assertThat(pids).noneMatch(Processes::isAlive);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void whatAFinishedJobLeavesIsEndedBeforeItIsOverIfAsked(Way way) throws IOException {
        open(way, true);
        JobRecord job = submit("setsid sh -c 'trap \"\" TERM; exec sleep 306' & echo $!; exit 3");

        JobRecord ended = awaitEnd(job);

        assertThat(ended.exitCode()).isEqualTo(3);
        assertThat(ended.message()).contains("1 process that it started had to be ended after it.");
        assertThat(awaitPids(job, 1)).noneMatch(Processes::isAlive);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aJobThatLeavesNothingSaysNothingOfIt(Way way) throws IOException {
        open(way, false);

        JobRecord ended = awaitEnd(submit("sleep 0.01 & wait"));

        assertThat(ended.message()).isEqualTo("Job finished successfully.");
    }

    /** An agent after this one finds them as well. */
    @ParameterizedTest
    @EnumSource(Way.class)
    void theNextAgentStopsAllOfAJobToo(Way way) throws IOException {
        open(way, false);
        JobRecord job = submit("(setsid sh -c 'echo $$; exec sleep 305' &); sleep 300");
        List<Long> pids = awaitPids(job, 1);
        await().until(() -> jobs.find(job.id()).orElseThrow().process() != null);
        jobs.close();
        database.close();
        open(way, false);

        jobs.stop(job.id());

        assertStopped(job, pids);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aSuspendedJobStandsStillWithAllThatItStartsAndGoesOnWhereItWas(Way way) throws IOException {
        open(way, false);
        JobRecord job = submit("echo $$; setsid sh -c 'echo $$; while :; do sleep 0.01; done' &"
                + " for i in $(seq 1000); do sleep 0.01; [ -e " + directory + "/go ] && exit 5; done");
        List<Long> pids = awaitPids(job, 2);
        LocalJob local = new LocalJob(directory, job.id());

        await().until(() -> local.suspend() && pids.stream().allMatch(Processes::isSuspended));

        assertThat(jobs.find(job.id()).orElseThrow().status()).isEqualTo(JobStatus.RUNNING);
        assertThat(local.suspend()).isTrue();
        Files.createFile(directory.resolve("go"));
        local.resume();
        assertThat(awaitEnd(job).exitCode()).isEqualTo(5);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aSuspendedJobThatIsStoppedEndsInOrder(Way way) throws IOException {
        open(way, false);
        JobRecord job = submit("trap 'echo 4; exit' TERM; echo $$; while :; do sleep 0.01; done");
        awaitPids(job, 1);
        await().until(new LocalJob(directory, job.id())::suspend);

        jobs.stop(job.id());

        assertThat(awaitEnd(job).status()).isEqualTo(JobStatus.STOPPED);
        assertThat(Files.readAllLines(jobs.log(job.id()))).last().isEqualTo("4");
    }

    @Test
    void aJobThatHasNotStartedCannotBeSuspendedYet() throws IOException {
        assertThat(new LocalJob(directory, "later").suspend()).isFalse();
    }

    @Test
    void noCgroupIsLeft() throws IOException {
        Path cgroups = Way.CGROUP.cgroups().orElseThrow();
        open(Way.CGROUP, false);
        JobRecord job = submit("echo $$; sleep 300");
        awaitPids(job, 1);
        Path cgroup = Path.of(
                Files.readString(directory.resolve("jobs").resolve(job.id()).resolve("cgroup"))
                        .strip());
        assertThat(cgroup).isDirectory().hasParent(cgroups);

        jobs.stop(job.id());

        awaitEnd(job);
        assertThat(cgroup).doesNotExist();
    }

    private void open(Way way, boolean endLeftovers) throws IOException {
        database = Database.open(directory.resolve("agent.db"), Database.Schema.OF_AGENT);
        jobs = new JobRunner(
                directory, database.jdbi(), new JobOptions(null, endLeftovers, way.cgroups()), Clock.systemUTC());
    }

    private JobRecord submit(String entrypoint) throws IOException {
        return jobs.submit(
                JobRequest.parse(JsonNodeFactory.instance.objectNode().put("entrypoint", entrypoint)));
    }

    /** The numbers that a job has printed. */
    private List<Long> awaitPids(JobRecord job, int count) {
        return await().ignoreExceptions()
                .until(
                        () -> Files.readAllLines(jobs.log(job.id())).stream()
                                .map(Long::valueOf)
                                .toList(),
                        pids -> pids.size() == count);
    }

    private JobRecord awaitEnd(JobRecord job) {
        return await().until(
                        () -> jobs.find(job.id()).orElseThrow(),
                        found -> found.status().isTerminal());
    }

    /** @param count how many numbers of processes the job prints */
    private void assertStopLeavesNothing(String entrypoint, int count) throws IOException {
        JobRecord job = submit(entrypoint);
        List<Long> pids = awaitPids(job, count);

        jobs.stop(job.id());

        assertStopped(job, pids);
    }

    private void assertStopped(JobRecord job, List<Long> pids) {
        assertThat(awaitEnd(job).status()).isEqualTo(JobStatus.STOPPED);
        assertThat(pids).noneMatch(Processes::isAlive);
    }
}
