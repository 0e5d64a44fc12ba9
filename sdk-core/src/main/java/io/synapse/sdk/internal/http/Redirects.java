package io.synapse.sdk.internal.http;

import io.synapse.sdk.HttpMethod;
import java.io.IOException;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.jspecify.annotations.Nullable;

/** Decides which redirects are followed: those at the same origin that do not change the method. */
final class Redirects {
    private Redirects() {}

    /** Where a redirect leads that is to be followed; null for any other answer. */
    static @Nullable Address target(HttpMethod method, Address from, ClassicHttpResponse answer) throws IOException {
        Header location = answer.getFirstHeader("Location");
        boolean keepsMethod = answer.getCode() == 307 || answer.getCode() == 308;
        boolean redirects = keepsMethod || answer.getCode() >= 301 && answer.getCode() <= 303;
        if (!redirects || location == null) {
            return null;
        }
        Address target = from.server().redirect(from, location.getValue());
        if (target == null) {
            throw new RefusedAnswerException(
                    answer,
                    "it redirects to another origin (" + originOf(location.getValue()) + "), where the credentials of "
                            + from.server().origin() + " must not go");
        }
        if (!keepsMethod && method != HttpMethod.GET && method != HttpMethod.HEAD) {
            throw new RefusedAnswerException(
                    answer, "it redirects a " + method + " to " + target + "; correct the base URL or path");
        }
        return target;
    }

    private static String originOf(String location) {
        int authority = location.indexOf("://") + 3;
        if (authority < 3) {
            return "not an HTTP address";
        }
        int end = authority;
        while (end < location.length() && "/?#".indexOf(location.charAt(end)) < 0) {
            end++;
        }
        return location.substring(0, end);
    }
}
