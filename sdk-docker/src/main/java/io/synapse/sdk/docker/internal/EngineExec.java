package io.synapse.sdk.docker.internal;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A program that was started in a container, with its streams. Closing it leaves the program running: Docker cannot end
 * one (wire/workspace.md, section 0, trap 1). Safe for use by several threads.
 */
public final class EngineExec implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EngineExec.class);

    private final String id;
    private final ExecInput input = new ExecInput();
    private final Frames frames;

    EngineExec(String id, ExecOutput output) {
        this.id = id;
        this.frames = new Frames(output, input);
    }

    /** The engine's id of it. */
    String id() {
        return id;
    }

    ExecInput input() {
        return input;
    }

    ResultCallback<Frame> frames() {
        return frames;
    }

    /**
     * Writes to its standard input, and returns when all is on its way.
     *
     * @param limit how long it may take
     * @throws java.io.InterruptedIOException when it took longer: a part may have been written
     * @throws IOException when its streams have ended, or were closed
     * @throws InterruptedException when interrupted: a part may have been written
     */
    public void write(byte[] bytes, int offset, int length, Duration limit) throws IOException, InterruptedException {
        input.write(bytes, offset, length, limit);
    }

    /** Lets go of its streams. */
    @Override
    public void close() {
        frames.release();
    }

    /** What comes from the engine; closing docker-java's stream calls none of its own methods (section 4). */
    private static final class Frames extends ResultCallback.Adapter<Frame> {
        private final ExecOutput output;
        private final ExecInput input;
        private final AtomicBoolean ended = new AtomicBoolean();

        Frames(ExecOutput output, ExecInput input) {
            this.output = output;
            this.input = input;
        }

        @Override
        public void onStart(Closeable stream) {
            super.onStart(stream);
            if (ended.get()) {
                release(); // closed before the answer of the engine was there
            }
        }

        @Override
        public void onNext(Frame frame) {
            if (frame.getStreamType() == StreamType.STDERR) {
                output.standardError(frame.getPayload());
            } else {
                output.standardOutput(frame.getPayload());
            }
        }

        @Override
        public void onError(Throwable failure) {
            end(failure);
            super.onError(failure);
        }

        @Override
        public void onComplete() {
            end(null);
            super.onComplete();
        }

        private void end(@Nullable Throwable failure) {
            input.close();
            if (ended.compareAndSet(false, true)) {
                output.ended(failure);
            }
        }

        void release() {
            input.close();
            ended.set(true);
            try {
                close();
            } catch (IOException e) {
                LOG.debug("a stream of the Docker Engine cannot be closed", e);
            }
        }
    }
}
