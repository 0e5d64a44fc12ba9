package io.synapse.sdk.embedded.internal.plugin;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import org.jspecify.annotations.Nullable;

/** A file that is read at the expense of a budget, until that is lifted. Not thread-safe. */
final class MeteredChannel implements SeekableByteChannel {
    private final SeekableByteChannel file;
    private @Nullable Budget budget;

    /** Reads the file; closing this closes it. */
    MeteredChannel(SeekableByteChannel file, Budget budget) {
        this.file = file;
        this.budget = budget;
    }

    /** From now on, everything may be read. */
    void lift() {
        budget = null;
    }

    @Override
    public int read(ByteBuffer buffer) throws IOException {
        int count = file.read(buffer);
        if (budget != null) {
            budget.spend(Math.max(0, count));
        }
        return count;
    }

    @Override
    public long position() throws IOException {
        return file.position();
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
        file.position(position);
        return this;
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    public int write(ByteBuffer buffer) {
        throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return file.isOpen();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
