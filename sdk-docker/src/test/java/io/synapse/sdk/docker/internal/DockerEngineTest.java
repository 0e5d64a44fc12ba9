package io.synapse.sdk.docker.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.InternalServerErrorException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
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

    /** What is asked for is done or not; a caller that gives up must know which, to clear it up. */
    @Test
    void anInterruptDoesNotBreakARequestOff() throws Exception {
        Thread caller = Thread.currentThread();
        Path socket = folder.resolve("docker.sock");
        try (ServerSocketChannel server =
                        ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
                DockerEngine engine = new DockerEngine("unix://" + socket, "--docker-host")) {
            CompletableFuture<Void> answer = CompletableFuture.runAsync(() -> {
                try (SocketChannel connection = server.accept()) {
                    connection.read(ByteBuffer.allocate(4096));
                    caller.interrupt();
                    connection.write(US_ASCII.encode("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });

            engine.require();

            assertThat(Thread.interrupted()).isTrue();
            answer.join();
        }
    }

    @Test
    void onceClosedItIsAsWithoutAnEngine() {
        DockerEngine engine = new DockerEngine("tcp://127.0.0.1:1", "--docker-host");
        engine.close();

        assertThat(catchThrowableOfType(EngineException.class, engine::require).status())
                .isEqualTo(503);
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
