package io.synapse.sdk.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A client that sees bytes and the way a connection ends, which HTTP clients hide. */
final class RawClient implements AutoCloseable {
    private final Socket socket;

    RawClient(URI uri) throws IOException {
        socket = new Socket(uri.getHost(), uri.getPort());
        socket.setSoTimeout(10_000);
    }

    /** A client that has asked for a path. */
    static RawClient get(URI uri, String path) throws IOException {
        RawClient client = new RawClient(uri);
        client.send("GET " + path + " HTTP/1.1\r\nHost: test\r\n\r\n");
        return client;
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    InputStream in() throws IOException {
        return socket.getInputStream();
    }

    String readHead() throws IOException {
        return ScriptedServer.readHead(in());
    }

    String read(int length) throws IOException {
        return new String(in().readNBytes(length), StandardCharsets.ISO_8859_1);
    }

    /** Whether for so long nothing comes: no byte, no end. */
    boolean isSilentFor(int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            in().read();
            return false;
        } catch (SocketTimeoutException silent) {
            return true;
        } finally {
            socket.setSoTimeout(10_000);
        }
    }

    void end(Ending ending) {
        ending.close(socket);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
