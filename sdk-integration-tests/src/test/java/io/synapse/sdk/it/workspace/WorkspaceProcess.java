package io.synapse.sdk.it.workspace;

import io.synapse.sdk.docker.DockerWorkspace;
import io.synapse.sdk.it.docker.DockerEngine;
import io.synapse.sdk.workspace.Command;
import io.synapse.sdk.workspace.CommandResult;
import io.synapse.sdk.workspace.FileUpload;
import io.synapse.sdk.workspace.Workspace;
import io.synapse.sdk.workspace.WorkspaceAgent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;

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
        String[] command = {
            Path.of(System.getProperty("java.home"), "bin", "java").toString()
        };
        command = append(command, jvmOptions);
        command = append(
                command,
                "-cp",
                System.getProperty("java.class.path"),
                WorkspaceProcess.class.getName(),
                engine.host(),
                engine.busyboxImage());
        return new WorkspaceProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** What it tells next; null when it has ended. */
    String line() throws IOException {
        return output.readLine();
    }

    /** Has it do what a word says, and waits for what it tells of it. */
    String request(String word) throws IOException {
        process.outputWriter().write(word + "\n");
        process.outputWriter().flush();
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
        Workspace workspace = DockerWorkspace.builder()
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
                        default -> throw new IllegalArgumentException(word);
                    });
        }
        workspace.close();
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
