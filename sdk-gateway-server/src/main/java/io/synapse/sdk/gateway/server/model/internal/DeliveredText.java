package io.synapse.sdk.gateway.server.model.internal;

import java.util.function.Consumer;

/** Passes pieces on, and keeps what it passed on: also a piece whose receiver threw, since it may have used it. */
final class DeliveredText implements Consumer<String> {
    private final Consumer<String> receiver;
    private final StringBuffer text = new StringBuffer(); // pieces may come on a thread of the model

    DeliveredText(Consumer<String> receiver) {
        this.receiver = receiver;
    }

    @Override
    public void accept(String piece) {
        text.append(piece);
        receiver.accept(piece);
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    String text() {
        return text.toString();
    }
}
