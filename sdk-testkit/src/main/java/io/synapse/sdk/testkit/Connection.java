package io.synapse.sdk.testkit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection, and the one to the server that goes with it from the first request on that needs it.
 *
 * <p>Three threads serve it: one takes in what the client sends, so that the client's leaving is noticed at once even
 * while nothing is passed on; one reads requests; one carries replies back.
 */
final class Connection {
    private static final int BUFFER = 64 * 1024;
    private static final int CONNECT_TIMEOUT_MILLIS = 10_000;
    private static final int CLOSING_HANDSHAKE_SECONDS = 5;

    private final ProxyState state;
    private final Socket client;
    private final ToClient toClient;
    private final PipedInputStream takenIn = new PipedInputStream(BUFFER);
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile Ending clientEnding = Ending.FIN;
    private volatile @Nullable Socket server;

    Connection(ProxyState state, Socket client) throws IOException {
        this.state = state;
        this.client = client;
        client.setTcpNoDelay(true);
        toClient = new ToClient(
                client.getOutputStream(), state.conditions(), this::isOver, state.journal().bytesToClients::add);
    }

    /** Passes requests to the server, as far as the faults allow. */
    void serve() throws IOException {
        start(new RequestRelay(this, state.plan(), new BufferedInputStream(takenIn, BUFFER), toClient)::run);
    }

    /** Reads all that comes and never answers. */
    void ignore() throws IOException {
        start(() -> takenIn.transferTo(OutputStream.nullOutputStream()));
    }

    void reset() {
        state.journal().opened(this);
        end(Ending.RST);
    }

    private void start(Relay relay) throws IOException {
        OutputStream intoPipe = new PipedOutputStream(takenIn);
        state.journal().opened(this);
        state.connections().add(this);
        try {
            state.threads().execute(() -> takeIn(intoPipe));
            state.threads().execute(() -> run(relay));
        } catch (RejectedExecutionException proxyClosed) {
            end(Ending.FIN);
        }
    }

    void requested(ProxiedRequest request) {
        state.journal().requested(this, request);
    }

    /** Opens the connection to the server. */
    ServerLink connect() throws IOException {
        Socket socket = new Socket();
        server = socket;
        if (isOver()) {
            throw new SocketException("the connection has ended");
        }
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(state.host(), state.port()), CONNECT_TIMEOUT_MILLIS);
        ToServer toServer = new ToServer(
                socket.getOutputStream(), state.conditions(), this::isOver, state.journal().bytesToServer::add);
        InputStream fromServer = new BufferedInputStream(socket.getInputStream(), BUFFER);
        ReplyRelay replies = new ReplyRelay(this, fromServer, toClient);
        state.threads().execute(() -> run(replies::run));
        return new ServerLink(toServer, replies);
    }

    /**
     * Ends the server's side, sends the client a FIN and leaves it time to end its own side: a client that answers a
     * Close frame must not be met by a reset.
     */
    void sayGoodbye() throws IOException {
        closeServer(Ending.FIN);
        client.shutdownOutput();
        try {
            over.await(CLOSING_HANDSHAKE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException proxyClosed) {
            Thread.currentThread().interrupt();
        }
    }

    void forgetCut() {
        toClient.forgetCut();
    }

    /** Ends both sides, once. */
    synchronized void end(Ending ending) {
        if (isOver()) {
            return;
        }
        over.countDown();
        state.conditions().wake();
        ending.close(client);
        closeServer(ending);
        try {
            takenIn.close();
        } catch (IOException e) {
            throw new UncheckedIOException("closing a buffer in memory failed", e);
        } finally {
            state.connections().remove(this);
            state.journal().ended(this);
        }
    }

    private void closeServer(Ending ending) {
        Socket socket = server;
        if (socket != null) {
            ending.close(socket);
        }
    }

    private boolean isOver() {
        return over.getCount() == 0;
    }

    private void takeIn(OutputStream intoPipe) {
        try (intoPipe) {
            clientLeft(copyUntilEnd(intoPipe));
        } catch (IOException e) {
            throw new UncheckedIOException("closing a buffer in memory failed", e);
        }
    }

    private Ending copyUntilEnd(OutputStream intoPipe) {
        try {
            InputStream in = client.getInputStream();
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                intoPipe.write(buffer, 0, read);
                intoPipe.flush();
            }
            return Ending.FIN;
        } catch (IOException clientReset) {
            return Ending.RST;
        }
    }

    /** Must come before the end of the pipe, at which the relay asks how the client has left. */
    private void clientLeft(Ending ending) {
        if (!isOver()) {
            clientEnding = ending;
            state.journal().clientLeft(this);
        }
    }

    private void run(Relay relay) {
        Ending ending;
        try {
            relay.run();
            ending = clientEnding;
        } catch (ConnectionCut cut) {
            end(cut.ending());
            return;
        } catch (IOException | RejectedExecutionException oneSideBroke) {
            ending = Ending.RST;
        }
        endWhenSound(ending);
    }

    /** One side has ended; in a silent network the other does not learn it. */
    private void endWhenSound(Ending ending) {
        try {
            state.conditions().awaitSound(this::isOver);
        } catch (IOException proxyClosed) {
            end(Ending.FIN);
            return;
        }
        end(ending);
    }

    /** One direction's work; returns when its source has ended. */
    @FunctionalInterface
    interface Relay {
        void run() throws IOException;
    }

    /** Both directions of the connection to the server. */
    record ServerLink(ToServer toServer, ReplyRelay replies) {}
}
