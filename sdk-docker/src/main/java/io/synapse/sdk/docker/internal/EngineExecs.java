package io.synapse.sdk.docker.internal;

import com.github.dockerjava.api.command.InspectExecResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import java.util.Optional;
import java.util.OptionalInt;

/** Programs in containers of a Docker Engine. Every method throws {@link EngineException}. Safe for use by several threads. */
public final class EngineExecs {
    private final DockerEngine engine;

    /** The programs on this engine. */
    public EngineExecs(DockerEngine engine) {
        this.engine = engine;
    }

    /** Starts a program in a container; its output is taken until its end, or until it is closed. */
    public EngineExec start(String container, ExecSpec spec, ExecOutput output) {
        String id = engine.call(docker -> docker.execCreateCmd(container)
                .withCmd(spec.command().toArray(String[]::new))
                .withUser(spec.user())
                .withEnv(spec.environment())
                .withAttachStdin(spec.isInteractive())
                .withAttachStdout(true)
                .withAttachStderr(true)
                .exec()
                .getId());
        EngineExec exec = new EngineExec(id, output);
        engine.stream(docker -> {
            var start = docker.execStartCmd(id);
            (spec.isInteractive() ? start.withStdIn(exec.input()) : start).exec(exec.frames());
        });
        return exec;
    }

    /** How a program ended; empty while it runs, and when the engine does not know it any more. */
    public OptionalInt exitCode(EngineExec exec) {
        Optional<InspectExecResponse> known = engine.call(docker -> {
            try {
                return Optional.of(docker.inspectExecCmd(exec.id()).exec());
            } catch (NotFoundException e) {
                return Optional.empty();
            }
        });
        return known.filter(program -> !Boolean.TRUE.equals(program.isRunning()) && program.getExitCodeLong() != null)
                .map(program -> OptionalInt.of(program.getExitCodeLong().intValue()))
                .orElse(OptionalInt.empty());
    }
}
