package io.synapse.sdk.it.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.synapse.sdk.it.docker.DockerEngine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The runnable jar as a process, asked without a library of the protocol. Not safe for use by several threads. */
final class McpProcess implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final Path errors;
    private final PrintWriter input;
    private final BufferedReader output;
    private int calls;

    private McpProcess(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        this.input = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** The arguments that begin the command line of a server on an engine. */
    static List<String> command(DockerEngine engine, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                System.getProperty("synapse.tools.jar", ""),
                "workspace",
                "--mcp",
                "--docker-host",
                engine.host(),
                "--image",
                engine.busyboxImage()));
        command.addAll(List.of(more));
        return command;
    }

    /** A server that has been greeted. */
    static McpProcess start(DockerEngine engine, Path folder, String... more) throws IOException {
        Path errors = Files.createTempFile(folder, "mcp", ".err");
        Process process = new ProcessBuilder(command(engine, more))
                .redirectError(errors.toFile())
                .start();
        McpProcess server = new McpProcess(process, errors);
        server.ask(
                "initialize",
                Map.of(
                        "protocolVersion",
                        "2025-06-18",
                        "capabilities",
                        Map.of(),
                        "clientInfo",
                        Map.of("name", "test", "version", "1")));
        server.send(Map.of("jsonrpc", "2.0", "method", "notifications/initialized"));
        return server;
    }

    /** Calls a tool and waits for its result. */
    JsonNode call(String tool, Map<String, Object> arguments) throws IOException {
        return ask("tools/call", Map.of("name", tool, "arguments", arguments));
    }

    /** Calls a tool and does not wait. */
    void begin(String tool, Map<String, Object> arguments) throws IOException {
        send(request("tools/call", Map.of("name", tool, "arguments", arguments)));
    }

    /** The id of the container, in short. */
    String container() throws IOException {
        return call("execute", Map.of("command", "hostname"))
                .at("/structuredContent/output")
                .asText()
                .strip();
    }

    void endInput() {
        input.close();
    }

    void terminate() {
        process.destroy();
    }

    /** Its exit code. */
    int awaitExit() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the process does not end");
        }
        return process.exitValue();
    }

    /** What is left of its output, once it has ended. */
    List<String> restOfOutput() {
        return output.lines().toList();
    }

    String errors() throws IOException {
        return Files.readString(errors);
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit()
                .completeOnTimeout(process, PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join()
                .destroyForcibly();
    }

    private JsonNode ask(String method, Map<String, Object> parameters) throws IOException {
        send(request(method, parameters));
        String line = output.readLine();
        if (line == null) {
            throw new AssertionError("the server has ended: " + errors());
        }
        return JSON.readTree(line).get("result");
    }

    private Map<String, Object> request(String method, Map<String, Object> parameters) {
        calls++;
        return Map.of("jsonrpc", "2.0", "id", calls, "method", method, "params", parameters);
    }

    private void send(Map<String, Object> message) throws IOException {
        input.println(JSON.writeValueAsString(message));
    }
}
