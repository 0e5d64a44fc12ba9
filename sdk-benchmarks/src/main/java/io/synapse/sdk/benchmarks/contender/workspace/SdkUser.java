package io.synapse.sdk.benchmarks.contender.workspace;

import io.synapse.sdk.workspace.CommandResult;
import io.synapse.sdk.workspace.FileUpload;
import io.synapse.sdk.workspace.Workspace;
import io.synapse.sdk.workspace.WorkspaceAgent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/**
 * An agent of a workspace.
 *
 * @param agent the agent
 */
record SdkUser(WorkspaceAgent agent) implements ContainerUser {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    @Override
    public Result execute(String command) {
        CommandResult result = agent.execute(command, LIMIT);
        long kept = result.output().getBytes(StandardCharsets.UTF_8).length;
        return new Result(result.exitCode().orElseThrow(), result.output(), kept + result.omittedBytes());
    }

    @Override
    public void write(String name, String content) {
        agent.write(path(name), content);
    }

    @Override
    public String read(String name) {
        return agent.read(path(name)).content();
    }

    @Override
    public void upload(Path file, String name) {
        agent.upload(FileUpload.of(path(name), file));
    }

    @Override
    public void download(String name, Path file) {
        agent.download(path(name), file);
    }

    private static String path(String name) {
        return Workspace.SHARED + "/" + name;
    }
}
