package io.synapse.sdk;

import io.synapse.sdk.internal.http.CallPolicy;
import io.synapse.sdk.internal.http.ConnectionSettings;
import io.synapse.sdk.internal.http.Credentials;
import io.synapse.sdk.internal.http.HeaderSyntax;
import io.synapse.sdk.internal.http.Tls;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * The settings of every client. Not thread-safe. Changes after {@code build()} do not affect a client that was built.
 *
 * @param <B> the builder itself
 */
public abstract class ClientBuilder<B extends ClientBuilder<B>> {
    private static final String USER_AGENT = "synapse-sdk-java/" + version();

    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final List<RequestInterceptor> interceptors = new ArrayList<>();
    private @Nullable Supplier<List<ServerAddress>> servers;
    private LoadBalancing loadBalancing = LoadBalancing.ROUND_ROBIN;
    private Duration connectTimeout = Duration.ofSeconds(3);
    private Duration readTimeout = Duration.ofSeconds(10);
    private Duration maxIdle = Duration.ofSeconds(30);
    private Duration callTimeout = Duration.ofSeconds(60);
    private RetryPolicy retryPolicy = RetryPolicy.DEFAULT;
    private ClientListener listener = ClientListener.NONE;
    private StreamLimits streamLimits = StreamLimits.NONE;
    private @Nullable Credentials credentials;
    private @Nullable Proxy proxy;
    private @Nullable String proxyAuthorization;
    private @Nullable SSLSocketFactory tls;
    private boolean cookies;
    private @Nullable Executor executor;

    /** A builder with the defaults. */
    protected ClientBuilder() {
        headers.put("User-Agent", USER_AGENT);
    }

    /** This builder, as its own type. */
    protected abstract B self();

    /**
     * The server's URL: {@code http} or {@code https}, host, optional port and path prefix. A final slash has no
     * effect. Required.
     *
     * @throws BadRequestException when it is not such a URL or contains user information
     */
    public B baseUrl(String url) {
        return baseUrls(url);
    }

    /** The server's URL, as {@link #baseUrl(String)}. */
    public B baseUrl(URI url) {
        return baseUrl(url.toString());
    }

    /**
     * The URLs of several equivalent servers; calls are distributed among them by the {@linkplain #loadBalancing load
     * balancing}, and what one server cannot do another is asked to do, if that is safe. A stream of events is continued
     * at its own server.
     *
     * @param urls at least one, each as {@link #baseUrl(String)}
     */
    public B baseUrls(String... urls) {
        List<ServerAddress> addresses = Stream.of(urls).map(ServerAddress::of).toList();
        if (addresses.isEmpty()) {
            throw BadRequestException.refused("the base URL is missing: where is the server?");
        }
        return servers(() -> addresses);
    }

    /**
     * Several equivalent servers that come and go, or have weights.
     *
     * @param addresses called before each call, by any thread; must be fast, and return at least one address
     */
    public B servers(Supplier<List<ServerAddress>> addresses) {
        servers = Objects.requireNonNull(addresses, "addresses");
        return self();
    }

    /** Which of several servers gets a request; {@link LoadBalancing#ROUND_ROBIN} by default. */
    public B loadBalancing(LoadBalancing policy) {
        loadBalancing = Objects.requireNonNull(policy, "load balancing");
        return self();
    }

    /** Time limit for connecting, TLS handshake included; positive, 3 s by default. */
    public B connectTimeout(Duration timeout) {
        connectTimeout = positive("connect timeout", timeout);
        return self();
    }

    /** Longest time without a byte received or sent; positive, 10 s by default. */
    public B readTimeout(Duration timeout) {
        readTimeout = positive("read timeout", timeout);
        return self();
    }

    /**
     * Total time limit of a call, retries and delays included; zero for no limit, 60 s by default. Calls that take long
     * (a job's whole log) have their own limit or none.
     */
    public B callTimeout(Duration timeout) {
        if (timeout.isNegative()) {
            throw BadRequestException.refused("the call timeout must not be negative: " + timeout);
        }
        callTimeout = timeout;
        return self();
    }

    /** The retry policy; {@link RetryPolicy#DEFAULT} by default. */
    public B retryPolicy(RetryPolicy policy) {
        retryPolicy = Objects.requireNonNull(policy, "retry policy");
        return self();
    }

    /** The proxy; by default the JVM's proxy settings apply. {@link Proxy#NO_PROXY} for none. */
    public B proxy(Proxy through) {
        proxy = Objects.requireNonNull(through, "proxy");
        return self();
    }

    /**
     * An HTTP proxy that requires a user name and a password (Basic, RFC 7617), for http and https alike. For a SOCKS
     * proxy, the JVM's {@link java.net.Authenticator} supplies the password.
     *
     * @throws BadRequestException when it is not an HTTP proxy, or the user name contains a colon
     */
    public B proxy(Proxy through, String user, String password) {
        if (through.type() != Proxy.Type.HTTP || user.indexOf(':') >= 0) {
            throw BadRequestException.refused(
                    "a user name, without a colon, and a password go with an HTTP proxy only");
        }
        byte[] credentials = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        proxyAuthorization = "Basic " + Base64.getEncoder().encodeToString(credentials);
        return proxy(through);
    }

    /** The TLS context, for instance with a client certificate; by default the JVM's. */
    public B tls(SSLContext context) {
        tls = context.getSocketFactory();
        return self();
    }

    /** Trusts only these certificates or certificate authorities in TLS connections. */
    public B trustedCertificates(Collection<X509Certificate> certificates) {
        tls = Tls.trusting(certificates);
        return self();
    }

    /**
     * The executor of asynchronous calls and streams. It must not run tasks on the calling thread; the client does not
     * shut it down. By default the client's own daemon threads, virtual ones on a JVM that supports them.
     */
    public B executor(Executor own) {
        executor = Objects.requireNonNull(own, "executor");
        return self();
    }

    /**
     * Stores the server's cookies and sends them back, as load balancers with cookie-based affinity need. By default no
     * cookies are stored.
     */
    public B cookies() {
        cookies = true;
        return self();
    }

    /** The limits of log streams without their own limits; {@link StreamLimits#NONE} by default. */
    public B streamLimits(StreamLimits limits) {
        streamLimits = Objects.requireNonNull(limits, "stream limits");
        return self();
    }

    /**
     * Adds an interceptor, which adds headers to each request. Interceptors run in the order in which they were added.
     */
    public B interceptor(RequestInterceptor interceptor) {
        interceptors.add(Objects.requireNonNull(interceptor, "interceptor"));
        return self();
    }

    /** The listener for calls and streams; none by default. */
    public B listener(ClientListener observer) {
        listener = Objects.requireNonNull(observer, "listener");
        return self();
    }

    /** The {@code User-Agent} header; {@code synapse-sdk-java} and its version by default. */
    public B userAgent(String name) {
        return header("User-Agent", name);
    }

    /**
     * Adds a header to each request, WebSocket handshakes included. It replaces a header of the same name, ignoring
     * case.
     *
     * @throws BadRequestException when the name or value has characters that a header cannot have; the message omits
     *     the value
     */
    public B header(String name, String value) {
        HeaderSyntax.check(name, value);
        headers.put(name, value);
        return self();
    }

    /**
     * A header with a token. The supplier is called before the first request and again after a 401.
     *
     * @param prefix the text before the token
     */
    protected final B token(String header, String prefix, Supplier<String> supplier) {
        headers.remove(header);
        credentials = new Credentials(header, prefix, Objects.requireNonNull(supplier, "token supplier"));
        return self();
    }

    /**
     * A header with a token, stripped of leading and trailing white space.
     *
     * @param prefix the text before the token
     * @throws BadRequestException when the token is blank or has characters that a header cannot have; the message
     *     omits it
     */
    protected final B token(String header, String prefix, String token) {
        if (token.isBlank()) {
            throw BadRequestException.refused("the token for the header " + header + " is blank");
        }
        return header(header, prefix + token.strip());
    }

    /**
     * How long a connection may wait for its next request; positive, 30 s by default. A server that closes idle
     * connections does so after a longer time: a request must not meet that.
     */
    protected final B maxIdle(Duration time) {
        maxIdle = positive("idle time", time);
        return self();
    }

    /** The settings made so far. */
    final ConnectionSettings settings() {
        if (servers == null) {
            throw BadRequestException.refused("the base URL is missing: where is the server?");
        }
        return new ConnectionSettings(
                servers,
                loadBalancing,
                Map.copyOf(headers),
                credentials,
                connectTimeout,
                readTimeout,
                maxIdle,
                new CallPolicy(callTimeout, false, retryPolicy, listener),
                proxy,
                proxyAuthorization,
                tls,
                cookies,
                streamLimits,
                executor,
                List.copyOf(interceptors));
    }

    private static Duration positive(String what, Duration timeout) {
        if (timeout.isNegative() || timeout.isZero()) {
            throw BadRequestException.refused("the " + what + " must be positive, not " + timeout);
        }
        return timeout;
    }

    /** Of the module, or from the jar's manifest; a folder of classes has neither. */
    private static String version() {
        Module module = ClientBuilder.class.getModule();
        String version = module.isNamed()
                ? module.getDescriptor().rawVersion().orElse(null)
                : ClientBuilder.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }
}
