package io.synapse.sdk.internal.operation;

import io.synapse.sdk.HttpMethod;
import io.synapse.sdk.internal.balance.Server;
import io.synapse.sdk.internal.balance.Servers;
import io.synapse.sdk.internal.http.Deadline;
import io.synapse.sdk.internal.http.Exchange;
import io.synapse.sdk.internal.resilience.Question;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request and its answer, whatever the protocol: what the loop over attempts must know of it. */
public interface Call<T extends @Nullable Object> extends Question {
    /** The servers that can answer it. */
    Servers servers();

    /** The HTTP method. */
    HttpMethod method();

    /** The path with {@code {}} in place of ids: the same for all calls of an operation. */
    String pathTemplate();

    @Override
    default String operation() {
        return method() + " " + pathTemplate();
    }

    /** Where the request goes at a server, without secrets. */
    String url(Server at);

    /** What the call is, in messages, without secrets: method and URL. */
    default String request(Server at) {
        return method() + " " + url(at);
    }

    /** Whether sending it twice is the same as sending it once. */
    boolean isIdempotent();

    /** The total time of the call, if it has its own. */
    Optional<Duration> callTimeout();

    /**
     * One attempt, not sent yet.
     *
     * @param deadline until when the answer must be there as a whole
     */
    Exchange<T> exchange(Server at, Deadline deadline);
}
