package io.synapse.sdk.testkit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What a proxy has seen. Thread-safe; its memory is bounded. */
final class Journal {
    private static final int REMEMBERED = 10_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<ProxiedRequest> requests = new ArrayDeque<>();
    private final Map<Connection, Optional<ProxiedRequest>> open = new LinkedHashMap<>();
    private final Deque<Optional<ProxiedRequest>> left = new ArrayDeque<>();
    private long opened;
    final LongAdder bytesToClients = new LongAdder();
    final LongAdder bytesToServer = new LongAdder();

    void opened(Connection connection) {
        change(() -> {
            opened++;
            open.put(connection, Optional.empty());
        });
    }

    void requested(Connection connection, ProxiedRequest request) {
        change(() -> {
            remember(requests, request);
            open.replace(connection, Optional.of(request));
        });
    }

    /** The client has closed its end. */
    void clientLeft(Connection connection) {
        change(() -> {
            Optional<ProxiedRequest> latest = open.remove(connection);
            if (latest != null) {
                remember(left, latest);
            }
        });
    }

    /** The connection has ended for any reason. */
    void ended(Connection connection) {
        change(() -> open.remove(connection));
    }

    long connectionsOpened() {
        return read(() -> opened);
    }

    int openConnections() {
        return read(open::size);
    }

    List<ProxiedRequest> requests() {
        return read(() -> List.copyOf(requests));
    }

    void awaitRequest(Predicate<? super ProxiedRequest> which, Duration timeout) throws InterruptedException {
        await(() -> requests.stream().anyMatch(which), "no such request came", timeout);
    }

    void awaitClientGone(Predicate<Optional<ProxiedRequest>> which, Duration timeout) throws InterruptedException {
        await(
                () -> left.stream().anyMatch(which) && open.values().stream().noneMatch(which),
                "no client has left, or not from every such connection",
                timeout);
    }

    private void await(BooleanSupplier condition, String failure, Duration timeout) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long nanos = timeout.toNanos();
            while (!condition.getAsBoolean()) {
                if (nanos <= 0) {
                    throw new AssertionError("%s within %d ms; open: %s; %d requests, the last: %s"
                            .formatted(
                                    failure, timeout.toMillis(), open.values(), requests.size(), requests.peekLast()));
                }
                nanos = changed.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private <T> T read(Supplier<T> value) {
        lock.lock();
        try {
            return value.get();
        } finally {
            lock.unlock();
        }
    }

    private static <T> void remember(Deque<T> memory, T item) {
        if (memory.size() == REMEMBERED) {
            memory.removeFirst();
        }
        memory.addLast(item);
    }
}
