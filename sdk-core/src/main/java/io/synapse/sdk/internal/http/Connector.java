package io.synapse.sdk.internal.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;

/** Makes connections to servers: directly or through a proxy, over TLS where the URL says so. Thread-safe. */
final class Connector {
    private final ConnectionSettings settings;
    private final Supplier<ScheduledExecutorService> timer;

    Connector(ConnectionSettings settings, Supplier<ScheduledExecutorService> timer) {
        this.settings = settings;
        this.timer = timer;
    }

    /**
     * Connects on the calling thread.
     *
     * @param server where to
     * @param deadline until when
     * @param opened is given each socket before it is connected, so that it can be closed from another thread
     * @throws java.net.SocketTimeoutException when the deadline has passed
     */
    HttpConnection connect(BaseUrl server, Deadline deadline, Consumer<ClientSocket> opened)
            throws IOException, HttpException {
        Proxy proxy = proxy(server);
        boolean viaHttpProxy = proxy.type() == Proxy.Type.HTTP;
        ClientSocket socket = connectedSocket(server, proxy, viaHttpProxy, deadline, opened);
        try {
            if (!server.isHttps()) {
                return new HttpConnection(server, socket, null, viaHttpProxy);
            }
            if (viaHttpProxy) {
                openTunnel(server, socket);
            }
            return new HttpConnection(server, socket, secured(server, socket), false);
        } catch (IOException | HttpException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /** The proxy that the builder was given, or else the first that the JVM names. */
    private Proxy proxy(BaseUrl server) {
        if (settings.proxy() != null) {
            return settings.proxy();
        }
        ProxySelector selector = ProxySelector.getDefault();
        List<Proxy> proxies = selector == null ? List.of() : selector.select(URI.create(server.origin()));
        return proxies == null || proxies.isEmpty() ? Proxy.NO_PROXY : proxies.get(0);
    }

    private ClientSocket connectedSocket(
            BaseUrl server, Proxy proxy, boolean viaHttpProxy, Deadline deadline, Consumer<ClientSocket> opened)
            throws IOException {
        String host = server.host();
        int port = server.port();
        if (proxy.type() == Proxy.Type.SOCKS) {
            // the proxy finds out where the host is
            return connectedSocket(proxy, InetSocketAddress.createUnresolved(host, port), deadline, 1, opened);
        }
        if (viaHttpProxy && proxy.address() instanceof InetSocketAddress through) {
            host = through.getHostString();
            port = through.getPort();
        }
        InetAddress[] addresses = InetAddress.getAllByName(host);
        IOException failure = new UnknownHostException(host);
        for (int index = 0; index < addresses.length; index++) {
            try {
                SocketAddress address = new InetSocketAddress(addresses[index], port);
                return connectedSocket(Proxy.NO_PROXY, address, deadline, addresses.length - index, opened);
            } catch (IOException e) {
                failure = e;
                if (Thread.currentThread().isInterrupted()) {
                    break;
                }
            }
        }
        throw failure;
    }

    /** Takes its share of the time left when there are other addresses to try. */
    private ClientSocket connectedSocket(
            Proxy proxy, SocketAddress address, Deadline deadline, int shares, Consumer<ClientSocket> opened)
            throws IOException {
        ClientSocket socket = new ClientSocket(proxy, timer);
        opened.accept(socket);
        try {
            socket.limit(deadline, Duration.ZERO);
            socket.setTcpNoDelay(true);
            socket.connect(address, (int) Math.max(1, Math.min(deadline.leftMillis() / shares, Integer.MAX_VALUE)));
            return socket;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private SSLSocket secured(BaseUrl server, ClientSocket socket) throws IOException {
        SSLSocketFactory given = settings.tls();
        SSLSocketFactory sockets = given == null ? (SSLSocketFactory) SSLSocketFactory.getDefault() : given;
        Socket layered = sockets.createSocket(socket, server.host(), server.port(), true);
        if (!(layered instanceof SSLSocket secured)) {
            throw new IOException("the socket factory given for TLS makes no TLS sockets");
        }
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS"); // the certificate must be the host's
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    /** Asks an HTTP proxy to pass bytes on (RFC 9110, section 9.3.6). */
    private void openTunnel(BaseUrl server, ClientSocket socket) throws IOException, HttpException {
        String target = server.authorityWithPort();
        HttpConnection proxy = new HttpConnection(server, socket, null, true);
        BasicClassicHttpRequest connect = new BasicClassicHttpRequest("CONNECT", "/");
        connect.setPath(target);
        connect.setHeader("Host", target);
        String authorization = settings.proxyAuthorization();
        if (authorization != null) {
            connect.setHeader("Proxy-Authorization", authorization);
        }
        proxy.sendRequestHeader(connect);
        proxy.flush();
        ClassicHttpResponse answer = proxy.receiveResponseHeader();
        if (answer.getCode() / 100 != 2) {
            throw new ProxyRefusedException(answer.getCode());
        }
    }
}
