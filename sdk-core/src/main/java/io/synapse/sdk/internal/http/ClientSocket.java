package io.synapse.sdk.internal.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A TCP connection that keeps time limits and reacts to interrupts. An interrupt closes it: a thread that is blocked in
 * connecting, reading or writing gets a {@link java.nio.channels.ClosedByInterruptException} at once, its interrupt flag
 * stays set, and the server sees the disconnect; a plain socket does not react at all. One over a
 * {@link java.nio.channels.SocketChannel} does, but spends four more system calls on each read that has a time limit.
 *
 * <p>It lies below TLS, so that the limits hold for handshakes as well.
 */
final class ClientSocket extends Socket {
    private final Interruption interruption = new Interruption();
    private final Supplier<ScheduledExecutorService> timer;
    private Deadline deadline = Deadline.NONE;
    private long silenceMillis;
    private long stallMillis;
    private int timeout;
    private volatile boolean sent;

    /**
     * A socket that is not connected.
     *
     * @param proxy the SOCKS proxy to go through, or {@link Proxy#NO_PROXY}
     * @param timer ends writes that stall; asked for only when a body is sent
     */
    ClientSocket(Proxy proxy, Supplier<ScheduledExecutorService> timer) {
        super(proxy);
        this.timer = timer;
    }

    /**
     * Limits what is done from now on, by the thread that uses the connection.
     *
     * @param until when reading ends with a {@link SocketTimeoutException}
     * @param silence the longest time without a byte from the server; zero for no limit
     */
    void limit(Deadline until, Duration silence) {
        deadline = until;
        silenceMillis = silence.isZero() ? Long.MAX_VALUE : Math.max(1, silence.toMillis());
    }

    /** Ends a write that makes no progress for so long, until the next call; zero for no limit. */
    void limitStalls(Duration stall) {
        stallMillis = stall.toMillis();
    }

    /** Whether anything was written since {@link #forgetSent}. */
    boolean hasSent() {
        return sent;
    }

    void forgetSent() {
        sent = false;
    }

    @Override
    public void connect(SocketAddress address, int timeout) throws IOException {
        boolean completed = false;
        interruption.enter();
        try {
            super.connect(address, timeout);
            completed = true;
        } finally {
            interruption.leave(completed);
        }
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new Input(super.getInputStream());
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new Output(super.getOutputStream());
    }

    private void applyLimits() throws IOException {
        long millis = Math.min(silenceMillis, deadline.leftMillis());
        if (millis == 0) {
            throw new SocketTimeoutException("out of time");
        }
        int next = millis > Integer.MAX_VALUE ? 0 : (int) millis;
        if (next != timeout) {
            setSoTimeout(next);
            timeout = next;
        }
    }

    private final class Input extends InputStream {
        private final InputStream plain;

        Input(InputStream plain) {
            this.plain = plain;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            applyLimits();
            boolean completed = false;
            interruption.enter();
            try {
                int read = plain.read(bytes, offset, length);
                completed = true;
                return read;
            } finally {
                interruption.leave(completed);
            }
        }

        @Override
        public int available() throws IOException {
            return plain.available();
        }

        @Override
        public void close() throws IOException {
            ClientSocket.this.close();
        }
    }

    private final class Output extends OutputStream {
        private final OutputStream plain;

        Output(OutputStream plain) {
            this.plain = plain;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            Watch watch = stallMillis > 0 ? new Watch() : null;
            boolean completed = false;
            interruption.enter(); // closes the socket if the thread is interrupted already
            try {
                sent |= !isClosed();
                plain.write(bytes, offset, length);
                completed = true;
            } finally {
                if (watch != null) {
                    watch.end(completed);
                }
                interruption.leave(completed);
            }
        }

        @Override
        public void close() throws IOException {
            ClientSocket.this.close();
        }
    }

    /** Closes the socket when a write takes too long: Java has no time limit for writing. */
    private final class Watch implements Runnable {
        private final Future<?> end;
        private volatile boolean late;

        Watch() throws SocketException {
            long millis = Math.max(1, Math.min(stallMillis, deadline.leftMillis()));
            try {
                end = timer.get().schedule(this, millis, TimeUnit.MILLISECONDS);
            } catch (IllegalStateException | RejectedExecutionException e) {
                throw new SocketException("the client was closed");
            }
        }

        @Override
        public void run() {
            late = true;
            HttpTransport.close(ClientSocket.this);
        }

        void end(boolean completed) throws SocketTimeoutException {
            end.cancel(false);
            if (late && !completed) {
                throw new SocketTimeoutException("the server takes no more bytes");
            }
        }
    }

    /** What the JDK's channels do when their thread is interrupted, for a socket. */
    private final class Interruption extends AbstractInterruptibleChannel {
        void enter() {
            begin();
        }

        /** Throws what the interrupt is reported as, if it came. */
        void leave(boolean completed) throws IOException {
            end(completed);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            ClientSocket.this.close();
        }
    }
}
