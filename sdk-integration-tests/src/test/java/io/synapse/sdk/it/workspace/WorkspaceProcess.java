package io.synapse.sdk.it.workspace;

import io.synapse.sdk.agent.AgentClient;
import io.synapse.sdk.docker.DockerWorkspace;
import io.synapse.sdk.embedded.EmbeddedAgent;
import io.synapse.sdk.it.docker.DockerEngine;
import io.synapse.sdk.workspace.Command;
import io.synapse.sdk.workspace.CommandResult;
import io.synapse.sdk.workspace.FileUpload;
import io.synapse.sdk.workspace.Workspace;
import io.synapse.sdk.workspace.WorkspaceAgent;
import io.synapse.sdk.workspace.WorkspaceRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** A workspace in a JVM of its own, which can be killed, or has a small heap. */
final class WorkspaceProcess implements AutoCloseable {
    /** The size of what is uploaded and downloaded. */
    static final long LARGE = 200L << 20;

    private final Process process;
    private final BufferedReader output;

    private WorkspaceProcess(Process process) {
        this.process = process;
        this.output = process.inputReader();
    }

    /** Starts a JVM that opens a workspace and keeps it. */
    static WorkspaceProcess start(DockerEngine engine, String... jvmOptions) throws IOException {
        return start(List.of(engine.host(), engine.busyboxImage()), jvmOptions);
    }

    /** Starts a JVM that opens a workspace on an agent and keeps it; with a lease of 2 s and an idle timeout of 5 s. */
    static WorkspaceProcess startOnAgent(DockerEngine engine, EmbeddedAgent agent, String... jvmOptions)
            throws IOException {
        return start(List.of(agent.baseUrl().toString(), engine.busyboxImage(), agent.token()), jvmOptions);
    }

    private static WorkspaceProcess start(List<String> arguments, String... jvmOptions) throws IOException {
        String[] command = {
            Path.of(System.getProperty("java.home"), "bin", "java").toString()
        };
        command = append(command, jvmOptions);
        command = append(command, "-cp", System.getProperty("java.class.path"), WorkspaceProcess.class.getName());
        command = append(command, arguments.toArray(String[]::new));
        return new WorkspaceProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Has it do what a word says. */
    void tell(String word) throws IOException {
        process.outputWriter().write(word + "\n");
        process.outputWriter().flush();
    }

    /** What it tells next; null when it has ended. */
    String line() throws IOException {
        return output.readLine();
    }

    /** Has it do what a word says, and waits for what it tells of it. */
    String request(String word) throws IOException {
        tell(word);
        return line();
    }

    /** Signal 9: no chance to tidy up. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static String[] append(String[] some, String... more) {
        String[] all = Arrays.copyOf(some, some.length + more.length);
        System.arraycopy(more, 0, all, some.length, more.length);
        return all;
    }

    /** Tells the id of its workspace, then obeys. */
    public static void main(String[] arguments) throws IOException {
        Workspace workspace = arguments.length == 3
                ? openOnAgent(arguments)
                : DockerWorkspace.builder()
                        .dockerHost(arguments[0])
                        .image(arguments[1])
                        .open();
        WorkspaceAgent agent = workspace.agent("agent");
        System.out.println(workspace.id());
        BufferedReader input = new BufferedReader(new java.io.InputStreamReader(System.in));
        for (String word = input.readLine(); word != null; word = input.readLine()) {
            System.out.println(
                    switch (word) {
                        case "output" -> output(agent);
                        case "transfer" -> transfer(agent);
                        case "hang" -> agent.execute("sleep 9101").output();
                        case "background" ->
                            Boolean.toString(agent.start("sleep 9102").isRunning());
                        default -> throw new IllegalArgumentException(word);
                    });
        }
        workspace.close();
    }

    private static Workspace openOnAgent(String... arguments) {
        return AgentClient.builder()
                .baseUrl(arguments[0])
                .agentToken(arguments[2])
                .build()
                .openWorkspace(WorkspaceRequest.defaults()
                        .image(arguments[1])
                        .lease(Duration.ofSeconds(2))
                        .idleTimeout(Duration.ofSeconds(5)));
    }

    /** Of a command that writes 1 GB. */
    private static String output(WorkspaceAgent agent) {
        CommandResult result =
                agent.execute(Command.of("head -c 1000000000 /dev/zero").outputLimit(1_000));
        return result.exitCode().orElse(-1) + " " + (result.omittedBytes() / 1_000_000 + 1);
    }

    private static String transfer(WorkspaceAgent agent) {
        String up = agent.upload(FileUpload.of("large", Zeros::new)).version();
        String down = agent.download("large", OutputStream.nullOutputStream()).version();
        return up.equals(down) + " " + agent.ls(".").get(0).size();
    }

    /** Gives zeros, without keeping any. */
    private static final class Zeros extends InputStream {
        private long left = LARGE;

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            int count = (int) Math.min(left, length);
            left -= count;
            return count == 0 && length > 0 ? -1 : count;
        }
    }
}
