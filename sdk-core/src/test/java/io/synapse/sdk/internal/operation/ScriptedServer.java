package io.synapse.sdk.internal.operation;

import io.synapse.sdk.Endpoint;
import io.synapse.sdk.RequestTimeoutException;
import io.synapse.sdk.internal.http.Address;
import io.synapse.sdk.internal.http.Deadline;
import io.synapse.sdk.internal.http.ErrorReader;
import io.synapse.sdk.internal.http.Exchange;
import io.synapse.sdk.internal.http.ExchangeFactory;
import io.synapse.sdk.internal.http.FailedAttempt;
import io.synapse.sdk.internal.http.Failures;
import io.synapse.sdk.internal.http.Outcome;
import io.synapse.sdk.internal.http.Secrets;
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
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Sends nothing and waits for nothing: answers come from a script, and time passes only by pausing. */
final class ScriptedServer implements ExchangeFactory, Clock {
    final List<String> requests = new ArrayList<>();
    final List<Duration> pauses = new ArrayList<>();

    /** What was left of the time of each request when it was sent. */
    final List<Duration> limits = new ArrayList<>();

    private final Deque<Object> script = new ArrayDeque<>();
    private long now;
    private Duration duration = Duration.ZERO;
    private Duration oversleep = Duration.ZERO;
    private @Nullable Object always;

    /** The next request succeeds with this value. */
    ScriptedServer answers(Object value) {
        script.add(value);
        return this;
    }

    /** The next request fails like this. */
    ScriptedServer fails(FailedAttempt failure) {
        script.add(failure);
        return this;
    }

    /** The server answers the next request with an error. */
    ScriptedServer refuses(int status, String body, Map<String, List<String>> headers) {
        return fails(Failures.ofAnswer(
                "GET http://h/",
                status,
                "",
                headers,
                body.getBytes(StandardCharsets.UTF_8),
                ErrorReader.USUAL,
                Secrets.NONE,
                Instant.EPOCH));
    }

    /** The request goes out and no reply comes back. */
    ScriptedServer losesReply() {
        return fails(Failures.ofConnection("GET http://h/", "h:80", true, true, new IOException("reset")));
    }

    /** There is no connection. */
    ScriptedServer cannotConnect() {
        return fails(Failures.ofConnection("GET http://h/", "h:80", false, true, new IOException("refused")));
    }

    /** Every further request is answered like this. */
    ScriptedServer thenAlways(Object value) {
        always = value;
        return this;
    }

    /** Every attempt takes so long, or as long as it may. */
    ScriptedServer takes(Duration each) {
        duration = each;
        return this;
    }

    /** Every pause takes so much longer than it was to. */
    ScriptedServer oversleeps(Duration more) {
        oversleep = more;
        return this;
    }

    @Override
    public <T> Exchange<T> exchange(Endpoint<T> endpoint, Address address, Deadline deadline) {
        return new Exchange<>() {
            @Override
            public Outcome<T> run() {
                return answer(request(), deadline);
            }

            @Override
            public void abort(String why) {}

            @Override
            public String request() {
                return endpoint.method() + " " + address;
            }
        };
    }

    @SuppressWarnings("unchecked")
    private <T> Outcome<T> answer(String request, Deadline deadline) {
        requests.add(request);
        limits.add(deadline.left());
        Object next = script.isEmpty() ? always : script.remove();
        if (next == null) {
            throw new AssertionError("unexpected request " + request);
        }
        boolean late = deadline.left().compareTo(duration) < 0;
        now += late ? deadline.leftNanos() : duration.toNanos();
        FailedAttempt failed = late
                ? Failures.ofTimeout(request, "h:80", RequestTimeoutException.Kind.CALL, deadline.limit(), true, null)
                : next instanceof FailedAttempt failure ? failure : null;
        return new Outcome<>(failed == null ? (T) next : null, failed, OptionalInt.empty(), 0, 0);
    }

    @Override
    public void sleep(Duration pause, CountDownLatch cancelled) {
        pauses.add(pause);
        now += pause.plus(oversleep).toNanos();
    }

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public double random() {
        return 1;
    }
}
