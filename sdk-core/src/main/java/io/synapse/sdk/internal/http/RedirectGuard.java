package io.synapse.sdk.internal.http;

import java.io.IOException;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Looks at each answer before the HTTP library follows it: a redirect to another origin would carry the credentials
 * there, and one that turns a POST into a GET would not do what was asked. Both are refused.
 */
final class RedirectGuard implements Interceptor {
    private final ConnectionSettings settings;

    RedirectGuard(ConnectionSettings settings) {
        this.settings = settings;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        String location = response.header("Location");
        if (!response.isRedirect() || location == null) {
            return response;
        }
        HttpUrl target = chain.request().url().resolve(location);
        boolean keepsMethod = response.code() == 307 || response.code() == 308;
        String method = chain.request().method();
        if (target == null || !settings.baseUrl().isOriginOf(target)) {
            throw refused(
                    response,
                    "it redirects to another origin (" + origin(target) + "), where the credentials of "
                            + origin(settings.baseUrl().url()) + " must not go");
        }
        if (!keepsMethod && !method.equals("GET") && !method.equals("HEAD")) {
            throw refused(response, "it redirects a " + method + " to " + target + "; correct the base URL or path");
        }
        return response;
    }

    private static Refused refused(Response response, String why) {
        Refused refused = new Refused(response, why);
        response.close();
        return refused;
    }

    private static String origin(@Nullable HttpUrl url) {
        return url == null ? "not an HTTP address" : url.scheme() + "://" + url.host() + ":" + url.port();
    }

    /** A redirect that is not followed. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;
        private final transient Response response;
        private final String why;

        Refused(Response response, String why) {
            super(why);
            this.response = response;
            this.why = why;
        }

        String why() {
            return why;
        }

        Response response() {
            return response;
        }
    }
}
