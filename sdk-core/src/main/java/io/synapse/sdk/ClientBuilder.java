package io.synapse.sdk;

import io.synapse.sdk.internal.http.BaseUrl;
import io.synapse.sdk.internal.http.ConnectionSettings;
import io.synapse.sdk.internal.http.Tls;
import java.net.Proxy;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * What every client's builder can be told. Not thread-safe; a client keeps what its builder held when it was built.
 *
 * @param <B> the builder itself
 */
public abstract class ClientBuilder<B extends ClientBuilder<B>> {
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final List<RequestInterceptor> interceptors = new ArrayList<>();
    private @Nullable BaseUrl baseUrl;
    private Duration connectTimeout = Duration.ofSeconds(3);
    private Duration readTimeout = Duration.ofSeconds(10);
    private Duration callTimeout = Duration.ofSeconds(60);
    private RetryPolicy retryPolicy = RetryPolicy.DEFAULT;
    private ClientListener listener = ClientListener.NONE;
    private @Nullable Proxy proxy;
    private @Nullable Tls tls;
    private @Nullable Executor executor;

    /** A builder with the defaults. */
    protected ClientBuilder() {
        headers.put("User-Agent", "synapse-sdk-java");
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
     * How to make TLS connections, for instance with a client certificate.
     *
     * @param sockets makes the TLS sockets
     * @param trust the trust manager that these sockets use
     */
    public B tls(SSLSocketFactory sockets, X509TrustManager trust) {
        tls = new Tls(sockets, trust);
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

    /** Adds headers to each request; several are asked in the order in which they were added. */
    public B interceptor(RequestInterceptor interceptor) {
        interceptors.add(Objects.requireNonNull(interceptor, "interceptor"));
        return self();
    }

    /** Is told what the client does; nobody by default. */
    public B listener(ClientListener told) {
        listener = Objects.requireNonNull(told, "listener");
        return self();
    }

    /** The {@code User-Agent} header; {@code synapse-sdk-java} by default. */
    public B userAgent(String name) {
        return header("User-Agent", name);
    }

    /**
     * A header to send with every request, WebSocket handshakes included.
     *
     * @throws BadRequestException when the name or value has characters that a header cannot have; the message does
     *     not show the value
     */
    public B header(String name, String value) {
        if (name.isEmpty() || !name.chars().allMatch(c -> c > ' ' && c < 0x7f && c != ':')) {
            throw BadRequestException.refused("not a header name: " + name);
        }
        if (!value.chars().allMatch(c -> c >= ' ' && c < 0x7f || c == '\t')) {
            throw BadRequestException.refused(
                    "the value of the header " + name + " has characters that a header cannot have");
        }
        headers.put(name, value);
        return self();
    }

    /** What the builder was told. */
    final ConnectionSettings settings() {
        if (baseUrl == null) {
            throw BadRequestException.refused("the base URL is missing: where is the server?");
        }
        return new ConnectionSettings(
                baseUrl,
                Map.copyOf(headers),
                connectTimeout,
                readTimeout,
                callTimeout,
                retryPolicy,
                proxy,
                tls,
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
}
