package io.synapse.sdk.benchmarks.contender.workspace;

import com.github.dockerjava.api.DockerClient;
import io.synapse.sdk.docker.DockerWorkspace;
import io.synapse.sdk.workspace.Workspace;
import java.io.IOException;
import java.util.function.IntFunction;

/** Those who work in one container, in one way. Safe for use by several threads. */
final class ContainerUsers implements AutoCloseable {
    private final IntFunction<ContainerUser> users;
    private final AutoCloseable connection;

    private ContainerUsers(IntFunction<ContainerUser> users, AutoCloseable connection) {
        this.users = users;
        this.connection = connection;
    }

    /**
     * Those of a container on the engine that {@code DOCKER_HOST} names.
     *
     * @param way {@code sdk}, {@code docker-java} or {@code docker}
     */
    static ContainerUsers of(String way, String container) {
        switch (way) {
            case "sdk":
                Workspace workspace = DockerWorkspace.builder().reuse(container).open();
                return new ContainerUsers(number -> new SdkUser(workspace.agent("agent-" + number)), workspace);
            case "docker-java":
                DockerClient docker = DockerJavaUser.connect();
                return new ContainerUsers(number -> new DockerJavaUser(docker, container), docker);
            case "docker":
                return new ContainerUsers(number -> new DockerProgramUser(container), () -> {});
            default:
                throw new IllegalArgumentException("there is no way " + way);
        }
    }

    /** One of them. */
    ContainerUser user(int number) {
        return users.apply(number);
    }

    @Override
    public void close() throws IOException {
        try {
            connection.close();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
