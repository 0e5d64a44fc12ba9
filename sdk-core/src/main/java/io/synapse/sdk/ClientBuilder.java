package io.synapse.sdk;

import io.synapse.sdk.internal.http.BaseUrl;
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
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * The settings of every client. Not thread-safe; a client keeps what its builder held when it was built.
 *
 * @param <B> the builder itself
 */
public abstract class ClientBuilder<B extends ClientBuilder<B>> {
    private static final String USER_AGENT = "synapse-sdk-java/" + version();

    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final List<RequestInterceptor> interceptors = new ArrayList<>();
    private @Nullable BaseUrl baseUrl;
    private Duration connectTimeout = Duration.ofSeconds(3);
    private Duration readTimeout = Duration.ofSeconds(10);
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

    /** This builder, as what it is. */
    protected abstract B self();

    /**
     * Where the server is: {@code http} or {@code https}, host, port and perhaps a path prefix. A final slash does not
     * matter. Required.
     *
     * @throws BadRequestException when it is not such a URL, or holds a user name or password
     */
    public B baseUrl(String url) {
        baseUrl = BaseUrl.parse(url);
        return self();
    }

    /** Where the server is, as of {@link #baseUrl(String)}. */
    public B baseUrl(URI url) {
        return baseUrl(url.toString());
    }

    /** How long making a connection may take, TLS included; positive, 3 s by default. */
    public B connectTimeout(Duration timeout) {
        connectTimeout = positive("connect timeout", timeout);
        return self();
    }

    /** How long the server may be silent, and how long sending may stall; positive, 10 s by default. */
    public B readTimeout(Duration timeout) {
        readTimeout = positive("read timeout", timeout);
        return self();
    }

    /**
     * How long a call may take in all, repeats and pauses included; zero for no limit, 60 s by default. Calls that are
     * long by nature (a job's whole log) have a limit of their own or none.
     */
    public B callTimeout(Duration timeout) {
        if (timeout.isNegative()) {
            throw BadRequestException.refused("the call timeout must not be negative: " + timeout);
        }
        callTimeout = timeout;
        return self();
    }

    /** How often and how soon a failed request is sent again; {@link RetryPolicy#DEFAULT} by default. */
    public B retryPolicy(RetryPolicy policy) {
        retryPolicy = Objects.requireNonNull(policy, "retry policy");
        return self();
    }

    /** The proxy to go through; by default what the JVM is set to. {@link Proxy#NO_PROXY} for none. */
    public B proxy(Proxy through) {
        proxy = Objects.requireNonNull(through, "proxy");
        return self();
    }

    /**
     * The HTTP proxy to go through, which wants a user name and a password (Basic, RFC 7617), for http and https alike. The
     * password of a SOCKS proxy is asked of the JVM's {@link java.net.Authenticator}.
     *
     * @throws BadRequestException when it is no HTTP proxy, or the user name has a colon
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

    /** How to make TLS connections, for instance with a client certificate; by default as the JVM is set to. */
    public B tls(SSLContext context) {
        tls = context.getSocketFactory();
        return self();
    }

    /** Trusts these certificates or authorities, and no others, when connecting over TLS. */
    public B trustedCertificates(Collection<X509Certificate> certificates) {
        tls = Tls.trusting(certificates);
        return self();
    }

    /**
     * Where asynchronous calls and streams run. It must not run tasks on the calling thread, and is not shut down by
     * the client. By default the client's own daemon threads, virtual ones on a JVM that has them.
     */
    public B executor(Executor own) {
        executor = Objects.requireNonNull(own, "executor");
        return self();
    }

    /**
     * Keeps the cookies of the server and sends them back, so that a load balancer which marks clients by a cookie sends
     * this one to the same server each time. By default none are kept.
     */
    public B cookies() {
        cookies = true;
        return self();
    }

    /** The limits of log streams that are given none of their own; {@link StreamLimits#NONE} by default. */
    public B streamLimits(StreamLimits limits) {
        streamLimits = Objects.requireNonNull(limits, "stream limits");
        return self();
    }

    /** Adds headers to each request; several are asked in the order in which they were added. */
    public B interceptor(RequestInterceptor interceptor) {
        interceptors.add(Objects.requireNonNull(interceptor, "interceptor"));
        return self();
    }

    /** Observes what the client does; by default nothing does. */
    public B listener(ClientListener observer) {
        listener = Objects.requireNonNull(observer, "listener");
        return self();
    }

    /** The {@code User-Agent} header; {@code synapse-sdk-java} and its version by default. */
    public B userAgent(String name) {
        return header("User-Agent", name);
    }

    /**
     * A header to send with every request, WebSocket handshakes included. It takes the place of one of the same name, in
     * any case.
     *
     * @throws BadRequestException when the name or value has characters that a header cannot have; the message does
     *     not show the value
     */
    public B header(String name, String value) {
        HeaderSyntax.check(name, value);
        headers.put(name, value);
        return self();
    }

    /**
     * A header that carries a token, which is asked for before the first request and once more when the server answers
     * 401.
     *
     * @param prefix what comes before the token
     */
    protected final B token(String header, String prefix, Supplier<String> supplier) {
        headers.remove(header);
        credentials = new Credentials(header, prefix, Objects.requireNonNull(supplier, "token supplier"));
        return self();
    }

    /**
     * A header that carries a token, white space around it left out.
     *
     * @param prefix what comes before the token
     * @throws BadRequestException when the token is blank or has characters that a header cannot have; the message does
     *     not show it
     */
    protected final B token(String header, String prefix, String token) {
        if (token.isBlank()) {
            throw BadRequestException.refused("the token for the header " + header + " is blank");
        }
        return header(header, prefix + token.strip());
    }

    /** What the builder holds. */
    final ConnectionSettings settings() {
        if (baseUrl == null) {
            throw BadRequestException.refused("the base URL is missing: where is the server?");
        }
        return new ConnectionSettings(
                baseUrl,
                Map.copyOf(headers),
                credentials,
                connectTimeout,
                readTimeout,
                callTimeout,
                false,
                retryPolicy,
                proxy,
                proxyAuthorization,
                tls,
                cookies,
                streamLimits,
                executor,
                List.copyOf(interceptors),
                listener);
    }

    private static Duration positive(String what, Duration timeout) {
        if (timeout.isNegative() || timeout.isZero()) {
            throw BadRequestException.refused("the " + what + " must be positive, not " + timeout);
        }
        return timeout;
    }

    /** From the jar's manifest; a class folder has none. */
    private static String version() {
        String version = ClientBuilder.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }
}
