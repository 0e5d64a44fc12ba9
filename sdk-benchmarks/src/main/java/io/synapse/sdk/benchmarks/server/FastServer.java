package io.synapse.sdk.benchmarks.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * Speaks what the benchmarks need of an agent's and of Ray's protocol, a thread a connection, and looks at nothing that
 * it need not look at. Runs in a process of its own, prints its address and ends with its standard input.
 */
public final class FastServer {
    private static final int MAX_HEAD_BYTES = 16 << 10;

    /** A thread does little more than wait. */
    private static final long STACK_BYTES = 256 << 10;

    private static final int BACKLOG = 2_000;

    private final Routes routes = new Routes();

    private FastServer() {}

    /** Takes no arguments. */
    public static void main(String[] args) throws IOException {
        ServerSocketChannel door = ServerSocketChannel.open();
        door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        FastServer server = new FastServer();
        start("accept", () -> server.accept(door));
        System.out.println("http://127.0.0.1:" + door.socket().getLocalPort());
        while (System.in.read() >= 0) {
            // until whoever started it is gone
        }
        System.exit(0);
    }

    private void accept(ServerSocketChannel door) {
        try {
            while (true) {
                SocketChannel client = door.accept();
                client.setOption(StandardSocketOptions.TCP_NODELAY, true);
                start("serve", () -> serve(client));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(SocketChannel client) {
        try (client) {
            ByteBuffer received = ByteBuffer.allocate(MAX_HEAD_BYTES);
            for (String head = head(client, received); !head.isEmpty(); head = head(client, received)) {
                Reply reply = routes.to(RequestHead.parse(head));
                reply.writeTo(client);
                if (reply.endsConnection()) {
                    client.shutdownOutput();
                    awaitEnd(client, received);
                    return;
                }
            }
        } catch (IOException e) {
            // a client that has gone is none of this server's business
        }
    }

    /** The next request's head, once its body, which must be short, is here too; empty when no more comes. */
    private static String head(SocketChannel client, ByteBuffer received) throws IOException {
        while (true) {
            String text = new String(received.array(), 0, received.position(), StandardCharsets.ISO_8859_1);
            int end = text.indexOf("\r\n\r\n");
            String head = end < 0 ? "" : text.substring(0, end + 2);
            int bytes = end + 4 + RequestHead.contentLength(head);
            if (end >= 0 && received.position() >= bytes) {
                received.flip().position(bytes);
                received.compact();
                return head;
            }
            if (client.read(received) < 0) {
                return "";
            }
        }
    }

    private static void awaitEnd(SocketChannel client, ByteBuffer received) throws IOException {
        do {
            received.clear();
        } while (client.read(received) >= 0);
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(null, work, name, STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
    }
}
