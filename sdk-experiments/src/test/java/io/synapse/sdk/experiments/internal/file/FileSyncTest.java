package io.synapse.sdk.experiments.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.synapse.sdk.embedded.internal.Database;
import io.synapse.sdk.experiments.internal.Failure;
import io.synapse.sdk.experiments.internal.Json;
import io.synapse.sdk.experiments.internal.NotedEvents;
import io.synapse.sdk.experiments.internal.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSyncTest {
    @TempDir
    Path folder;

    private Database database;
    private final NotedEvents events = new NotedEvents();
    private FileSync sync;
    private final Map<String, JobLookup.Job> jobs = new ConcurrentHashMap<>();
    private final List<String> changed = new ArrayList<>();

    @BeforeEach
    void open() throws IOException {
        database = TestDatabase.open(folder);
        start();
        job("j1", 1, "running");
    }

    @AfterEach
    void close() {
        database.close();
    }

    /** As after a restart of the server: nothing is known but what is on the disk. */
    private void start() throws IOException {
        sync = new FileSync(
                database.jdbi(),
                new ExperimentFolders(folder.toRealPath()),
                new HashCache(),
                uid -> Optional.ofNullable(jobs.get(uid)),
                events,
                (job, file) -> changed.add(job.project() + "/" + file));
    }

    private void job(String uid, int attempt, String state) {
        jobs.put(uid, new JobLookup.Job(uid, "demo", attempt, state));
    }

    @Test
    void aFileThatIsCutAnywhereIsResumedToTheSameBytes() throws IOException {
        byte[] whole = "zeile eins\nzweite Zeile mit Größe\n".getBytes(StandardCharsets.UTF_8);
        for (int cut = 0; cut <= whole.length; cut++) {
            String name = "cut" + cut + ".csv";
            sync.addToRun("j1", name, part(whole, 0, cut));
            start();
            FileSync.Synced rest = sync.addToRun("j1", name, part(whole, cut, whole.length));
            FileSync.Synced again = sync.addToRun("j1", name, part(whole, cut / 2, whole.length));

            assertThat(Files.readAllBytes(run(name))).as("cut at %s", cut).isEqualTo(whole);
            assertThat(rest.hash()).isEqualTo(ContentHash.of(whole)).isEqualTo(again.hash());
            assertThat(again.size()).isEqualTo(whole.length);
        }
    }

    @Test
    void partsThatAreRepeatedOrOutOfOrderLeaveEachByteOnce() throws IOException {
        Random random = new Random(7);
        byte[] whole = new byte[20_000];
        random.nextBytes(whole);
        List<int[]> parts = new ArrayList<>();
        for (int from = 0; from < whole.length; from += 997) {
            parts.add(new int[] {from, Math.min(from + 997, whole.length)});
            parts.add(new int[] {from, Math.min(from + 1500, whole.length)});
        }
        int size = 0;
        while (size < whole.length) {
            Collections.shuffle(parts, random);
            for (int[] part : parts) {
                FilePart sent = part(whole, part[0], part[1]);
                if (part[0] > size) {
                    assertConflict(() -> sync.addToJob("j1", "terminal_log.log", sent), size);
                } else {
                    size = Math.max(size, part[1]);
                    assertThat(sync.addToJob("j1", "stdout.log", sent).size()).isEqualTo(size);
                }
            }
        }
        assertThat(Files.readAllBytes(folder.resolve("queue_logs/j1/terminal_log.log")))
                .isEqualTo(whole);
    }

    @Test
    void aFileWhosePastChangedIsRefusedUntilItIsReplacedAsAWhole() throws IOException {
        byte[] first = "step,loss\n1,0.5\n".getBytes(StandardCharsets.UTF_8);
        byte[] second = "step,loss,acc\n1,0.5,\n2,0.4,0.9\n".getBytes(StandardCharsets.UTF_8);
        sync.addToRun("j1", "run.csv", part(first, 0, first.length));

        assertConflict(() -> sync.addToRun("j1", "run.csv", part(second, 16, second.length)), first.length);
        assertConflict(() -> sync.addToRun("j1", "run.csv", part(second, 0, second.length)), first.length);
        sync.addToRun("j1", "run.csv", replacement(second, 0, 20));
        assertThat(Files.readAllBytes(run("run.csv"))).as("not whole yet").isEqualTo(first);
        sync.addToRun("j1", "run.csv", replacement(second, 20, second.length));

        assertThat(Files.readAllBytes(run("run.csv"))).isEqualTo(second);
        try (var files = Files.list(folder.resolve("logs/demo"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void aPartOfAnOlderAttemptOrWithAnotherHashChangesNothing() throws IOException {
        job("j1", 2, "running");
        byte[] bytes = "x".getBytes(StandardCharsets.UTF_8);
        FilePart old = new FilePart(bytes, 0L, null, false, null, null, 1);
        FilePart broken = new FilePart(bytes, 0L, null, false, null, "0000000000000000", 2);

        assertStatus(409, () -> sync.addToJob("j1", "terminal_log.log", old));
        assertStatus(400, () -> sync.addToJob("j1", "terminal_log.log", broken));
        assertStatus(404, () -> sync.addToJob("nope", "terminal_log.log", part(bytes, 0, 1)));
        assertThat(folder.resolve("queue_logs/j1")).doesNotExist();
    }

    @Test
    void theFormWithoutOffsetAppendsLogsAndTablesAndReplacesOthers() throws IOException {
        for (String name : List.of("w_run.csv", "w_run.yaml")) {
            sync.addToRun("j1", name, original("a\n"));
            sync.addToRun("j1", name, original("b\n"));
        }
        sync.addToJob("j1", "terminal_log.log", original("a\n"));
        sync.addToJob("j1", "terminal_log.log", original("b\n"));

        assertThat(run("w_run.csv")).hasContent("a\nb\n");
        assertThat(run("w_run.yaml")).hasContent("b\n");
        assertThat(folder.resolve("queue_logs/j1/terminal_log.log")).hasContent("a\nb\n");
        assertThat(changed).contains("demo/w_run.csv", "demo/w_run.yaml");
        assertThat(sync.status("j1").runFiles()).containsOnlyKeys("w_run.csv", "w_run.yaml");
        assertThat(sync.status("j1").jobFiles().get("terminal_log.log").hash())
                .isEqualTo(ContentHash.of("a\nb\n".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void namesThatLeadElsewhereAndLinksAreRefusedAndNothingIsWrittenOutside() throws IOException {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.createSymbolicLink(folder.resolve("logs/linked"), outside);
        Files.createDirectories(folder.resolve("logs/demo"));
        Files.createSymbolicLink(folder.resolve("logs/demo/link.csv"), outside.resolve("x.csv"));
        for (String project : List.of("../esc", "linked", "..", "a/b", ".hidden", "", "x\0")) {
            jobs.put("j2", new JobLookup.Job("j2", project, 1, "running"));
            assertStatus(400, () -> sync.addToRun("j2", "run.csv", original("x")));
        }
        for (String name : List.of("../run.csv", "a/run.csv", "link.csv", ".run.csv.new", "a..b", "x".repeat(300))) {
            assertStatus(400, () -> sync.addToRun("j1", name, original("x")));
            if (!name.equals("link.csv")) {
                assertStatus(400, () -> sync.addToJob("j1", name, original("x")));
            }
        }
        try (var files = Files.walk(folder)) {
            assertThat(files.filter(file -> file.toString().contains("esc") || file.endsWith("run.csv")))
                    .isEmpty();
        }
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void aRunOfAJobThatIsNotOverIsNotWrittenByAnother() {
        sync.addToRun("j1", "run.csv", original("a\n"));
        job("j2", 1, "running");

        assertStatus(409, () -> sync.addToRun("j2", "run.csv", original("b\n")));
        job("j1", 1, "completed");
        sync.addToRun("j2", "run.csv", original("b\n"));

        assertThat(run("run.csv")).hasContent("a\nb\n");
    }

    @Test
    void eventsOfALogHaveWholeCharactersAndTheirOffset() {
        byte[] text = "aé€😀z".getBytes(StandardCharsets.UTF_8);
        StringBuilder told = new StringBuilder();
        for (int at = 0; at < text.length; at++) {
            sync.addToJob("j1", "terminal_log.log", part(text, at, at + 1));
        }
        for (String event : events.noted()) {
            if (event.startsWith("log_update")) {
                int offset = Integer.parseInt(event.replaceAll(".*\"offset\":(\\d+).*", "$1"));
                assertThat(told.toString().getBytes(StandardCharsets.UTF_8)).hasSize(offset);
                told.append(event.replaceAll(".*\"text\":\"([^\"]*)\".*", "$1"));
            }
        }
        assertThat(told).hasToString("aé€😀z");
    }

    @Test
    void logsAreReadFromAnOffset() throws IOException {
        JobLogs logs = new JobLogs(new ExperimentFolders(folder.toRealPath()));
        assertThat(logs.text("j1")).startsWith("Log files not created yet");
        sync.addToJob("j1", "stderr.log", original("oh\n"));
        sync.addToJob("j1", "stdout.log", original("0123456789"));

        assertThat(logs.read("j1", JobLogs.Stream.STDOUT, 4, 3).bytes())
                .asString()
                .isEqualTo("456");
        assertThat(logs.read("j1", JobLogs.Stream.STDOUT, 10, 3).bytes()).isEmpty();
        assertStatus(416, () -> logs.read("j1", JobLogs.Stream.STDOUT, 11, 3));
        assertStatus(404, () -> logs.read("j9", JobLogs.Stream.STDOUT, 0, 3));
        assertThat(logs.text("j1")).isEqualTo("=== STDOUT ===\n0123456789=== STDERR ===\noh\n");
    }

    @Test
    void aCheckpointOfAnOlderAttemptIsRefusedAndThatOfThePresentOneStays() {
        job("j1", 2, "running");
        sync.checkpoint("j1", (ObjectNode) Json.tree("{\"epoch\": 1}"), 2);

        assertStatus(409, () -> sync.checkpoint("j1", (ObjectNode) Json.tree("{\"epoch\": 9}"), 1));
        assertThat(checkpoint()).isEqualTo("{\"epoch\":1}");
        sync.checkpoint("j1", (ObjectNode) Json.tree("{\"epoch\": 2}"), null); // as the original's workers
        assertThat(checkpoint()).isEqualTo("{\"epoch\":2}");
    }

    private String checkpoint() {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT checkpoint FROM job_sync")
                        .mapTo(String.class)
                        .one());
    }

    private Path run(String name) {
        return folder.resolve("logs/demo").resolve(name);
    }

    @Test
    void aLogThatIsReplacedInPartsIsToldOfOnceItIsWhole() throws IOException {
        byte[] whole = "first part, second part".getBytes(StandardCharsets.UTF_8);

        sync.addToJob("j1", "terminal_log.log", replacement(whole, 0, 10));
        assertThat(events.noted()).noneMatch(event -> event.startsWith("log_update"));
        sync.addToJob("j1", "terminal_log.log", replacement(whole, 10, whole.length));

        assertThat(events.noted())
                .filteredOn(event -> event.startsWith("log_update"))
                .singleElement()
                .asString()
                .contains("first part, second part");
    }

    private static FilePart original(String text) {
        return new FilePart(text.getBytes(StandardCharsets.UTF_8), null, null, false, null, null, null);
    }

    private static FilePart part(byte[] whole, int from, int to) {
        return part(whole, from, to, null);
    }

    private static FilePart replacement(byte[] whole, int from, int to) {
        return part(whole, from, to, (long) whole.length);
    }

    private static FilePart part(byte[] whole, int from, int to, @Nullable Long total) {
        byte[] bytes = Arrays.copyOfRange(whole, from, to);
        String prefix = ContentHash.of(Arrays.copyOf(whole, from));
        return new FilePart(bytes, (long) from, prefix, total != null, total, ContentHash.of(bytes), 1);
    }

    private static void assertStatus(int status, ThrowingCallable call) {
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(call)
                .satisfies(failure -> assertThat(failure.status()).isEqualTo(status));
    }

    private static void assertConflict(ThrowingCallable call, long size) {
        assertThatExceptionOfType(Failure.class).isThrownBy(call).satisfies(failure -> {
            assertThat(failure.status()).isEqualTo(409);
            assertThat(((Map<?, ?>) failure.detail()).get("size")).isEqualTo(size);
        });
    }
}
