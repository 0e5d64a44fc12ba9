package io.synapse.sdk.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/** The way to the server for one client. Written to by one thread at a time. */
final class ToServer extends OutputStream {
    private final OutputStream socket;
    private final NetworkConditions conditions;
    private final BooleanSupplier over;
    private final LongConsumer sent;
    private volatile boolean discarding;

    /**
     * @param over whether the connection has ended
     * @param sent told how many bytes go out
     */
    ToServer(OutputStream socket, NetworkConditions conditions, BooleanSupplier over, LongConsumer sent) {
        this.socket = socket;
        this.conditions = conditions;
        this.over = over;
        this.sent = sent;
    }

    /** From now on nothing more reaches the server, and writing no longer fails. */
    void discard() {
        discarding = true;
    }

    @Override
    public void write(int oneByte) throws IOException {
        write(new byte[] {(byte) oneByte}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        conditions.awaitSound(over);
        if (discarding) {
            return;
        }
        try {
            // Counted first, so that whoever has read a byte finds it counted.
            sent.accept(length);
            socket.write(bytes, offset, length);
        } catch (IOException e) {
            if (!discarding) {
                throw e;
            }
        }
    }
}
