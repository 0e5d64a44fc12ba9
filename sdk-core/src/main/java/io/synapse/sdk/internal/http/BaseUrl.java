package io.synapse.sdk.internal.http;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.Endpoint;
import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.hc.core5.net.URIAuthority;
import org.jspecify.annotations.Nullable;

/**
 * Where a server is. Equal when scheme, host, port and prefix are, however they were written.
 *
 * @param scheme {@code http} or {@code https}
 * @param host a name in ASCII, or an address, an IPv6 one without brackets
 * @param port the port, the default one of the scheme where none was given
 * @param prefix the path that all others follow, without a final slash; often empty
 */
public record BaseUrl(String scheme, String host, int port, String prefix) {
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    /** Underscores are in use, though no host name has them by the standard. */
    private static final Pattern HOST_NAME = Pattern.compile("[a-z0-9._-]+");

    /**
     * Reads and checks one.
     *
     * @throws BadRequestException when it is not an http or https URL, or has a user name, password, query or fragment;
     *     the message does not show it, since it may hold a secret
     */
    public static BaseUrl parse(String text) {
        URI uri;
        URIAuthority authority;
        try {
            uri = new URI(text.strip());
            authority = URIAuthority.create(uri.getRawAuthority());
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw BadRequestException.refused("the base URL must be an http or https URL");
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")
                || authority == null
                || authority.getHostName().isEmpty()
                || authority.getPort() == 0
                || uri.getRawAuthority().contains(":-")) {
            throw BadRequestException.refused("the base URL must be an http or https URL");
        }
        if (authority.getUserInfo() != null) {
            throw BadRequestException.refused("the base URL must not hold a user name or password");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw BadRequestException.refused("the base URL must not hold a query or fragment");
        }
        return new BaseUrl(
                scheme,
                asciiHost(authority.getHostName()),
                authority.getPort() >= 0 ? authority.getPort() : defaultPort(scheme),
                withoutFinalSlashes(uri.getRawPath()));
    }

    /** Whether connections are made over TLS. */
    public boolean isHttps() {
        return scheme.equals("https");
    }

    /** Where an endpoint is, its query included. */
    public Address address(Endpoint<?> endpoint) {
        if (endpoint.query().isEmpty()) {
            return address(endpoint.target());
        }
        StringBuilder target = new StringBuilder(endpoint.target());
        char separator = endpoint.target().indexOf('?') < 0 ? '?' : '&';
        for (Map.Entry<String, String> parameter : endpoint.query()) {
            target.append(separator);
            PercentEncoding.query(parameter.getKey(), target);
            target.append('=');
            PercentEncoding.query(parameter.getValue(), target);
            separator = '&';
        }
        return address(target.toString());
    }

    /**
     * Where a target is: a path and query relative to this URL, or a whole URL. A URL of another origin stands for the
     * same path here: a server behind a proxy does not know how it is reached, and credentials go nowhere else.
     */
    Address address(String target) {
        StringBuilder path = new StringBuilder(prefix.length() + target.length() + 1);
        if (target.startsWith("http://") || target.startsWith("https://")) {
            int slash = target.indexOf('/', target.indexOf("://") + 3);
            String whole = slash < 0 ? "/" : target.substring(slash);
            path.append(whole.startsWith(prefix + "/") ? "" : prefix);
            PercentEncoding.target(whole, path);
        } else {
            path.append(prefix).append(target.startsWith("/") ? "" : "/");
            PercentEncoding.target(target, path);
        }
        return new Address(this, path.toString());
    }

    /** Where a redirect leads; null when it leads to another origin, or nowhere. */
    @Nullable
    Address redirect(Address from, String location) {
        try {
            URI target = new URI(from.toString()).resolve(new URI(location.strip()));
            BaseUrl other = parse(target.getScheme() + "://" + target.getRawAuthority());
            boolean same = scheme.equals(other.scheme) && host.equals(other.host) && port == other.port;
            String query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
            String path = target.getRawPath().isEmpty() ? "/" : target.getRawPath();
            return same ? new Address(this, path + query) : null;
        } catch (URISyntaxException | IllegalArgumentException | BadRequestException e) {
            return null;
        }
    }

    /** Host and port, as in a {@code Host} header. */
    public String authority() {
        String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port == defaultPort(scheme) ? name : name + ":" + port;
    }

    /** Host and port, also where it is the scheme's own. */
    public String authorityWithPort() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    /** Scheme, host and port. */
    String origin() {
        return scheme + "://" + authority();
    }

    @Override
    public String toString() {
        return origin() + prefix;
    }

    private static String asciiHost(String host) {
        if (host.indexOf(':') >= 0) {
            return host;
        }
        try {
            String ascii = IDN.toASCII(host).toLowerCase(Locale.ROOT);
            if (HOST_NAME.matcher(ascii).matches()) {
                return ascii;
            }
        } catch (IllegalArgumentException e) {
            // refused like the others
        }
        throw BadRequestException.refused("the host of the base URL is no host name");
    }

    private static int defaultPort(String scheme) {
        return scheme.equals("https") ? HTTPS_PORT : HTTP_PORT;
    }

    private static String withoutFinalSlashes(@Nullable String path) {
        String prefix = path == null ? "" : path;
        while (prefix.endsWith("/")) {
            prefix = prefix.substring(0, prefix.length() - 1);
        }
        return prefix;
    }
}
