package io.synapse.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where requests go: base URLs, paths, redirects; and what of a client's secrets goes with them. */
@Timeout(30)
class AddressesTest {
    private static final Endpoint<String> TEXT = Endpoint.get("x", ResponseType.text());

    /** Seen by an HTTP proxy, which is told all of it. */
    @ParameterizedTest
    @CsvSource({
        "http://h, http://h/x, h",
        "http://h/, http://h/x, h",
        "http://H:80/a/b//, http://h/a/b/x, h",
        "http://h:8080/a%20b, http://h:8080/a%20b/x, h:8080",
        "http://[::1]:81, http://[::1]:81/x, [::1]:81",
        "http://[2001:db8::1], http://[2001:db8::1]/x, [2001:db8::1]",
        "http://my_host.example, http://my_host.example/x, my_host.example",
        "http://b\u00fccher.example, http://xn--bcher-kva.example/x, xn--bcher-kva.example"
    })
    void aBaseUrlNamesHostPortAndPrefix(String url, String requested, String host) throws IOException {
        try (RawServer proxy = RawServer.answering(RawServer.ok("done"));
                TestClient client = TestClient.builder()
                        .baseUrl(url)
                        .cookies()
                        .interceptor((method, uri) -> Map.of())
                        .proxy(new Proxy(
                                Proxy.Type.HTTP, new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port())))
                        .build()) {
            client.perform(TEXT);
            assertThat(proxy.requests.get(0))
                    .startsWith("GET " + requested + " HTTP/1.1\r\n")
                    .contains("Host: " + host + "\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "h",
                "ftp://h",
                "http://",
                "http:///x",
                "http://u:p@h",
                "http://h?x=1",
                "http://h#f",
                "http://h:99999",
                "http://h:-1",
                "http://a b",
                "http://a%0d%0aX-Y:1",
                "http://a\r\nX: y",
                "http://h/\r\nX: y"
            })
    void whatIsNoBaseUrlIsRefused(String url) {
        assertThat(catchThrowable(() -> TestClient.builder().baseUrl(url))).isInstanceOf(BadRequestException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "/x, /x",
        "//x/y, //x/y",
        "x y, /x%20y",
        "a[1]?b[2]=3, /a%5B1%5D?b%5B2%5D=3",
        "'x\r\nX-Y: 1', /x%0D%0AX-Y:%201",
        "x?a=1#f, /x?a=1%23f",
        "100%, /100%25",
        "100%zz, /100%25zz",
        "a%2fb, /a%2fb"
    })
    void whateverAPathHoldsIsSentAsAPath(String path, String target) throws IOException {
        try (RawServer server = RawServer.answering(RawServer.ok("done"));
                TestClient client = TestClient.builder()
                        .baseUrl(server.url())
                        .cookies()
                        .interceptor((method, url) -> Map.of("X-Path", "seen"))
                        .build()) {
            client.perform(Endpoint.get(path, ResponseType.text()));
            assertThat(server.requests.get(0)).startsWith("GET " + target + " HTTP/1.1\r\n");
        }
    }

    @Test
    void aVeryLongQueryIsSentWhole() throws IOException {
        String value = "\u00fc&= ".repeat(10_000);
        try (RawServer server = RawServer.answering(RawServer.ok("done"));
                TestClient client = TestClient.builder().baseUrl(server.url()).build()) {
            client.perform(TEXT.query("q", value));
            String query = URI.create(server.requests.get(0).split(" ")[1]).getRawQuery();
            assertThat(java.net.URLDecoder.decode(query, java.nio.charset.StandardCharsets.UTF_8))
                    .isEqualTo("q=" + value);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/y", "y", "?z=1", "http://127.0.0.1:PORT/y", "//127.0.0.1:PORT/y"})
    void aRedirectAtTheSameOriginIsFollowed(String location) throws IOException {
        try (RawServer server = new RawServer(connection -> {
                    for (int number = 0; connection.request(); number++) {
                        String to = location.replace("PORT", "" + connection.socket.getLocalPort());
                        connection.send(
                                number == 0
                                        ? "HTTP/1.1 302 Found\r\nLocation: " + to + "\r\nContent-Length: 0\r\n\r\n"
                                        : RawServer.ok("done"));
                    }
                });
                TestClient client = TestClient.builder()
                        .baseUrl(server.url())
                        .header("Authorization", "Bearer s3cret-token")
                        .build()) {
            assertThat(client.perform(TEXT)).isEqualTo("done");
            assertThat(server.requests).hasSize(2).allMatch(head -> head.contains("s3cret-token"));
            assertThat(server.connections).hasValue(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://other.invalid/",
                "https://127.0.0.1/",
                "http://127.0.0.1:1/",
                "/x",
                "",
                "ht tp://",
                "javascript:x"
            })
    void aRedirectElsewhereOrForEverIsRefused(String location) throws IOException {
        try (RawServer server = RawServer.answering(
                        "HTTP/1.1 302 Found\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n");
                TestClient client = TestClient.builder().baseUrl(server.url()).build()) {
            assertThat(catchThrowable(() -> client.perform(TEXT))).isInstanceOf(UnexpectedResponseException.class);
            assertThat(server.requests).hasSizeLessThan(7);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectedPostIsSentAgainOnlyIfItStaysAPost(int status) throws IOException {
        List<String> bodies = new ArrayList<>();
        try (RawServer server = new RawServer(connection -> {
                    while (connection.request()) {
                        bodies.add(new String(connection.body, java.nio.charset.StandardCharsets.UTF_8));
                        connection.send(
                                bodies.size() == 1
                                        ? "HTTP/1.1 " + status + " x\r\nLocation: /y\r\nContent-Length: 0\r\n\r\n"
                                        : RawServer.ok("done"));
                    }
                });
                TestClient client = TestClient.builder().baseUrl(server.url()).build()) {
            Endpoint<String> post = Endpoint.post("x", ResponseType.text()).json(List.of(1));
            if (status >= 307) {
                assertThat(client.perform(post)).isEqualTo("done");
                assertThat(bodies).containsExactly("[1]", "[1]");
            } else {
                assertThat(catchThrowable(() -> client.perform(post))).isInstanceOf(UnexpectedResponseException.class);
                assertThat(bodies).containsExactly("[1]");
            }
        }
    }

    @Test
    void cookiesAreSentBackIfTheUserWantsIt() throws IOException {
        for (boolean wanted : List.of(true, false)) {
            try (RawServer server =
                    RawServer.answering("HTTP/1.1 200 OK\r\nSet-Cookie: lb=7; Path=/\r\nContent-Length: 0\r\n\r\n")) {
                TestClient.Builder builder = TestClient.builder().baseUrl(server.url());
                try (TestClient client = (wanted ? builder.cookies() : builder).build()) {
                    client.perform(TEXT);
                    client.perform(TEXT);
                }
                assertThat(server.requests.get(0)).doesNotContain("Cookie:");
                assertThat(server.requests.get(1).contains("Cookie: lb=7")).isEqualTo(wanted);
            }
        }
    }

    @Test
    void aTokenIsAskedForAgainOnceWhenItIsRefused() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        try (RawServer server = new RawServer(connection -> {
                    while (connection.request()) {
                        connection.send(
                                connection.head.contains("token-number-2")
                                        ? RawServer.ok("done")
                                        : "HTTP/1.1 401 no\r\nContent-Length: 14\r\n\r\ntoken-number-1");
                    }
                });
                TestClient client = supplied(server, () -> "token-number-" + asked.incrementAndGet())) {
            assertThat(client.perform(Endpoint.post("x", ResponseType.text()))).isEqualTo("done");
            assertThat(client.perform(TEXT)).isEqualTo("done");
            assertThat(asked).hasValue(2);
        }
        try (RawServer server = RawServer.answering("HTTP/1.1 401 no\r\nContent-Length: 18\r\n\r\nnot secret-words-9");
                TestClient client = supplied(server, () -> "secret-words-9")) {
            assertThat(catchThrowable(() -> client.perform(TEXT)))
                    .isInstanceOf(AuthenticationException.class)
                    .hasMessageNotContaining("secret-words-9");
            assertThat(server.requests).hasSize(1);
        }
    }

    @Test
    void aTokenThatCannotBeHadIsTheFailureOfTheCall() throws IOException {
        try (RawServer server = RawServer.answering(RawServer.ok("done"));
                TestClient blank = supplied(server, () -> " ");
                TestClient broken = supplied(server, () -> {
                    throw new IllegalStateException("no vault");
                });
                TestClient injecting = supplied(server, () -> "a\r\nX-Y: 1")) {
            assertThat(catchThrowable(() -> blank.perform(TEXT))).isInstanceOf(BadRequestException.class);
            assertThat(catchThrowable(() -> broken.perform(TEXT))).hasMessage("no vault");
            assertThat(catchThrowable(() -> injecting.perform(TEXT)))
                    .isInstanceOf(BadRequestException.class)
                    .hasMessageNotContaining("X-Y");
            assertThat(server.requests).isEmpty();
        }
    }

    @Test
    void whatAnInterceptorAddsIsMaskedInErrors() throws IOException {
        try (RawServer server = RawServer.answering("HTTP/1.1 403 no\r\nContent-Length: 16\r\n\r\nno: abc-def-ghij");
                TestClient client = TestClient.builder()
                        .baseUrl(server.url())
                        .interceptor((method, url) -> Map.of("X-Api-Key", "abc-def-ghij"))
                        .build()) {
            AuthorizationException failure =
                    catchThrowableOfType(AuthorizationException.class, () -> client.perform(TEXT));
            assertThat(failure).hasMessageContaining("no: ***");
        }
    }

    private static TestClient supplied(RawServer server, java.util.function.Supplier<String> token) {
        return new TestClient.Builder().supplied(token).baseUrl(server.url()).build();
    }
}
