package io.synapse.sdk.embedded.internal.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.synapse.sdk.JobStatus;
import io.synapse.sdk.embedded.internal.Database;
import io.synapse.sdk.embedded.internal.backend.JobRequest;
import io.synapse.sdk.embedded.internal.backend.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What crashes at the worst moments, reused process numbers and a failing disk must not make of a job. */
@Timeout(60)
class JobRunnerTest {
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

    @Test
    void aLaunchThatACrashCutShortIsMadeUpFor() throws IOException {
        left("echo ran", JobRecord.pending("job", 1).started(Instant.now()));

        open();

        assertThat(awaitEnd("job").status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(jobs.log("job")).hasContent("ran\n");
    }

    /** An agent that dies after the launch but before it knows of it asks for the job a second time. */
    @Test
    void aJobRunsOnceHoweverOftenItIsLaunched() throws IOException, InterruptedException {
        JobProcesses processes = new JobProcesses(directory, Optional.empty());
        JobFiles files = new JobFiles(directory.resolve("jobs").resolve("job"));
        List<Process> launches = List.of(
                processes.start(request("echo ran; sleep 0.2"), files),
                processes.start(request("echo ran; sleep 0.2"), files),
                processes.start(request("echo ran; sleep 0.2"), files));

        for (Process launch : launches) {
            launch.waitFor();
        }

        assertThat(files.log()).hasContent("ran\n");
        assertThat(files.exit()).isPresent();
    }

    @Test
    void aClaimThatWasWithdrawnCannotBeMade() throws IOException, InterruptedException {
        JobProcesses processes = new JobProcesses(directory, Optional.empty());
        JobFiles files = new JobFiles(directory.resolve("jobs").resolve("job"));
        assertThat(files.withdraw()).isTrue();

        assertThat(processes.start(request("echo ran"), files).waitFor()).isEqualTo(71);

        assertThat(files.log()).doesNotExist();
        assertThat(files.claim()).isEmpty();
        assertThat(files.withdraw()).isTrue();
    }

    /** Its number given to another process since, a job is over, and the other process is left alone. */
    @Test
    void aStrangerWithTheNumberOfAJobsProcessIsLeftAlone() throws IOException {
        Process stranger = new ProcessBuilder("setsid", "sleep", "300").start();
        try {
            String boot =
                    Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
            JobRecord stopping = JobRecord.pending("stopping", 1)
                    .started(Instant.now())
                    .process(new ProcessIdentity(stranger.pid(), boot + ":1"))
                    .stopping();
            JobRecord running = JobRecord.pending("running", 2)
                    .started(Instant.now())
                    .process(new ProcessIdentity(stranger.pid(), boot + ":1"));
            left("true", stopping, running);
            Files.createDirectories(directory.resolve("jobs/stopping"));
            Files.createDirectories(directory.resolve("jobs/running"));
            Files.writeString(directory.resolve("jobs/stopping/claim"), stranger.pid() + " " + boot + ":1\n");
            Files.writeString(directory.resolve("jobs/running/claim"), stranger.pid() + " " + boot + ":1\n");

            open();

            assertThat(awaitEnd("stopping").status()).isEqualTo(JobStatus.STOPPED);
            assertThat(awaitEnd("running").status()).isEqualTo(JobStatus.FAILED);
            assertThat(awaitEnd("running").exitCode()).isNull();
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void filesOfADeletionThatACrashCutShortAreDeleted() throws IOException {
        Path leftover = Files.createDirectories(directory.resolve("jobs/deleted"));
        Files.writeString(leftover.resolve("exit"), "0 1\n");
        try (Database before = Database.open(directory.resolve("agent.db"), Database.Schema.OF_AGENT)) {
            new JobStore(before.jdbi()).delete("deleted");
        }

        open();

        assertThat(leftover).doesNotExist();
        await().until(() -> isEmpty(directory.resolve("jobs/.deleted")));
    }

    /** As when the database is lost: what is there may be all that is left of a job. */
    @Test
    void aFolderThatNoRecordNamesIsKept() throws IOException {
        Path unknown = Files.createDirectories(directory.resolve("jobs/unknown"));
        Files.writeString(unknown.resolve("log"), "precious\n");

        open();

        assertThat(unknown.resolve("log")).hasContent("precious\n");
    }

    /** Its claim and exit code are those of another job. */
    @Test
    void aJobDoesNotTakeAFolderOverThatNoRecordNames() throws IOException {
        Path unknown = Files.createDirectories(directory.resolve("jobs/again"));
        Files.writeString(unknown.resolve("claim"), "1 00000000-0000-0000-0000-000000000000:1\n");
        Files.writeString(unknown.resolve("exit"), "0 1\n");
        Files.writeString(unknown.resolve("log"), "precious\n");
        open();

        jobs.submit(request("echo ran; exit 7", "again"));

        assertThat(awaitEnd("again").exitCode()).isEqualTo(7);
        assertThat(jobs.log("again")).hasContent("ran\n");
        try (Stream<Path> kept = Files.walk(directory.resolve("jobs/.unknown"))) {
            assertThat(kept.filter(file -> file.endsWith("log")))
                    .singleElement()
                    .satisfies(log -> assertThat(log).hasContent("precious\n"));
        }
    }

    /** As Go's module cache: it cannot be deleted as it is (but by root). */
    @Test
    void readOnlyFoldersOfAJobAreDeletedAndItsIdIsFree() throws IOException {
        open();
        jobs.submit(request("mkdir -p cache/in && touch cache/in/file && chmod -R a-w cache", "id"), brought());
        assertThat(awaitEnd("id").status()).isEqualTo(JobStatus.SUCCEEDED);

        jobs.delete("id");

        jobs.submit(request("exit 7", "id"));
        assertThat(awaitEnd("id").exitCode()).isEqualTo(7);
        await().until(() -> isEmpty(directory.resolve("jobs/.deleted")));
    }

    @Test
    void aJobWhoseChildStillWritesCanBeDeleted() throws IOException {
        open();
        Path stop = directory.resolve("stop");
        String child = "(n=0; while [ ! -e " + stop + " ]; do n=$((n+1)); echo $n >file-$n; sleep 0.01; done) &";
        jobs.submit(request("setsid sh -c '" + child + "'", "id"), brought());
        assertThat(awaitEnd("id").status()).isEqualTo(JobStatus.SUCCEEDED);

        jobs.delete("id");

        assertThat(jobs.find("id")).isEmpty();
        assertThat(directory.resolve("jobs/id")).doesNotExist();
        Files.createFile(stop);
        await().until(() -> isEmpty(directory.resolve("jobs/.deleted")));
    }

    @Test
    void whatCannotBeReadOfAJobIsAnUnknownOutcomeAndTouchesNoOther() throws IOException {
        String boot =
                Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
        for (String id : List.of("empty-claim", "odd-claim", "empty-exit", "odd-exit")) {
            Path folder = Files.createDirectories(directory.resolve("jobs").resolve(id));
            String claim = id.equals("empty-claim") ? "" : id.equals("odd-claim") ? "x y z" : "1 " + boot + ":1\n";
            Files.writeString(folder.resolve("claim"), claim);
            Files.writeString(folder.resolve("exit"), id.equals("odd-exit") ? "three" : "");
            left("true", JobRecord.pending(id, 1).started(Instant.now()));
        }
        left("exit 3", JobRecord.pending("good", 2));

        open();

        for (String id : List.of("empty-claim", "odd-claim", "empty-exit", "odd-exit")) {
            assertThat(awaitEnd(id).message()).startsWith("The outcome of the job is unknown");
            assertThat(awaitEnd(id).status()).isEqualTo(JobStatus.FAILED);
        }
        assertThat(awaitEnd("good").exitCode()).isEqualTo(3);
    }

    @Test
    void aSubmissionThatCannotBePutOnRecordIsNotThere() throws IOException {
        open();
        breakTheDisk();

        assertThatThrownBy(() -> jobs.submit(request("echo secret")))
                .isInstanceOf(RuntimeException.class)
                .message()
                .doesNotContain("secret");

        assertThat(jobs.list()).isEmpty();
        mend();
        jobs.submit(request("echo ran"));
        assertThat(jobs.list()).hasSize(1);
    }

    @Test
    void anEndThatCannotBePutOnRecordIsPutOnRecordLater() throws IOException {
        open();
        String id = jobs.submit(request("sleep 0.5; exit 3")).id();
        await().until(() -> jobs.find(id).orElseThrow().process() != null);
        breakTheDisk();
        await().until(() ->
                new JobFiles(directory.resolve("jobs").resolve(id)).exit().isPresent());
        assertThat(jobs.find(id).orElseThrow().status()).isEqualTo(JobStatus.RUNNING);

        mend();

        assertThat(awaitEnd(id).exitCode()).isEqualTo(3);
    }

    @Test
    void aFolderThatIsSubmittedIsTheJobsUntilItIsDeleted() throws IOException {
        open();
        Path folder = Files.createDirectory(directory.resolve("brought"));
        Files.writeString(folder.resolve("words"), "brought along\n");

        String id = jobs.submit(request("cat words; pwd -P"), folder).id();

        assertThat(awaitEnd(id).status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(folder).doesNotExist();
        Path own = directory.resolve("jobs").resolve(id).resolve("files").toRealPath();
        assertThat(jobs.log(id)).hasContent("brought along\n" + own + "\n");
        jobs.delete(id);
        assertThat(own).doesNotExist();
    }

    @Test
    void aFolderThatIsSubmittedUnderAnIdThatIsTakenStaysWhereItIs() throws IOException {
        open();
        jobs.submit(request("echo first", "taken"));
        Path folder = Files.createDirectory(directory.resolve("brought"));

        assertThatThrownBy(() -> jobs.submit(request("echo second", "taken"), folder))
                .isInstanceOf(RefusedException.class);

        assertThat(folder).isEmptyDirectory();
        awaitEnd("taken");
        assertThat(jobs.log("taken")).hasContent("first\n");
    }

    /** Its folder was moved already when the disk failed; the next one takes its place. */
    @Test
    void aFolderWhoseJobDidNotComeOnRecordIsInNobodysWay() throws IOException {
        open();
        Path first = Files.createDirectory(directory.resolve("first"));
        Files.createFile(first.resolve("of-the-first"));
        breakTheDisk();
        assertThatThrownBy(() -> jobs.submit(request("ls", "job"), first)).isInstanceOf(RuntimeException.class);
        mend();
        Path second = Files.createDirectory(directory.resolve("second"));
        Files.createFile(second.resolve("of-the-second"));

        jobs.submit(request("ls", "job"), second);

        assertThat(awaitEnd("job").status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(jobs.log("job")).hasContent("of-the-second\n");
    }

    private Path brought() throws IOException {
        return Files.createDirectory(directory.resolve("brought"));
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    /** As where a shell finds no room on the disk, or cannot start a process. */
    @Test
    void aJobWhoseShellEndsBeforeItBeginsWaitsAndIsTriedAgain() throws IOException {
        open();
        Path script = directory.resolve("run-job.sh");
        String working = Files.readString(script);
        Files.writeString(script, "exit 70");
        JobRecord job = jobs.submit(request("echo ran"));

        await().until(() -> jobs.message(jobs.find(job.id()).orElseThrow())
                .contains("cannot start another now, and tries again: the shell"));
        assertThat(jobs.find(job.id()).orElseThrow().status()).isEqualTo(JobStatus.PENDING);
        Files.writeString(script, working);

        assertThat(awaitEnd(job.id()).status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(jobs.log(job.id())).hasContent("ran\n");
    }

    /** As where the shell that has the claim cannot start another process. */
    @Test
    void aJobWhoseShellEndsAfterTheClaimButBeforeItBeginsIsTriedAgain() throws IOException {
        open();
        Path script = directory.resolve("run-job.sh");
        String working = Files.readString(script);
        assertThat(working).contains("trap end EXIT\n");
        Files.writeString(script, working.replace("trap end EXIT\n", "trap end EXIT\nexit 2\n"));
        JobRecord job = jobs.submit(request("echo ran"));

        await().until(() -> jobs.message(jobs.find(job.id()).orElseThrow())
                .contains("cannot start another now, and tries again: the shell"));
        Files.writeString(script, working);

        assertThat(awaitEnd(job.id()).status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(jobs.log(job.id())).hasContent("ran\n");
    }

    private void open() throws IOException {
        database = Database.open(directory.resolve("agent.db"), Database.Schema.OF_AGENT);
        jobs = new JobRunner(directory, database.jdbi(), JobOptions.of(null, false), Clock.systemUTC());
    }

    /** Puts jobs on record that an agent before left. */
    private void left(String entrypoint, JobRecord... records) throws IOException {
        try (Database before = Database.open(directory.resolve("agent.db"), Database.Schema.OF_AGENT)) {
            JobStore store = new JobStore(before.jdbi());
            List.of(records).forEach(job -> store.add(job, request(entrypoint)));
        }
    }

    private JobRecord awaitEnd(String id) {
        return await().until(
                        () -> jobs.find(id).orElseThrow(), job -> job.status().isTerminal());
    }

    /** Every write fails, as on a full disk. */
    private void breakTheDisk() {
        database.jdbi()
                .useHandle(handle -> List.of("INSERT", "UPDATE")
                        .forEach(change -> handle.execute("CREATE TRIGGER broken_" + change + " BEFORE " + change
                                + " ON job BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END")));
    }

    private void mend() {
        database.jdbi()
                .useHandle(handle ->
                        List.of("INSERT", "UPDATE").forEach(change -> handle.execute("DROP TRIGGER broken_" + change)));
    }

    private static JobRequest request(String entrypoint) {
        return JobRequest.parse(JsonNodeFactory.instance.objectNode().put("entrypoint", entrypoint));
    }

    private static JobRequest request(String entrypoint, String id) {
        return JobRequest.parse(JsonNodeFactory.instance
                .objectNode()
                .put("entrypoint", entrypoint)
                .put("submission_id", id));
    }
}
