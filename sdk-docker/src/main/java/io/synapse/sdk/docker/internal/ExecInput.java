package io.synapse.sdk.docker.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What is written to a program in a container: docker-java reads it on a thread of its own. A write waits until all of it
 * has been read, so that nothing is held in memory. One thread writes at a time. Not a {@link java.io.PipedInputStream}, which takes the end of a
 * thread that wrote for the end of the stream.
 */
final class ExecInput extends InputStream {
    private byte[] bytes = {};
    private int next;
    private int end;
    private boolean closed;

    /** One write at a time. What is left of one that fails is not given out any more. */
    synchronized void write(byte[] content, int offset, int length, Duration limit)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        bytes = content;
        next = offset;
        end = offset + length;
        notifyAll();
        try {
            while (next < end && !closed) {
                long left = limit.toNanos() - (System.nanoTime() - start);
                if (left <= 0) {
                    throw new InterruptedIOException("the program does not read");
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } finally {
            if (next < end) {
                close();
            }
        }
        if (closed) {
            throw new IOException("the program does not read any more");
        }
    }

    @Override
    public synchronized int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public synchronized int read(byte[] target, int offset, int length) throws IOException {
        while (next == end && length > 0 && !closed) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                close();
            }
        }
        if (closed) {
            return -1;
        }
        int count = Math.min(length, end - next);
        System.arraycopy(bytes, next, target, offset, count);
        next += count;
        if (next == end) {
            notifyAll(); // not for each of docker-java's reads, which are of 1 KB
        }
        return count;
    }

    @Override
    public synchronized void close() {
        closed = true;
        bytes = new byte[0];
        next = end = 0;
        notifyAll();
    }
}
