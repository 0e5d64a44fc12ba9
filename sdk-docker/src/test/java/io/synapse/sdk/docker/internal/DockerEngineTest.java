package io.synapse.sdk.docker.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.InternalServerErrorException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A caller learns what the engine refused, or what to do where there is none. */
class DockerEngineTest {
    @TempDir
    private Path folder;

    @Test
    void whereThereIsNoEngineTheMessageSaysWhatToDo() {
        try (DockerEngine engine = new DockerEngine("unix://" + folder.resolve("docker.sock"), "--docker-host")) {
            EngineException failure = catchThrowableOfType(EngineException.class, engine::require);

            assertThat(failure.status()).isEqualTo(503);
            assertThat(failure)
                    .hasMessageStartingWith(
                            "containers need a Docker Engine: start one, or name one with DOCKER_HOST or --docker-host")
                    .hasMessageContaining(folder.toString())
                    .hasMessageEndingWith("(there is no such socket)");
        }
    }

    @Test
    void aRefusalKeepsItsStatusAndTheEnginesSentence() {
        EngineException refused = EngineException.refused(
                new ConflictException("Status 409: {\"message\":\"the name is already in use\"}\n"));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused).hasMessage("the Docker Engine says: the name is already in use");
        assertThat(refused.isPortTaken()).isFalse();
    }

    @Test
    void aRefusalThatIsNoJsonIsShownAsItIs() {
        assertThat(EngineException.refused(new DockerException("Status 502: {<html>", 502)))
                .hasMessageStartingWith("the Docker Engine says: ")
                .hasMessageEndingWith("{<html>");
    }

    @Test
    void aTakenPortIsRecognized() {
        assertThat(EngineException.refused(new InternalServerErrorException(
                                "{\"message\":\"Bind for 127.0.0.1:7860 failed: port is already allocated\"}"))
                        .isPortTaken())
                .isTrue();
    }
}
