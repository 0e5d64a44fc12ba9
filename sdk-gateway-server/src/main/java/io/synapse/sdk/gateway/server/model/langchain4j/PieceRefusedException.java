package io.synapse.sdk.gateway.server.model.langchain4j;

import java.util.function.Consumer;

/** The receiver of pieces threw. Tells its exceptions from those of the model. */
final class PieceRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final RuntimeException reason;

    private PieceRefusedException(RuntimeException reason) {
        super(reason);
        this.reason = reason;
    }

    static void passOn(String piece, Consumer<String> receiver) {
        try {
            receiver.accept(piece);
        } catch (RuntimeException e) {
            throw new PieceRefusedException(e);
        }
    }

    /** What the receiver threw. */
    RuntimeException reason() {
        return reason;
    }
}
