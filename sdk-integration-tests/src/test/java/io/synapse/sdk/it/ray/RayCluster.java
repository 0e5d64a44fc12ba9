package io.synapse.sdk.it.ray;

import io.synapse.sdk.ray.RayClient;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A real Ray cluster on this machine, started by {@code tools/ray-cluster}, for tests that break it; those that do not
 * share one, see {@link WithRayCluster}. What is in {@code src/test/resources/ray} can be imported by its Python. Where
 * there is no Ray, tests that start one are skipped. Safe for use by several threads.
 */
public final class RayCluster implements AutoCloseable {
    private static final Path SCRIPT = Path.of("..", "tools", "ray-cluster");
    private static final Path PYTHON_PATH = Path.of("src", "test", "resources", "ray");
    private static final long PATIENCE_SECONDS = 10;

    private final Path ray;
    private final Path folder;
    private final List<RayNode> nodes = new CopyOnWriteArrayList<>();

    private RayCluster(Path ray, Path folder) {
        this.ray = ray;
        this.folder = folder;
    }

    /** A cluster with a head node of 2 CPUs, which takes jobs. */
    public static RayCluster start() throws IOException {
        return start(RayRelease.CURRENT);
    }

    /** One of that release. */
    public static RayCluster start(RayRelease release) throws IOException {
        return start(release, List.of());
    }

    /** One that answers only to those who show the token. */
    public static RayCluster startWithToken(String token) throws IOException {
        return start(RayRelease.CURRENT, List.of("--token", token));
    }

    /** One whose processes are given these variables. */
    public static RayCluster startWith(Map<String, String> environment) throws IOException {
        return start(
                RayRelease.CURRENT,
                environment.entrySet().stream()
                        .flatMap(variable -> List.of("--env", variable.getKey() + "=" + variable.getValue()).stream())
                        .toList());
    }

    private static RayCluster start(RayRelease release, List<String> options) throws IOException {
        RayCluster cluster = new RayCluster(release.require(), Files.createTempDirectory("ray-cluster"));
        List<String> arguments = new ArrayList<>(List.of(
                "--owner",
                Long.toString(ProcessHandle.current().pid()),
                "--env",
                "PYTHONPATH=" + PYTHON_PATH.toAbsolutePath()));
        arguments.addAll(options);
        try {
            cluster.run("start", arguments.toArray(String[]::new));
            cluster.nodes.add(cluster.node("head"));
            return cluster;
        } catch (IOException e) {
            cluster.close();
            throw e;
        }
    }

    /** Of its dashboard. */
    public URI address() throws IOException {
        return URI.create(read("address"));
    }

    /** A new client, with the token if there is one; the caller closes it. */
    public RayClient client() throws IOException {
        RayClient.Builder builder = RayClient.builder().baseUrl(address());
        String token = read("token");
        return (token.isEmpty() ? builder : builder.authToken(token)).build();
    }

    public RayNode head() {
        return nodes.get(0);
    }

    /** Joins a node with 1 CPU and 1 of the resource of that name; it is alive when this returns. */
    public RayNode startNode(String name) throws IOException {
        return join(name);
    }

    /** Joins such a node whose agent cannot listen, so that nobody can read the logs of the jobs there. */
    public RayNode startNodeWithoutAgent(String name) throws IOException {
        return join(name, "--without-agent");
    }

    /** The log of a job as it is on the disk of the node that ran it. */
    public Path jobLog(String submissionId) {
        return nodes.stream()
                .map(node -> node.jobLog(submissionId))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no node has a log of " + submissionId));
    }

    /** The process that answers at {@link #address()}. */
    public long dashboard() throws IOException {
        return pidOf("dashboard");
    }

    /** The dashboard's subprocess for jobs, which it starts again when it is gone. */
    public long jobHead() throws IOException {
        return pidOf("JobHead");
    }

    /** The dashboard's subprocess for its state API, which it starts again when it is gone. */
    public long stateHead() throws IOException {
        return pidOf("StateHead");
    }

    /** Starts the dashboard again, on the port it had; it answers when this returns. */
    public void startDashboard() throws IOException {
        run("start-dashboard");
    }

    /** Kills a process with signal 9; it is gone when this returns. */
    public void kill9(long pid) throws InterruptedException {
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        process.destroyForcibly();
        try {
            process.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("process " + pid + " outlives its kill", e);
        }
    }

    /** The process ids of all that runs now. */
    public List<Long> processes() throws IOException {
        return run("processes").lines().map(line -> Long.valueOf(word(line, 2))).toList();
    }

    /** Ends every process of the cluster and deletes its files, whatever state it is in. */
    @Override
    public void close() throws IOException {
        if (Files.exists(folder)) {
            run("stop");
        }
    }

    private RayNode join(String name, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(name));
        arguments.addAll(Arrays.asList(options));
        run("start-node", arguments.toArray(String[]::new));
        RayNode node = node(name);
        nodes.add(node);
        return node;
    }

    private RayNode node(String name) throws IOException {
        return new RayNode(
                name,
                read(name + "/node-id"),
                Long.parseLong(read(name + "/raylet")),
                Path.of(read(name + "/session")));
    }

    private long pidOf(String role) throws IOException {
        return run("processes")
                .lines()
                .filter(line -> word(line, 1).equals(role))
                .map(line -> Long.valueOf(word(line, 2)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no process is " + role));
    }

    private static String word(String line, int index) {
        return line.split(" ")[index];
    }

    private String read(String name) throws IOException {
        return Files.readString(folder.resolve(name)).strip();
    }

    private String run(String verb, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(SCRIPT.toString(), verb, folder.toString()));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("SYNAPSE_RAY", ray.toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException("ray-cluster " + verb + ": " + output);
        }
        return output;
    }
}
