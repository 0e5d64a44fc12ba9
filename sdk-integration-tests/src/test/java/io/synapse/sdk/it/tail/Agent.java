package io.synapse.sdk.it.tail;

import io.synapse.sdk.agent.AgentClient;
import io.synapse.sdk.embedded.AgentCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** An agent in a process of its own, which can be killed and started again on the same directory and port. */
public final class Agent {
    private static final String TOKEN = "token-of-the-test";

    private final Path directory;
    private final List<String> options;
    private Process process;
    private URI url;

    private Agent(Path directory, List<String> options) {
        this.directory = directory;
        this.options = options;
    }

    /**
     * Starts an agent on a free port.
     *
     * @param options of its command line, besides those that it always has
     */
    public static Agent start(Path directory, String... options) throws IOException {
        Agent agent = new Agent(directory, List.of(options));
        agent.start(0);
        return agent;
    }

    URI url() {
        return url;
    }

    String token() {
        return TOKEN;
    }

    /** A new client; the caller closes it. */
    public AgentClient client() {
        return AgentClient.builder().baseUrl(url).agentToken(TOKEN).build();
    }

    /** Signal 9: no chance to tidy up. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** On the port it had. */
    public void startAgain() throws IOException {
        start(url.getPort());
    }

    /** The SHA-256 of the job's log as it is on disk. */
    String digestOfLog(String job) throws IOException, NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        Path log = directory.resolve("jobs").resolve(job).resolve("log");
        try (InputStream bytes = new DigestInputStream(Files.newInputStream(log), digest)) {
            bytes.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private void start(int port) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                AgentCommand.class.getName(),
                "--port",
                Integer.toString(port),
                "--token",
                TOKEN,
                "--data-dir",
                directory.toString()));
        command.addAll(options);
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output = process.inputReader();
        String line = output.readLine();
        if (line == null) {
            throw new IOException("the agent did not start: see its error output");
        }
        url = URI.create(line.substring(line.indexOf("http://")).strip());
    }
}
