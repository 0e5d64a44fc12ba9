package io.synapse.sdk.gateway.server.internal;

import io.synapse.sdk.gateway.server.internal.GatewayFailure.Kind;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * From where a stream is to be continued.
 *
 * @param stream its id
 * @param after the number of the last message that the caller has; 0 for none
 */
public record StreamPosition(String stream, long after) {
    private static final Pattern FORM = Pattern.compile("(?<stream>[!-~]{1,200}):(?<after>\\d{1,18})");

    /**
     * The position in a {@code Last-Event-ID}.
     *
     * @throws GatewayFailure when it is none
     */
    public static StreamPosition parse(String id) {
        Matcher form = FORM.matcher(id);
        if (!form.matches()) {
            throw new GatewayFailure(Kind.NOT_FOUND, "the Last-Event-ID is none of this gateway");
        }
        return new StreamPosition(form.group("stream"), Long.parseLong(form.group("after")));
    }
}
