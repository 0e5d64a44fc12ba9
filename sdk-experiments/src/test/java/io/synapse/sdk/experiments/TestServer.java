package io.synapse.sdk.experiments;

import static org.awaitility.Awaitility.await;

import io.synapse.sdk.experiment.Device;
import io.synapse.sdk.experiment.ExperimentClient;
import io.synapse.sdk.experiment.ExperimentJob;
import io.synapse.sdk.experiment.ExperimentStatus;
import io.synapse.sdk.experiment.ExperimentSubmission;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A server with a client, for tests of workers. Each worker is named as its folder, beside that of the server. */
final class TestServer implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Path folder;
    private final EmbeddedExperiments server;
    private final ExperimentClient client;

    private TestServer(Path folder, Duration workerTimeout) {
        this.folder = folder;
        server = EmbeddedExperiments.builder()
                .dataDirectory(folder.resolve("server"))
                .workerTimeout(workerTimeout)
                .start();
        client = client(server.baseUrl(), server.token());
    }

    /** Starts one, to which a worker is lost that is silent for so long. */
    static TestServer start(Path folder, Duration workerTimeout) {
        return new TestServer(folder, workerTimeout);
    }

    /** Starts one which no worker of a test is ever lost to. */
    static TestServer start(Path folder) {
        return start(folder, Duration.ofSeconds(60));
    }

    static ExperimentClient client(URI server, String token) {
        return ExperimentClient.builder()
                .baseUrl(server)
                .experimentsToken(token)
                .build();
    }

    URI address() {
        return server.baseUrl();
    }

    String token() {
        return server.token();
    }

    ExperimentClient client() {
        return client;
    }

    /** A worker whose jobs run this shell script, with the path of the config as its first argument. */
    ExperimentWorker.Builder worker(String name, String script) throws IOException {
        return TestWorkers.builder(server.baseUrl(), server.token(), folder.resolve(name), script);
    }

    /** Starts a worker in a process of its own. */
    WorkerProcess process(String name, Path script) throws IOException {
        return process(name, script, Map.of());
    }

    /** Starts one with these variables of its environment. */
    WorkerProcess process(String name, Path script, Map<String, String> environment) throws IOException {
        return WorkerProcess.start(server.baseUrl(), server.token(), folder.resolve(name), script, environment);
    }

    String submit() {
        return submit(client);
    }

    static String submit(ExperimentClient client) {
        return client.submitExperiment(
                        ExperimentSubmission.ofConfig("lr: 0.1\n").project("demo"))
                .experimentUid();
    }

    ExperimentStatus status(String uid) {
        return client.getExperimentJob(uid).status();
    }

    void awaitStatus(String uid, ExperimentStatus status) {
        await().atMost(PATIENCE).until(() -> status(uid).equals(status));
    }

    /** Waits for the end of a job. */
    ExperimentJob end(String uid) {
        return client.waitForExperiment(uid, PATIENCE);
    }

    /** What the server has of the output of a job. */
    Path log(String uid) {
        return folder.resolve("server/queue_logs/" + uid + "/terminal_log.log");
    }

    /** What it knows of the only worker. */
    Device device() {
        return client.listDevices().get(0);
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
