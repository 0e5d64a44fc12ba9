package io.synapse.sdk.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/** The port at which clients connect, and what is done with them there. Thread-safe. */
final class Reception implements AutoCloseable {
    static final String HOST = "127.0.0.1";
    private static final int BACKLOG = 1024;

    private final ProxyState state;
    private final int port;
    private ServerSocket listening;
    private Future<?> accepting;
    private boolean closed;
    private volatile OnConnect mode = OnConnect.SERVE;

    Reception(ProxyState state) {
        this.state = state;
        listening = listen(0);
        port = listening.getLocalPort();
        accepting = startAccepting(listening);
    }

    int port() {
        return port;
    }

    synchronized void onConnect(OnConnect newMode) {
        mode = newMode;
        if (newMode == OnConnect.REFUSE) {
            stopListening();
        } else if (listening.isClosed() && !closed) {
            listening = listen(port);
            accepting = startAccepting(listening);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        stopListening();
    }

    private void stopListening() {
        try {
            listening.close();
            // The system keeps the port open for as long as a thread is still waiting at it.
            accepting.get();
        } catch (IOException e) {
            throw new UncheckedIOException("closing port " + port + " failed", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("port " + port + " was no longer served", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ServerSocket listen(int port) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(HOST, port), BACKLOG);
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on " + HOST + ":" + port, e);
        }
    }

    private Future<?> startAccepting(ServerSocket socket) {
        FutureTask<?> task = new FutureTask<>(() -> accept(socket), null);
        state.threads().execute(task);
        return task;
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            Socket client;
            try {
                client = socket.accept();
            } catch (IOException e) {
                if (socket.isClosed()) {
                    return;
                }
                throw new UncheckedIOException("accepting connections failed", e);
            }
            receive(client);
        }
    }

    private void receive(Socket client) {
        try {
            Connection connection = new Connection(state, client);
            switch (mode) {
                case SERVE -> connection.serve();
                case IGNORE -> connection.ignore();
                case REFUSE, RESET -> connection.reset();
            }
        } catch (IOException clientAlreadyGone) {
            Ending.RST.close(client);
        }
    }
}
