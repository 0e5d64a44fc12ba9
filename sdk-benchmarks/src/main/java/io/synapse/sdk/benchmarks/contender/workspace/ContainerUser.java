package io.synapse.sdk.benchmarks.contender.workspace;

import java.io.IOException;
import java.nio.file.Path;

/** One who works in a container, in one of several ways. Safe for use by several threads, if the way is. */
interface ContainerUser {
    /**
     * How a command ended.
     *
     * @param exitCode its exit code
     * @param output what it wrote, as far as it is kept
     * @param outputBytes how much it wrote
     */
    record Result(long exitCode, String output, long outputBytes) {}

    /** Executes a command with a shell. */
    Result execute(String command) throws IOException, InterruptedException;

    /** Writes a text file in the folder {@code /workspace/shared}. */
    void write(String name, String content) throws IOException, InterruptedException;

    /** Reads a text file in that folder. */
    String read(String name) throws IOException, InterruptedException;

    /** Copies a file of this machine into that folder. */
    void upload(Path file, String name) throws IOException, InterruptedException;

    /** Copies a file in that folder to this machine. */
    void download(String name, Path file) throws IOException, InterruptedException;
}
