package io.synapse.sdk.internal.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.channels.spi.AbstractInterruptibleChannel;

/**
 * A socket that an interrupt closes: a thread that is blocked in connecting, reading or writing gets out at once with a
 * {@link java.nio.channels.ClosedByInterruptException}, its interrupt flag stays set, and the server sees the
 * disconnect. A plain socket does not react to an interrupt at all. One over a {@link java.nio.channels.SocketChannel}
 * does, but spends four more system calls on each read that has a time limit.
 */
final class InterruptibleSocket extends Socket {
    private final Interruption interruption = new Interruption();

    InterruptibleSocket() {
        super(Proxy.NO_PROXY); // whether there is one is known to who asks for a socket
    }

    @Override
    public void connect(SocketAddress address) throws IOException {
        connect(address, 0);
    }

    @Override
    public void connect(SocketAddress address, int timeout) throws IOException {
        boolean completed = false;
        interruption.mayCome();
        try {
            super.connect(address, timeout);
            completed = true;
        } finally {
            interruption.mayNotCome(completed);
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
            boolean completed = false;
            interruption.mayCome();
            try {
                int read = plain.read(bytes, offset, length);
                completed = true;
                return read;
            } finally {
                interruption.mayNotCome(completed);
            }
        }

        @Override
        public int available() throws IOException {
            return plain.available();
        }

        @Override
        public void close() throws IOException {
            InterruptibleSocket.this.close();
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
            boolean completed = false;
            interruption.mayCome();
            try {
                plain.write(bytes, offset, length);
                completed = true;
            } finally {
                interruption.mayNotCome(completed);
            }
        }

        @Override
        public void close() throws IOException {
            InterruptibleSocket.this.close();
        }
    }

    /** What the JDK's channels do when their thread is interrupted, for a socket. */
    private final class Interruption extends AbstractInterruptibleChannel {
        void mayCome() {
            begin();
        }

        /** Throws what the interrupt is reported as, if it came. */
        void mayNotCome(boolean completed) throws IOException {
            end(completed);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            InterruptibleSocket.this.close();
        }
    }
}
