package io.synapse.sdk.gateway.server.model.internal.local;

import de.kherud.llama.LlamaModel;
import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.embedded.internal.FileTree;
import io.synapse.sdk.gateway.server.model.ModelPrompt;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One process of a model. A thread reads what it writes, since a read from a process cannot be interrupted. */
final class ModelProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ModelProcess.class);

    /** What a JVM needs of the environment; keys are not handed on. */
    private static final Set<String> VARIABLES = Set.of("PATH", "LD_LIBRARY_PATH", "SystemRoot", "LANG", "LC_ALL");

    private static final String LOG_FILE = "log";

    private final Process process;
    private final Path folder;
    private final DataOutputStream input;
    private final AtomicInteger answers = new AtomicInteger();
    private final Map<Integer, BlockingQueue<Frame>> expected = new ConcurrentHashMap<>();

    private ModelProcess(Process process, Path folder) {
        this.process = process;
        this.folder = folder;
        this.input = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
    }

    /** Starts a process. It has a folder of its own, where the binding puts its native library. */
    static ModelProcess start(Path file) throws IOException {
        Path folder = Files.createTempDirectory("synapse-model-");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:ErrorFile=" + folder.resolve("crash"),
                        "-Djava.io.tmpdir=" + folder,
                        "-cp",
                        place(ModelMain.class) + File.pathSeparator + place(LlamaModel.class),
                        ModelMain.class.getName(),
                        file.toString())
                .directory(folder.toFile())
                .redirectError(folder.resolve(LOG_FILE).toFile());
        builder.environment().keySet().retainAll(VARIABLES);
        ModelProcess started = new ModelProcess(builder.start(), folder);
        Thread reader = new Thread(started::read, "synapse-local-model");
        reader.setDaemon(true);
        reader.start();
        return started;
    }

    /**
     * Checks that the binding is there.
     *
     * @throws BadRequestException when it is not
     */
    static void requireLibrary() {
        try {
            place(LlamaModel.class);
        } catch (NoClassDefFoundError e) {
            throw BadRequestException.refused(
                    "models in files need a library that is not on the class path: de.kherud:llama");
        }
    }

    int nextAnswer() {
        return answers.incrementAndGet();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Where the frames of an answer come, until it is forgotten. */
    BlockingQueue<Frame> expect(int answer) {
        BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();
        expected.put(answer, frames);
        return frames;
    }

    /** Asks for an answer. One thread at a time: its frames belong together. */
    synchronized void ask(int answer, ModelPrompt prompt) throws IOException {
        new Frame(answer, Frame.Kind.INSTRUCTIONS, prompt.instructions()).write(input);
        for (String turn : prompt.turns()) {
            new Frame(answer, Frame.Kind.TURN, turn).write(input);
        }
        new Frame(answer, Frame.Kind.GENERATE, ShortForm.of(prompt.schema())).write(input);
    }

    /** Ends an answer, whose frames still to come are passed over. */
    void forget(int answer, boolean cancel) {
        expected.remove(answer);
        if (cancel && process.isAlive()) {
            try {
                new Frame(answer, Frame.Kind.CANCEL, "").write(input);
            } catch (IOException e) {
                process.destroyForcibly(); // it does not read any more
            }
        }
    }

    /** The last line that it wrote about itself. */
    String lastWords() {
        try (Stream<String> lines = Files.lines(folder.resolve(LOG_FILE))) {
            return lines.filter(line -> !line.isBlank()).reduce("", (earlier, line) -> line);
        } catch (IOException | UncheckedIOException e) {
            return "no reason is known";
        }
    }

    /** Ends it, and waits for its end: the folder is removed by then. */
    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
        removeFolder();
    }

    private void read() {
        try (DataInputStream output = new DataInputStream(new BufferedInputStream(process.getInputStream()))) {
            while (true) {
                Frame frame = Frame.read(output);
                BlockingQueue<Frame> frames = expected.get(frame.answer());
                if (frames != null) {
                    frames.add(frame);
                }
            }
        } catch (IOException e) {
            process.destroyForcibly().onExit().join();
            String why = lastWords();
            expected.forEach((answer, frames) -> frames.add(new Frame(answer, Frame.Kind.FAILURE, why)));
            removeFolder();
        }
    }

    /** Done by who closes this and by who sees the end of the process, whoever comes first. */
    private synchronized void removeFolder() {
        try {
            FileTree.delete(folder);
        } catch (IOException e) {
            LOG.warn("the folder of a model's process cannot be removed", e);
        }
    }

    private static Path place(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("not a file: " + type, e);
        }
    }
}
