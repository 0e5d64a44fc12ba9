package io.synapse.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.synapse.sdk.RawServer.Connection;
import io.synapse.sdk.RawServer.Service;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls go through the proxy that the client or the JVM names, and to no host that only the proxy knows. */
@Timeout(30)
class ProxiesTest {
    private static final Endpoint<String> TEXT = Endpoint.get("x?q=1", ResponseType.text());

    /** A name that is known nowhere. */
    private static final String HOST = "only-the_proxy-knows.invalid";

    private static final HeldCertificate CERTIFICATE = new HeldCertificate.Builder()
            .addSubjectAlternativeName("server.invalid")
            .build();

    @Test
    void anHttpProxyIsAskedForTheWholeUrl() throws IOException {
        try (RawServer proxy = RawServer.answering(RawServer.ok("done"));
                TestClient client = client("http://" + HOST + ":81/base", Proxy.Type.HTTP, proxy)) {
            assertThat(client.perform(TEXT)).isEqualTo("done");
            assertThat(client.perform(TEXT)).isEqualTo("done");
            assertThat(proxy.connections).hasValue(1);
            assertThat(proxy.requests.get(0))
                    .startsWith("GET http://" + HOST + ":81/base/x?q=1 HTTP/1.1\r\n")
                    .contains("Host: " + HOST + ":81\r\n")
                    .doesNotContain("Proxy-Authorization");
        }
    }

    @Test
    void anHttpProxyGetsItsPasswordAndTheServerDoesNot() throws IOException {
        Service both = connection -> {
            connection.request();
            if (connection.head.startsWith("CONNECT")) {
                connection.send("HTTP/1.1 200 Connection established\r\n\r\n");
                tunnel(connection);
            } else {
                connection.send(RawServer.ok("done"));
            }
        };
        try (RawServer proxy = new RawServer(both);
                TestClient plain = TestClient.builder()
                        .baseUrl("http://server.invalid")
                        .proxy(at(Proxy.Type.HTTP, proxy), "me", "pass word")
                        .build();
                TestClient secured = TestClient.builder()
                        .baseUrl("https://server.invalid")
                        .trustedCertificates(List.of(CERTIFICATE.certificate()))
                        .proxy(at(Proxy.Type.HTTP, proxy), "me", "pass word")
                        .build()) {
            assertThat(plain.perform(TEXT)).isEqualTo("done");
            assertThat(secured.perform(TEXT)).startsWith("GET /x?q=1").doesNotContain("Proxy-Authorization");
        }
    }

    /** Answers over TLS with the head of the request. */
    private static void tunnel(Connection connection) throws IOException {
        assertThat(connection.head)
                .startsWith("CONNECT server.invalid:443 HTTP/1.1\r\n")
                .contains("Host: server.invalid:443\r\n", "Proxy-Authorization: Basic bWU6cGFzcyB3b3Jk\r\n");
        var sockets = new HandshakeCertificates.Builder()
                .heldCertificate(CERTIFICATE)
                .build()
                .sslSocketFactory();
        try (var secured = (javax.net.ssl.SSLSocket) sockets.createSocket(connection.socket, null, true)) {
            secured.setUseClientMode(false);
            byte[] request = new byte[4096];
            int length = secured.getInputStream().read(request);
            String head = new String(request, 0, length, StandardCharsets.ISO_8859_1);
            secured.getOutputStream().write(RawServer.ok(head).getBytes(StandardCharsets.UTF_8));
            while (secured.getInputStream().read() >= 0) {
                // until the client hangs up
            }
        }
    }

    @Test
    void aProxyThatWantsAPasswordSaysSoOnce() throws IOException {
        try (RawServer proxy = RawServer.answering("HTTP/1.1 407 Auth\r\nContent-Length: 0\r\n\r\n");
                TestClient client = client("https://server.invalid", Proxy.Type.HTTP, proxy)) {
            ConnectionException failure = catchThrowableOfType(ConnectionException.class, () -> client.perform(TEXT));
            assertThat(failure).hasMessageContaining("407").hasMessageContaining("user name and password");
            assertThat(failure.mayHaveBeenExecuted()).isFalse();
            assertThat(proxy.requests).hasSize(1);
        }
    }

    @Test
    void aSocksProxyFindsTheHost() throws IOException {
        AtomicReference<String> asked = new AtomicReference<>();
        try (RawServer proxy = new RawServer(connection -> {
                    asked.set(socks(connection));
                    while (connection.request()) {
                        connection.send(RawServer.ok("done"));
                    }
                });
                TestClient client = client("http://" + HOST + ":81", Proxy.Type.SOCKS, proxy)) {
            assertThat(client.perform(TEXT)).isEqualTo("done");
            assertThat(client.perform(TEXT)).isEqualTo("done");
            assertThat(asked).hasValue(HOST + ":81");
            assertThat(proxy.connections).hasValue(1);
        }
    }

    /** SOCKS 5 without a password (RFC 1928); returns where to. */
    private static String socks(Connection connection) throws IOException {
        DataInputStream in = new DataInputStream(connection.in);
        in.readByte();
        in.skipBytes(in.readByte());
        connection.send(new byte[] {5, 0});
        in.skipBytes(3);
        byte kind = in.readByte();
        byte[] name = in.readNBytes(kind == 3 ? in.readUnsignedByte() : 4);
        int port = in.readUnsignedShort();
        connection.send(new byte[] {5, 0, 0, 1, 0, 0, 0, 0, 0, 0});
        return new String(name, StandardCharsets.ISO_8859_1) + ":" + port;
    }

    @ParameterizedTest
    @EnumSource(value = Proxy.Type.class, names = "DIRECT", mode = EnumSource.Mode.EXCLUDE)
    void aProxyThatHangsEndsByTheConnectTimeoutOrAnInterrupt(Proxy.Type type) throws Exception {
        try (RawServer proxy = new RawServer(Connection::awaitEnd);
                TestClient hasty = TestClient.builder()
                        .baseUrl("https://server.invalid")
                        .proxy(at(type, proxy))
                        .connectTimeout(Duration.ofMillis(200))
                        .retryPolicy(RetryPolicy.NEVER)
                        .build();
                TestClient patient = TestClient.builder()
                        .baseUrl("https://server.invalid")
                        .proxy(at(type, proxy))
                        .connectTimeout(Duration.ofMinutes(1))
                        .build()) {
            RequestTimeoutException late =
                    catchThrowableOfType(RequestTimeoutException.class, () -> hasty.perform(TEXT));
            assertThat(late.kind()).isEqualTo(RequestTimeoutException.Kind.CONNECT);

            await().until(() -> proxy.openConnections() == 0);
            CompletableFuture<Throwable> failure = new CompletableFuture<>();
            Thread caller = new Thread(() -> failure.complete(catchThrowable(() -> patient.perform(TEXT))));
            caller.start();
            await().until(() -> proxy.openConnections() == 1);
            caller.interrupt();
            assertThat(failure.get(1, TimeUnit.SECONDS)).isInstanceOf(CallCancelledException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Proxy.Type.class, names = "DIRECT", mode = EnumSource.Mode.EXCLUDE)
    void aProxyThatIsDownIsNoConnection(Proxy.Type type) {
        try (TestClient client = TestClient.builder()
                .baseUrl("http://server.invalid")
                .proxy(new Proxy(
                        type, new InetSocketAddress(InetAddress.getLoopbackAddress(), 1))) // nothing listens there
                .retryPolicy(RetryPolicy.NEVER)
                .build()) {
            ConnectionException failure = catchThrowableOfType(ConnectionException.class, () -> client.perform(TEXT));
            assertThat(failure.mayHaveBeenExecuted()).isFalse();
        }
    }

    /** Closes each connection after its answer, without saying so. */
    @ParameterizedTest
    @EnumSource
    void aConnectionThatTheProxyHasClosedIsNotUsedAgain(ConnectionsTest.Request request) throws IOException {
        try (RawServer proxy = new RawServer(connection -> {
                    connection.request();
                    connection.send(RawServer.ok("done"));
                });
                TestClient client = TestClient.builder()
                        .baseUrl("http://server.invalid")
                        .proxy(at(Proxy.Type.HTTP, proxy))
                        .retryPolicy(RetryPolicy.NEVER)
                        .build()) {
            for (int call = 0; call < 3; call++) {
                client.perform(request.endpoint());
                await().pollInterval(Duration.ofMillis(1)).until(() -> proxy.openConnections() == 0);
            }
            assertThat(proxy.requests).hasSize(3);
        }
    }

    @Test
    void theProxyOfTheJvmIsUsedExceptForItsExceptions() throws IOException {
        ProxySelector before = ProxySelector.getDefault();
        try (RawServer proxy = RawServer.answering(RawServer.ok("by proxy"));
                RawServer server = RawServer.answering(RawServer.ok("direct"));
                TestClient near = TestClient.builder().baseUrl(server.url()).build();
                TestClient far =
                        TestClient.builder().baseUrl("http://server.invalid").build()) {
            ProxySelector.setDefault(new ProxySelector() {
                @Override
                public List<Proxy> select(URI uri) {
                    return List.of("127.0.0.1".equals(uri.getHost()) ? Proxy.NO_PROXY : at(Proxy.Type.HTTP, proxy));
                }

                @Override
                public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
            });
            assertThat(near.perform(TEXT)).isEqualTo("direct");
            assertThat(far.perform(TEXT)).isEqualTo("by proxy");
        } finally {
            ProxySelector.setDefault(before);
        }
    }

    private static TestClient client(String url, Proxy.Type type, RawServer proxy) {
        return TestClient.builder().baseUrl(url).proxy(at(type, proxy)).build();
    }

    private static Proxy at(Proxy.Type type, RawServer proxy) {
        return new Proxy(type, new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port()));
    }
}
