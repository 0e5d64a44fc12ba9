package io.synapse.sdk.gateway.server.model.internal.local;

import io.synapse.sdk.gateway.server.AgentException;
import io.synapse.sdk.gateway.server.AgentException.Kind;
import io.synapse.sdk.gateway.server.model.ModelPrompt;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The process of a model, started when it is needed, also again after it ended. Thread-safe. */
public final class ModelProcesses implements AutoCloseable {
    /** Reading a prompt that fills the context takes that long on a slow machine. */
    private static final int MAX_SILENCE_SECONDS = 120;

    private final String name;
    private final Path file;
    private @Nullable ModelProcess running;
    private boolean closed;

    /**
     * A model.
     *
     * @param name its name, for messages
     * @param file the GGUF file
     */
    public ModelProcesses(String name, Path file) {
        this.name = name;
        this.file = file;
        ModelProcess.requireLibrary();
    }

    /** As {@link io.synapse.sdk.gateway.server.model.LanguageModel#generate}. */
    public String generate(ModelPrompt prompt, Consumer<String> pieces) throws InterruptedException {
        ModelProcess process = process();
        int answer = process.nextAnswer();
        BlockingQueue<Frame> frames = process.expect(answer);
        boolean ended = false;
        try {
            process.ask(answer, prompt);
            while (true) {
                Frame frame = frames.poll(MAX_SILENCE_SECONDS, TimeUnit.SECONDS);
                if (frame == null) {
                    process.close();
                    throw failure(Kind.DEADLINE, "gave no text for " + MAX_SILENCE_SECONDS + " s", null);
                }
                if (frame.kind() == Frame.Kind.PIECE) {
                    pieces.accept(frame.text());
                    continue;
                }
                ended = true;
                if (frame.kind() == Frame.Kind.END) {
                    return frame.text();
                }
                throw failure(process.isAlive() ? Kind.REFUSED : Kind.UNAVAILABLE, "failed: " + frame.text(), null);
            }
        } catch (IOException e) {
            throw failure(Kind.UNAVAILABLE, "ended: " + process.lastWords(), e);
        } finally {
            process.forget(answer, !ended);
        }
    }

    /** Ends the process. */
    @Override
    public synchronized void close() {
        closed = true;
        if (running != null) {
            running.close();
        }
    }

    private synchronized ModelProcess process() {
        if (closed) {
            throw failure(Kind.UNAVAILABLE, "is closed", null);
        }
        try {
            if (running == null || !running.isAlive()) {
                running = ModelProcess.start(file);
            }
            return running;
        } catch (IOException e) {
            throw failure(Kind.UNAVAILABLE, "cannot be started", e);
        }
    }

    private AgentException failure(Kind kind, String what, @Nullable Throwable cause) {
        return new AgentException(kind, "the model " + name + " " + what, cause);
    }
}
