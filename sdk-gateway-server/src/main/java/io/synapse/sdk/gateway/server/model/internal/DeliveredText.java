package io.synapse.sdk.gateway.server.model.internal;

import io.synapse.sdk.gateway.server.RestartableConsumer;
import java.util.function.Consumer;

/**
 * Passes the pieces of attempts on, and keeps the text that the receiver has: also a piece whose receiver threw, since it
 * may have used it. The receiver hears of another text before its first piece, so that it keeps the one it has where no
 * other comes.
 */
final class DeliveredText implements Consumer<String> {
    private final Consumer<String> receiver;
    private final StringBuffer text = new StringBuffer(); // pieces may come on a thread of the model
    private volatile boolean isBeginning;

    DeliveredText(Consumer<String> receiver) {
        this.receiver = receiver;
    }

    /** What comes now is of another attempt. */
    void begin() {
        isBeginning = true;
    }

    @Override
    public void accept(String piece) {
        if (isBeginning && !text.isEmpty() && receiver instanceof RestartableConsumer restartable) {
            text.setLength(0);
            restartable.restarted();
        }
        isBeginning = false;
        text.append(piece);
        receiver.accept(piece);
    }

    /** Whether another attempt may follow. */
    boolean mayBeginAnew() {
        return text.isEmpty() || receiver instanceof RestartableConsumer;
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    String text() {
        return text.toString();
    }
}
