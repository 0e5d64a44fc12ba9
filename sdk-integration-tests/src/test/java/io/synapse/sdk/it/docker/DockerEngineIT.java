package io.synapse.sdk.it.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import io.synapse.sdk.embedded.Processes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.NetworkInterface;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The engines that other tests stand on, without the SDK. */
@WithDockerEngine
@Timeout(180)
@Tag("one-jdk")
class DockerEngineIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void theBaseImageHasPythonWithGradio(DockerEngine engine) throws Exception {
        String program = "import gradio, sys; print(gradio.__version__, sys.executable)";

        assertThat(engine.docker("run", "--rm", engine.baseImage(), "python", "-c", program))
                .isEqualTo("6.31.0 /opt/venv/bin/python");
    }

    @Test
    void pipInContainersFindsPackages(DockerEngine engine) throws Exception {
        assertThat(engine.docker("run", "--rm", engine.baseImage(), "pip", "install", "cowsay==6.1"))
                .contains("Successfully installed cowsay-6.1");
    }

    @Test
    void ofTheSmallImagesOneHasAShell(DockerEngine engine) throws Exception {
        assertThat(engine.docker("run", "--rm", engine.busyboxImage(), "sh", "-c", "echo hi"))
                .isEqualTo("hi");

        engine.docker("run", "--rm", engine.noShellImage(), "/sleep", "0");
        assertThatIOException()
                .isThrownBy(() -> engine.docker("run", "--rm", engine.noShellImage(), "sh", "-c", "echo hi"))
                .withMessageContaining("exec: \"sh\": executable file not found");
    }

    @Test
    void aPublishedPortAnswers(DockerEngine engine) throws Exception {
        String container = serve(engine);

        await().atMost(PATIENCE).until(() -> answers(engine, container));

        engine.docker("rm", "--force", container);
    }

    @Test
    void anErrorOfTheCommandLineIsShown(DockerEngine engine) {
        assertThatIOException()
                .isThrownBy(() -> engine.docker("start", "nothing"))
                .withMessageContaining("No such container: nothing");
    }

    @Test
    void containersOutlastTheDaemonAndNothingOutlastsTheEngine() throws Exception {
        List<Long> processes = new ArrayList<>();
        Path data;
        String bridge;
        try (DockerEngine engine = DockerEngine.start()) {
            data = engine.data();
            bridge = engine.bridge();
            String container = serve(engine);

            engine.restart();
            assertThatItIsKept(container, engine);

            engine.killDaemon();
            assertThatIOException().isThrownBy(() -> engine.docker("version"));
            engine.startDaemon();
            assertThatItIsKept(container, engine);

            assertThat(mountsIn(data)).isNotEmpty();
            assertThat(leftOf(bridge)).hasSizeGreaterThan(2);
            processes.addAll(engine.processes());
            engine.killDaemon(); // so that nobody stops the container, and the script has to
            processes.addAll(engine.processes());
        }

        assertThat(processes).hasSizeGreaterThan(5).noneMatch(Processes::isAlive);
        assertThat(mountsIn(data)).isEmpty();
        assertThat(leftOf(bridge)).isEmpty();
        assertThat(data).doesNotExist();
    }

    /** A container with an HTTP server on a published port; it obeys a signal, thanks to the init. */
    private static String serve(DockerEngine engine) throws IOException {
        return engine.docker(
                "run",
                "--detach",
                "--init",
                "--publish",
                "7860",
                engine.baseImage(),
                "python",
                "-m",
                "http.server",
                "7860");
    }

    private static void assertThatItIsKept(String container, DockerEngine engine) throws IOException {
        assertThat(engine.docker("ps", "--all", "--quiet", "--no-trunc")).isEqualTo(container);
        engine.docker("start", container);
        await().atMost(PATIENCE).until(() -> answers(engine, container));
    }

    private static boolean answers(DockerEngine engine, String container) throws InterruptedException {
        try {
            URI address = URI.create("http://" + engine.published(container, 7860) + "/");
            HttpRequest request =
                    HttpRequest.newBuilder(address).timeout(PATIENCE).build();
            return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false; // not yet
        }
    }

    /** Those that any process sees. */
    private static List<String> mountsIn(Path folder) throws IOException {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(process -> process.getFileName().toString().matches("\\d+"))
                    .flatMap(process -> mountsOf(process).stream())
                    .filter(mount -> mount.contains(folder.toString()))
                    .distinct()
                    .toList();
        }
    }

    private static List<String> mountsOf(Path process) {
        try {
            return Files.readAllLines(process.resolve("mountinfo"));
        } catch (IOException e) {
            return List.of(); // it has ended meanwhile
        }
    }

    /** The interface, the cgroups and the firewall rules of that name. */
    private static List<String> leftOf(String bridge) throws IOException {
        Stream<String> networks = NetworkInterface.networkInterfaces().map(NetworkInterface::getName);
        Stream<String> rules = Stream.concat(lines("iptables", "-S"), lines("iptables", "-t", "nat", "-S"));
        Stream<String> cgroups = lines("find", "/sys/fs/cgroup", "-name", bridge);
        return Stream.of(networks, rules, cgroups)
                .flatMap(all -> all)
                .filter(line -> (line + " ").matches(".*\\b" + bridge + "\\s.*"))
                .toList();
    }

    private static Stream<String> lines(String... command) throws IOException {
        Process process = new ProcessBuilder(command).start();
        try (var output = process.inputReader()) {
            return output.lines().toList().stream();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
