package io.synapse.sdk.benchmarks.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What is sent for a request: made before it is needed, outside the heap, so that sending is all that is left. */
interface Reply {
    /** Sends it. */
    void writeTo(SocketChannel client) throws IOException;

    /** Whether the connection serves nothing else afterwards. */
    boolean endsConnection();

    /** A JSON document. */
    static Reply document(int status, byte[] json) {
        ByteBuffer bytes = direct(
                ("HTTP/1.1 " + status + " -\r\nContent-Type: application/json\r\nContent-Length: " + json.length
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII),
                json);
        return new Reply() {
            @Override
            public void writeTo(SocketChannel client) throws IOException {
                write(client, bytes);
            }

            @Override
            public boolean endsConnection() {
                return false;
            }
        };
    }

    /** The same block so many times. */
    static Reply repeated(byte[] head, byte[] block, long times, byte[] end) {
        ByteBuffer content = direct(block);
        return new Log() {
            @Override
            public void writeTo(SocketChannel client) throws IOException {
                write(client, direct(head));
                for (long sent = 0; sent < times; sent++) {
                    write(client, content);
                }
                write(client, direct(end));
            }
        };
    }

    /** The same event each second, so many times. */
    static Reply eachSecond(byte[] head, byte[] event, long times, byte[] end) {
        return new Log() {
            @Override
            public void writeTo(SocketChannel client) throws IOException {
                write(client, direct(head));
                long start = System.nanoTime();
                for (long sent = 1; sent <= times; sent++) {
                    long due = start + TimeUnit.SECONDS.toNanos(sent);
                    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                        LockSupport.parkNanos(left);
                    }
                    write(client, direct(event));
                }
                write(client, direct(end));
            }
        };
    }

    /** A log: one of it is all that a connection serves. */
    interface Log extends Reply {
        @Override
        default boolean endsConnection() {
            return true;
        }
    }

    private static void write(SocketChannel client, ByteBuffer bytes) throws IOException {
        ByteBuffer left = bytes.duplicate();
        while (left.hasRemaining()) {
            client.write(left);
        }
    }

    private static ByteBuffer direct(byte[]... parts) {
        int size = 0;
        for (byte[] part : parts) {
            size += part.length;
        }
        ByteBuffer bytes = ByteBuffer.allocateDirect(size);
        for (byte[] part : parts) {
            bytes.put(part);
        }
        return bytes.flip();
    }
}
