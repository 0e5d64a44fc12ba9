package io.synapse.sdk.testkit;

import io.synapse.sdk.testkit.NetworkConditions.Piece;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The way to one client: late, slow, silent or cut short, as the faults ask. Written to by one thread at a time. */
final class ToClient extends OutputStream {
    private final OutputStream socket;
    private final NetworkConditions conditions;
    private final BooleanSupplier over;
    private final LongConsumer sent;
    private final AtomicReference<@Nullable Allowance> allowance = new AtomicReference<>();

    /**
     * @param over whether the connection has ended
     * @param sent told how many bytes go out
     */
    ToClient(OutputStream socket, NetworkConditions conditions, BooleanSupplier over, LongConsumer sent) {
        this.socket = socket;
        this.conditions = conditions;
        this.over = over;
        this.sent = sent;
    }

    /** Cuts the connection after so many bytes more, unless it is to be cut anyway. */
    void cutAfter(long bytes, Ending ending) {
        allowance.compareAndSet(null, new Allowance(bytes, ending));
    }

    void forgetCut() {
        allowance.set(null);
    }

    @Override
    public void write(int oneByte) throws IOException {
        write(new byte[] {(byte) oneByte}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        conditions.awaitDelay(over);
        int done = 0;
        while (done < length) {
            conditions.awaitSound(over);
            Piece piece = conditions.piece(length - done);
            send(bytes, offset + done, piece.bytes());
            conditions.awaitTransfer(piece, over);
            done += piece.bytes();
        }
    }

    private void send(byte[] bytes, int offset, int length) throws IOException {
        Allowance before = allowance.get();
        int allowed = before == null ? length : (int) Math.min(length, before.bytes);
        // Counted first, so that whoever has read a byte finds it counted.
        sent.accept(allowed);
        socket.write(bytes, offset, allowed);
        if (before != null) {
            Allowance after = new Allowance(before.bytes - allowed, before.ending);
            // If it fails, the cut was called off meanwhile; what it held back follows.
            if (!allowance.compareAndSet(before, after)) {
                sent.accept(length - allowed);
                socket.write(bytes, offset + allowed, length - allowed);
            } else if (after.bytes == 0) {
                throw new ConnectionCut(after.ending);
            }
        }
    }

    private record Allowance(long bytes, Ending ending) {}
}
