package io.synapse.sdk.gateway.server.model.langchain4j;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.synapse.sdk.gateway.server.AgentException;
import io.synapse.sdk.gateway.server.AgentException.Kind;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An answer that comes in pieces, on a thread of the model or on that of the caller. The first end counts: models report
 * a complete answer after an error too. After the end no piece is given on, and the generation is cancelled by its handle.
 */
final class StreamedAnswer implements StreamingChatResponseHandler {
    private final Consumer<String> pieces;
    private @Nullable StreamingHandle handle;
    private @Nullable ChatResponse response;
    private @Nullable RuntimeException failure;
    private long lastSign = System.nanoTime();

    StreamedAnswer(Consumer<String> pieces) {
        this.pieces = pieces;
    }

    @Override
    public void onPartialResponse(String piece) {
        accept(piece, null);
    }

    @Override
    public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
        accept(piece.text(), context.streamingHandle());
    }

    @Override
    public synchronized void onCompleteResponse(ChatResponse completeResponse) {
        if (!isOver()) {
            response = completeResponse;
            notifyAll();
        }
    }

    @Override
    public void onError(Throwable error) {
        end(error instanceof RuntimeException exception ? exception : new IllegalStateException(error));
    }

    /**
     * Waits for the end of the answer.
     *
     * @param silence the longest wait for a piece or the end
     */
    synchronized ChatResponse await(Duration silence) throws InterruptedException {
        while (!isOver()) {
            long left = silence.toNanos() - (System.nanoTime() - lastSign);
            if (left <= 0) {
                throw new AgentException(Kind.DEADLINE, "no text came for " + silence.toMillis() + " ms", null);
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        if (failure != null) {
            throw failure;
        }
        return Objects.requireNonNull(response);
    }

    /** Ends the generation, if it has not ended: at once when there is a handle, else with the first piece. */
    void cancel() {
        end(new IllegalStateException("the generation was cancelled"));
        StreamingHandle known;
        synchronized (this) {
            known = response == null ? handle : null;
        }
        if (known != null && !known.isCancelled()) {
            known.cancel();
        }
    }

    private void accept(String piece, @Nullable StreamingHandle known) {
        boolean over;
        synchronized (this) {
            handle = known == null ? handle : known;
            lastSign = System.nanoTime();
            over = isOver();
        }
        if (over) {
            cancel();
            return;
        }
        try {
            PieceRefusedException.passOn(piece, pieces);
        } catch (PieceRefusedException e) {
            end(e); // LangChain4j would log it and go on
            cancel();
        }
    }

    private synchronized void end(RuntimeException reason) {
        if (!isOver()) {
            failure = reason;
            notifyAll();
        }
    }

    private boolean isOver() {
        return response != null || failure != null;
    }
}
