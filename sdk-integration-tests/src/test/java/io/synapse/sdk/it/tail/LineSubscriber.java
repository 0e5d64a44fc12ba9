package io.synapse.sdk.it.tail;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;

/** Keeps the lines it was given, and asks for no more than it is told to. */
final class LineSubscriber implements Flow.Subscriber<String> {
    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    private final List<String> lines = new CopyOnWriteArrayList<>();

    void request(long more) {
        subscription.join().request(more);
    }

    List<String> lines() {
        return lines;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription.complete(given);
    }

    @Override
    public void onNext(String line) {
        lines.add(line);
    }

    @Override
    public void onError(Throwable failure) {
        // Seen through the completion of the publisher.
    }

    @Override
    public void onComplete() {
        // Seen through the completion of the publisher.
    }
}
