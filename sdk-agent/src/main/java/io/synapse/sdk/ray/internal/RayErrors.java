package io.synapse.sdk.ray.internal;

import io.synapse.sdk.internal.http.ErrorReader;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Interprets a dashboard's errors. Most are plain text with status 500: a Python traceback that contains the status of
 * the process behind the dashboard and, as its last line, the reason (wire/ray.md, sections 0 and 1).
 */
final class RayErrors implements ErrorReader {
    private static final String TRACEBACK = "Traceback (most recent call last):";

    /** The line that ends a traceback: the exception and its message. */
    private static final Pattern REASON = Pattern.compile("(?m)^[A-Za-z_][\\w.]*(?:Error|Exception|Warning)?: .*");

    /** The status of the process behind the dashboard, as relayed in an error. */
    private static final Pattern RELAYED = Pattern.compile("Request failed with status code (\\d{3})");

    /** Another job has the submission id. */
    private static final Pattern TAKEN = Pattern.compile("Job with submission_id .* already exists");

    @Override
    public Meaning read(int status, @Nullable Object body) {
        String text = text(body);
        return text == null
                ? new Meaning(status, null)
                : new Meaning(status == 500 ? statusOf(text) : status, sentence(text));
    }

    /** The body if it is text, or the message in the envelope of the state API. */
    private static @Nullable String text(@Nullable Object body) {
        return body instanceof String whole
                ? whole
                : body instanceof Map<?, ?> envelope && envelope.get("msg") instanceof String message ? message : null;
    }

    /** The reason in a text that may contain a traceback. */
    static String sentence(String text) {
        return text.contains(TRACEBACK) ? reason(text) : text;
    }

    private static int statusOf(String text) {
        if (TAKEN.matcher(text).find() || text.contains("in a non-terminal state")) {
            return 409;
        }
        if (text.startsWith("No available agent to submit job")) {
            return 503; // "please try again later"
        }
        if (text.startsWith("A file is not found at")) {
            return 404;
        }
        Matcher relayed = RELAYED.matcher(text);
        return relayed.find() ? Integer.parseInt(relayed.group(1)) : 500;
    }

    /** The last line of the innermost traceback, or of the text where it has none. */
    private static String reason(String text) {
        return REASON.matcher(text)
                .results()
                .map(MatchResult::group)
                .reduce((before, last) -> last)
                .orElse(text.strip().lines().reduce("", (before, last) -> last));
    }
}
