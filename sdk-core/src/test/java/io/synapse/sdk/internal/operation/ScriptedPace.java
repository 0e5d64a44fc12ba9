package io.synapse.sdk.internal.operation;

import io.synapse.sdk.internal.http.ErrorReader;
import io.synapse.sdk.internal.http.FailedAttempt;
import io.synapse.sdk.internal.http.Failures;
import io.synapse.sdk.internal.http.HttpExchange;
import io.synapse.sdk.internal.http.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Sends nothing and waits for nothing: answers come from a script, and time passes only by pausing. */
final class ScriptedPace implements Pace, LongSupplier {

    final List<String> requests = new ArrayList<>();
    final List<Duration> pauses = new ArrayList<>();
    private final Deque<Object> script = new ArrayDeque<>();
    private long now;
    private @Nullable Object always;

    /** The next request succeeds with this value. */
    ScriptedPace answers(Object value) {
        script.add(value);
        return this;
    }

    /** The next request fails like this. */
    ScriptedPace fails(FailedAttempt failure) {
        script.add(failure);
        return this;
    }

    /** The server answers the next request with an error. */
    ScriptedPace refuses(int status, String body, Map<String, List<String>> headers) {
        return fails(Failures.ofAnswer(
                "GET http://h/",
                status,
                "",
                headers,
                body.getBytes(StandardCharsets.UTF_8),
                ErrorReader.USUAL,
                Instant.EPOCH));
    }

    /** The request goes out and no reply comes back. */
    ScriptedPace losesReply() {
        return fails(Failures.ofConnection("GET http://h/", "h:80", true, true, new IOException("reset")));
    }

    /** There is no connection. */
    ScriptedPace cannotConnect() {
        return fails(Failures.ofConnection("GET http://h/", "h:80", false, true, new IOException("refused")));
    }

    /** Every further request is answered like this. */
    ScriptedPace thenAlways(Object value) {
        always = value;
        return this;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> CompletableFuture<Outcome<T>> run(HttpExchange<T> exchange) {
        requests.add(exchange.request());
        Object next = script.isEmpty() ? always : script.remove();
        if (next == null) {
            throw new AssertionError("unexpected request " + exchange.request());
        }
        FailedAttempt failed = next instanceof FailedAttempt failure ? failure : null;
        return CompletableFuture.completedFuture(
                new Outcome<>(failed == null ? (T) next : null, failed, OptionalInt.empty(), 0, 0));
    }

    @Override
    public CompletableFuture<@Nullable Void> pause(Duration duration) {
        pauses.add(duration);
        now += duration.toNanos();
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public long getAsLong() {
        return now;
    }
}
