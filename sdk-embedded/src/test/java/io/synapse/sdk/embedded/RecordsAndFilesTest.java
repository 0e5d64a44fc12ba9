package io.synapse.sdk.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.synapse.sdk.embedded.Tail.Protocol;
import io.synapse.sdk.embedded.internal.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to records, logs and exit codes when the disk, or whoever works on it, does what it should not. */
@Timeout(120)
@Tag("one-jdk")
class RecordsAndFilesTest {
    private static final String TOKEN = "records";

    @TempDir
    private Path folder;

    private final List<AgentProcess> agents = new ArrayList<>();

    /** Jobs outlive their agent: until the last has put its end on record, the folder cannot be removed. */
    @AfterEach
    void stop() {
        agents.forEach(AgentProcess::close);
        await().until(() -> ProcessHandle.allProcesses()
                .noneMatch(process -> process.info().commandLine().orElse("").contains(folder.toString())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", "empty"})
    void withoutItsRecordsAnAgentKeepsTheFoldersOfJobs(String how) throws Exception {
        Path data = folder.resolve("data");
        AgentProcess first = start(data);
        Caller caller = caller(first);
        String over = caller.submit("echo precious");
        caller.awaitEnd(over);
        Path go = folder.resolve("go");
        String running = caller.submit("echo running; while [ ! -e " + go + " ]; do sleep 0.1; done");
        caller.awaitPid(running);
        first.close();
        first.awaitExit();
        try (Stream<Path> files = Files.list(data)) {
            for (Path file : files.filter(each -> each.getFileName().toString().startsWith("agent.db"))
                    .toList()) {
                Files.delete(file);
            }
        }
        if (how.equals("empty")) {
            Files.createFile(data.resolve("agent.db"));
        }

        AgentProcess second = start(data);

        assertThat(caller(second).get("jobs/").json()).isEmpty();
        assertThat(data.resolve("jobs").resolve(over).resolve("log")).hasContent("precious\n");
        assertThat(data.resolve("jobs").resolve(running).resolve("log")).hasContent("running\n");
        assertThat(second.err()).contains("kept 2 folders of jobs that are not on record");
        Files.createFile(go);
    }

    @Test
    void damagedRecordsAreSaidToBeDamagedAndNothingIsLost() throws Exception {
        Path data = folder.resolve("data");
        AgentProcess first = start(data);
        String id = caller(first).submit("echo precious");
        caller(first).awaitEnd(id);
        first.close();
        first.awaitExit();
        Files.write(data.resolve("agent.db"), new byte[4096], StandardOpenOption.WRITE);

        AgentProcess second = launch(data);

        assertThat(second.awaitExit()).isNotZero();
        assertThat(second.err()).contains("the records in " + data.toRealPath() + "/agent.db cannot be read");
        assertThat(data.resolve("jobs").resolve(id).resolve("log")).hasContent("precious\n");
    }

    @Test
    void theRecordsOfANewerAgentAreLeftAlone() throws Exception {
        Path data = folder.resolve("data");
        AgentProcess first = start(data);
        first.close();
        first.awaitExit();
        sql(data, "PRAGMA user_version = 99");

        AgentProcess second = launch(data);

        assertThat(second.awaitExit()).isNotZero();
        assertThat(second.err()).contains("are of a newer agent: their schema has version 99");
    }

    /** An agent before the schema had a version made the same tables. */
    @Test
    void recordsWithoutAVersionAreTakenOver() throws Exception {
        Path data = folder.resolve("data");
        AgentProcess first = start(data);
        String id = caller(first).submit("exit 4");
        caller(first).awaitEnd(id);
        first.close();
        first.awaitExit();
        sql(data, "DROP TABLE deleted_job");
        sql(data, "DROP INDEX job_position");
        sql(data, "PRAGMA user_version = 0");

        JsonNode job = caller(start(data)).job(id);

        assertThat(job.path("driver_exit_code").asInt()).isEqualTo(4);
    }

    @Test
    void aSecondStartInTheSameProgramDoesNotTakeTheLockAway() throws Exception {
        Path data = folder.resolve("data");
        try (EmbeddedAgent agent = EmbeddedAgent.builder().dataDirectory(data).start()) {
            assertThatThrownBy(() -> EmbeddedAgent.builder().dataDirectory(data).start())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("another agent uses the data directory");

            AgentProcess other = launch(data);

            assertThat(other.awaitExit()).isNotZero();
            assertThat(other.err()).contains("another agent uses the data directory");
            assertThat(Caller.of(agent).get("health/").status()).isEqualTo(200);
        }
        caller(start(data)).get("health/"); // once the first has gone, it is free
    }

    @Test
    void aNameThatAnAddressWouldCutIsAName() throws Exception {
        Path data = folder.resolve("what?journal_mode=OFF#%41 end");

        String id = caller(start(data)).submit("true");

        assertThat(id).isNotEmpty();
        assertThat(data.resolve("agent.db")).isRegularFile();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.filter(Files::isDirectory)).containsExactly(data);
        }
    }

    @Test
    void aLinkToAFolderWillDo() throws Exception {
        Path folderOfData = Files.createDirectory(folder.resolve("real"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), folderOfData);
        Caller caller = caller(start(link));

        caller.awaitEnd(caller.submit("true"));

        assertThat(folderOfData.resolve("agent.db")).isRegularFile();
    }

    @Test
    void aFileInThePlaceOfAFolderIsSaidToBeOne() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        Files.createFile(data.resolve("jobs"));

        AgentProcess agent = launch(data);

        assertThat(agent.awaitExit()).isNotZero();
        assertThat(agent.err()).contains(data.toRealPath() + "/jobs: it is there already and is no folder");
    }

    @Test
    void onlyTheUserOfTheAgentCanReadItsFiles() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
        Caller caller = caller(start(data));
        String id =
                caller.submit(Map.of("entrypoint", "umask", "runtime_env", Map.of("env_vars", Map.of("SECRET", "x"))));
        caller.awaitEnd(id);

        assertThat(caller.log(id)).isEqualTo("0022\n"); // the job's own files are as the agent's umask says
        try (Stream<Path> files = Files.walk(data)) {
            assertThat(files)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .as(file.toString())
                            .isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------"));
        }
    }

    /** What the disk has no room for at the end of a job was made at its start. */
    @Test
    void theExitCodeIsKeptOnAFullDiskAndASubmissionIsRefusedInWords() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(Files.createDirectory(folder.resolve("disk")))) {
            AgentProcess agent = start(disk.path());
            Caller caller = caller(agent);
            Path go = folder.resolve("go");
            String id = caller.submit("while [ ! -e " + go + " ]; do sleep 0.1; done; exit 3");
            caller.awaitPid(id);
            disk.fill();
            Files.createFile(go);

            await().until(() -> Files.readString(
                            disk.path().resolve("jobs").resolve(id).resolve("exit"))
                    .startsWith("3 ended"));
            await().until(() ->
                    caller.post("jobs/", "{\"entrypoint\":\"true\"}").status() == 507);
            assertThat(caller.post("jobs/", "{\"entrypoint\":\"true\"}").detail())
                    .isEqualTo("the disk of the agent's data directory is full");
            disk.empty();

            assertThat(caller.awaitEnd(id).path("driver_exit_code").asInt()).isEqualTo(3);
            assertThat(agent.err().lines()).hasSizeLessThan(200);
        }
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void aLogThatALinkTakesThePlaceOfEndsInAnErrorOnce(Protocol protocol) throws Exception {
        Path data = folder.resolve("data");
        Caller caller = caller(start(data));
        String id = caller.submit("echo one; sleep 300");
        caller.awaitLog(id, "one\n");
        Tail tail = Tail.open(caller, protocol, id, "");
        await().until(() -> tail.text().equals("one\n"));
        Path other = Files.writeString(folder.resolve("other"), "one\nsecrets of another\n");
        Path log = data.resolve("jobs").resolve(id).resolve("log");
        Files.delete(log);

        Files.createSymbolicLink(log, other);

        tail.awaitEnd();
        assertThat(tail.text()).isEqualTo("one\n");
        assertThat(tail.lastEvent().path("type").asText()).isEqualTo("error");
        assertThat(tail.lastEvent().path("code").asText()).isEqualTo("log_lost");
        caller.post("jobs/" + id + "/stop/", "");
        caller.awaitEnd(id);
    }

    @Test
    void whereTheDataDirectoryIsRemovedJobsAndFollowersEnd() throws Exception {
        Path data = folder.resolve("data");
        AgentProcess agent = start(data);
        Caller caller = caller(agent);
        Path go = folder.resolve("go");
        String id = caller.submit("echo one; while [ ! -e " + go + " ]; do sleep 0.1; done");
        caller.awaitLog(id, "one\n");
        Tail tail = Tail.open(caller, Protocol.HTTP, id, "");
        await().until(() -> tail.text().equals("one\n"));

        FileTree.delete(data);

        tail.awaitEnd();
        assertThat(tail.lastEvent().path("type").asText()).isEqualTo("error");
        Files.createFile(go);
        assertThat(caller.awaitEnd(id).path("message").asText()).startsWith("The outcome of the job is unknown");
        assertThat(agent.err().lines()).hasSizeLessThan(200);
    }

    private AgentProcess start(Path data) throws IOException {
        AgentProcess agent = launch(data);
        agent.awaitReady();
        return agent;
    }

    private AgentProcess launch(Path data) throws IOException {
        AgentProcess agent = AgentProcess.fromClassPath(
                Map.of("SYNAPSE_AGENT_TOKEN", TOKEN), folder, "--port", "0", "--data-dir", data.toString());
        agents.add(agent);
        return agent;
    }

    private static Caller caller(AgentProcess agent) {
        return new Caller(agent.awaitReady(), TOKEN);
    }

    private static void sql(Path data, String statement) throws SQLException {
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("agent.db"));
                Statement change = database.createStatement()) {
            change.execute(statement);
        }
    }

    /** A file system of 2 MB in memory; mounting one needs root. */
    private record SmallDisk(Path path) implements AutoCloseable {
        static SmallDisk mount(Path path) throws IOException {
            Assumptions.assumeTrue(
                    run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", path.toString()) == 0,
                    "mounting a small disk needs root");
            return new SmallDisk(path);
        }

        void fill() throws IOException {
            run("sh", "-c", "cat /dev/zero >'" + path.resolve("filler") + "' 2>/dev/null");
            assertThat(path.resolve("filler")).isNotEmptyFile();
        }

        void empty() throws IOException {
            Files.delete(path.resolve("filler"));
        }

        @Override
        public void close() throws IOException {
            run("umount", "-l", path.toString());
        }

        private static int run(String... command) throws IOException {
            return new ProcessBuilder(command)
                    .inheritIO()
                    .start()
                    .onExit()
                    .join()
                    .exitValue();
        }
    }
}
