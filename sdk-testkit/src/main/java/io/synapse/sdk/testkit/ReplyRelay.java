package io.synapse.sdk.testkit;

import io.synapse.sdk.testkit.Connection.ServerLink;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Carries the server's bytes to one client as they come. It looks into them only where it must: for a reply that is to
 * be lost, for the reply to an upgrade, and for the ends of frames when a fault waits for one.
 */
final class ReplyRelay {
    private static final int BUFFER = 64 * 1024;

    private final Connection connection;
    private final InputStream fromServer;
    private final ToClient toClient;
    private final AtomicReference<@Nullable Exchange> special = new AtomicReference<>();
    private volatile boolean switched;

    ReplyRelay(Connection connection, InputStream fromServer, ToClient toClient) {
        this.connection = connection;
        this.fromServer = fromServer;
        this.toClient = toClient;
    }

    /** Says, before the request goes out, whether its reply needs looking into. */
    void expect(ServerLink link, ProxiedRequest request, Effect effect) {
        if (effect instanceof Effect.LoseReply || request.asksToUpgrade()) {
            special.set(new Exchange(link, request, effect));
        }
    }

    /** Whether the connection no longer speaks HTTP; true before the client can know it. */
    boolean switchedProtocols() {
        return switched;
    }

    /** Returns when the server has ended its side. */
    void run() throws IOException {
        byte[] buffer = new byte[BUFFER];
        while (hasMore(fromServer)) {
            Exchange exchange = special.getAndSet(null);
            if (exchange == null) {
                toClient.write(buffer, 0, fromServer.read(buffer));
            } else if (exchange.effect instanceof Effect.LoseReply) {
                lose(exchange.request);
            } else {
                relayUpgrade(exchange);
            }
        }
    }

    /** Waits for the next byte and leaves it where it is. */
    static boolean hasMore(InputStream in) throws IOException {
        in.mark(1);
        boolean more = in.read() >= 0;
        in.reset();
        return more;
    }

    private void lose(ProxiedRequest request) throws IOException {
        Head head = Head.read(fromServer);
        while (head.isInterim()) {
            head = Head.read(fromServer);
        }
        Body.copyOfReply(request.method(), head, fromServer, OutputStream.nullOutputStream());
        throw new ConnectionCut(Ending.FIN);
    }

    private void relayUpgrade(Exchange exchange) throws IOException {
        Head head;
        do {
            head = Head.read(fromServer);
            switched = head.switchesProtocols();
            toClient.write(head.raw());
        } while (head.isInterim());
        if (!switched) {
            return;
        }
        if (exchange.effect instanceof Effect.CloseFrame lie && relayFrames(lie.afterBytes())) {
            exchange.link.toServer().discard(); // before the client can answer
            toClient.write(FrameHeader.close(lie.code()));
            connection.sayGoodbye();
            throw new ConnectionCut(Ending.FIN);
        }
        if (exchange.effect instanceof Effect.HalfFrame half && relayFrames(half.afterBytes())) {
            relayHalfFrame();
            throw new ConnectionCut(half.ending());
        }
    }

    /** Relays whole frames of so many bytes or a little more; false if the server ended before. */
    private boolean relayFrames(long atLeast) throws IOException {
        long relayed = 0;
        while (relayed < atLeast) {
            if (!hasMore(fromServer)) {
                return false;
            }
            FrameHeader header = FrameHeader.read(fromServer);
            toClient.write(header.raw());
            Body.copy(fromServer, toClient, header.payloadLength());
            relayed += header.frameLength();
        }
        return true;
    }

    private void relayHalfFrame() throws IOException {
        FrameHeader header = FrameHeader.read(fromServer);
        long half = header.frameLength() / 2;
        int ofHeader = (int) Math.min(header.raw().length, half);
        toClient.write(header.raw(), 0, ofHeader);
        Body.copy(fromServer, toClient, half - ofHeader);
    }

    private record Exchange(ServerLink link, ProxiedRequest request, Effect effect) {}
}
