package io.synapse.sdk.internal.http;

import io.synapse.sdk.BadRequestException;
import okhttp3.HttpUrl;

/**
 * Where a server is: scheme, host, port and perhaps a path prefix.
 *
 * @param url the same, as the HTTP library has it
 */
public record BaseUrl(HttpUrl url) {
    /**
     * Reads and checks one.
     *
     * @throws BadRequestException when it is not an http or https URL, or holds more than its place says; the message
     *     does not show it, since it may hold a secret
     */
    public static BaseUrl parse(String text) {
        HttpUrl url = HttpUrl.parse(text.strip());
        if (url == null) {
            throw BadRequestException.refused("the base URL must be an http or https URL");
        }
        if (!url.username().isEmpty() || !url.password().isEmpty()) {
            throw BadRequestException.refused("the base URL must not hold a user name or password");
        }
        if (url.query() != null || url.fragment() != null) {
            throw BadRequestException.refused("the base URL must not hold a query or fragment");
        }
        return new BaseUrl(url);
    }

    /** The URL of a target relative to this one, whose final slash does not matter; a whole URL as it is. */
    HttpUrl resolve(String target) {
        if (target.startsWith("http://") || target.startsWith("https://")) {
            return HttpUrl.get(target);
        }
        String base = url.toString();
        String relative = target.startsWith("/") ? target.substring(1) : target;
        return HttpUrl.get(base.endsWith("/") ? base + relative : base + "/" + relative);
    }

    /** Whether a URL has the same scheme, host and port, so that credentials may go there. */
    boolean isOriginOf(HttpUrl other) {
        return other.scheme().equals(url.scheme()) && other.host().equals(url.host()) && other.port() == url.port();
    }

    /** Without a final slash. */
    @Override
    public String toString() {
        String text = url.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }
}
