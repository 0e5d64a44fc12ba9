package io.synapse.sdk.gateway.server.internal.http;

import io.javalin.http.Context;
import io.synapse.sdk.gateway.server.internal.GatewayFailure;
import io.synapse.sdk.gateway.server.internal.GatewayFailure.Kind;
import io.synapse.sdk.gateway.server.internal.Json;
import io.synapse.sdk.gateway.server.internal.Work;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** Writes answers; those of work once it is over, without a thread that waits for it. */
final class Answering {
    private static final String BEGUN = "begun";

    private final ExecutorService threads;
    private final ClosedCallers callers;

    /** @param threads where answers are written: a slow caller keeps no work from beginning */
    Answering(ExecutorService threads, ClosedCallers callers) {
        this.threads = threads;
        this.callers = callers;
    }

    ExecutorService threads() {
        return threads;
    }

    static void begin(Context request) {
        request.attribute(BEGUN, System.nanoTime());
    }

    /** Answers with the result of this work, which ends when the caller goes. */
    void work(Context request, Work<Map<String, @Nullable Object>> work) {
        ClosedCallers.Watch watch =
                callers.watch(request, () -> work.cancel(new GatewayFailure(Kind.CANCELLED, "the caller has gone")));
        CompletableFuture<?> answered = work.result()
                .whenComplete((result, failure) -> watch.close())
                .handleAsync((result, failure) -> answer(request, result, failure), threads)
                .toCompletableFuture();
        request.future(() -> answered);
    }

    private static Context answer(
            Context request, @Nullable Map<String, @Nullable Object> result, @Nullable Throwable thrown) {
        Throwable failure = thrown instanceof CompletionException wrapped ? wrapped.getCause() : thrown;
        if (failure instanceof GatewayFailure known) {
            return failure(request, known);
        }
        return result == null
                ? failure(request, new GatewayFailure(Kind.INTERNAL, "the gateway failed").mayHaveRun(true))
                : json(request, 200, result);
    }

    static Context json(Context request, int status, Object document) {
        return write(request, status, "application/json", document);
    }

    static Context problem(Context request, int status, String sentence) {
        return write(request, status, Problem.CONTENT_TYPE, new Problem().document(status, sentence));
    }

    static Context failure(Context request, GatewayFailure failure) {
        failure.retryAfter()
                .ifPresent(wait -> request.header(
                        "Retry-After",
                        Long.toString(Math.max(1, wait.plusMillis(999).toSeconds()))));
        return write(request, failure.kind().status(), Problem.CONTENT_TYPE, Problem.of(failure));
    }

    /** As bytes: of a text, Javalin would encode a problem in ISO 8859-1. */
    private static Context write(Context request, int status, String contentType, Object document) {
        byte[] json = Json.text(document).getBytes(StandardCharsets.UTF_8);
        return timed(request).status(status).contentType(contentType).result(json);
    }

    /** With the header that says how long the answer took to make. */
    static Context timed(Context request) {
        return request.header("X-Response-Time", String.format(Locale.ROOT, "%.2fms", seconds(request) * 1e3));
    }

    /** How long a request has taken until now. */
    static double seconds(Context request) {
        Long begun = request.attribute(BEGUN);
        return begun == null ? 0 : (System.nanoTime() - begun) / 1e9;
    }
}
