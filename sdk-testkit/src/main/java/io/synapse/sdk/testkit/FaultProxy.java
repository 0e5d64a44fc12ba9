package io.synapse.sdk.testkit;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A bad network on demand: a proxy on a free loopback port in front of any HTTP/1.1 or WebSocket server, which passes
 * every byte untouched until it is told to do harm.
 *
 * <pre>{@code
 * try (FaultProxy proxy = FaultProxy.inFrontOf(agent.baseUrl());
 *         AgentClient client = AgentClient.builder()
 *                 .baseUrl(proxy.uri())
 *                 .agentToken(agent.token())
 *                 .build()) {
 *     proxy.next(2, Fault.status(503));
 *     assertThat(client.healthCheck()).isNotNull();
 *     assertThat(proxy.requests()).hasSize(3);
 * }
 * }</pre>
 *
 * <p>Harm comes in three kinds. A {@link Fault} befalls single requests, as many as asked for: {@link #next(Fault)},
 * {@link #every(Fault)}; at most one befalls a request, those for a number of times first, in the order given. The
 * network as a whole can be slow or silent ({@link #delay}, {@link #throttle}, {@link #silence}), at once and for all
 * connections. And connections can be cut ({@link #cut}, {@link #cutEvery}) or not taken ({@link #onConnect}).
 * {@link #clear} ends all of it.
 *
 * <p>A connection to the server is opened when a client's first request needs it. An end of either side reaches the
 * other in kind, FIN or RST; a client that closes only its sending half counts as gone. Buffers are bounded: a slow
 * reader slows the writer down. Requests are expected one after the other on a connection (no pipelining).
 *
 * <p>Thread-safe. All threads are daemons named {@code fault-proxy-…}; none is left after {@link #close}.
 */
public final class FaultProxy implements AutoCloseable {
    private static final int HTTP_PORT = 80;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final DaemonThreads daemons;
    private final ExecutorService threads;
    private final ScheduledExecutorService timer;
    private final boolean ownsTimer;
    private final ProxyState state;
    private final Reception reception;
    private final URI uri;
    private @Nullable Future<?> periodicCut;

    private FaultProxy(URI target, DaemonThreads daemons, ScheduledExecutorService timer, boolean ownsTimer) {
        this.daemons = daemons;
        this.timer = timer;
        this.ownsTimer = ownsTimer;
        threads = Executors.newCachedThreadPool(daemons);
        state = new ProxyState(target.getHost(), target.getPort() < 0 ? HTTP_PORT : target.getPort(), threads);
        reception = new Reception(state);
        uri = URI.create("http://" + Reception.HOST + ":" + reception.port() + target.getRawPath());
    }

    /**
     * Starts a proxy.
     *
     * @param target where the server is; the server need not be there yet
     * @throws IllegalArgumentException unless the target is an {@code http} URI with a host
     */
    public static FaultProxy inFrontOf(URI target) {
        DaemonThreads daemons = new DaemonThreads();
        return new FaultProxy(checked(target), daemons, Executors.newSingleThreadScheduledExecutor(daemons), true);
    }

    /**
     * Starts a proxy whose periodic cuts run on a scheduler of the caller's, so that a test can drive time by hand.
     *
     * @param target where the server is; the server need not be there yet
     * @param scheduler stays the caller's to shut down
     * @throws IllegalArgumentException unless the target is an {@code http} URI with a host
     */
    public static FaultProxy inFrontOf(URI target, ScheduledExecutorService scheduler) {
        return new FaultProxy(checked(target), new DaemonThreads(), Objects.requireNonNull(scheduler), false);
    }

    /** The address clients connect to: the target's path on the proxy's own host and port. */
    public URI uri() {
        return uri;
    }

    /** Lets the fault befall the next request it applies to. */
    public void next(Fault fault) {
        next(1, fault);
    }

    /**
     * Lets the fault befall the next so many requests it applies to.
     *
     * @param times 1 or more
     */
    public void next(int times, Fault fault) {
        if (times < 1) {
            throw new IllegalArgumentException("times must be 1 or more, not " + times);
        }
        state.plan().next(times, Objects.requireNonNull(fault));
    }

    /** Lets the fault befall every request from now on that it applies to. */
    public void every(Fault fault) {
        state.plan().every(Objects.requireNonNull(fault));
    }

    /** Says what happens to clients that connect from now on; those already connected are left alone. */
    public void onConnect(OnConnect reaction) {
        reception.onConnect(Objects.requireNonNull(reaction));
    }

    /** Cuts all open connections now, with a FIN. */
    public int cut() {
        return cut(Ending.FIN);
    }

    /**
     * Cuts all open connections now, on both sides, whatever they are in the middle of.
     *
     * @return how many connections that were
     */
    public int cut(Ending ending) {
        List<Connection> open = List.copyOf(state.connections());
        open.forEach(connection -> connection.end(ending));
        return open.size();
    }

    /** Cuts all open connections again and again with a FIN; {@link #clear} ends it, another call replaces it. */
    public void cutEvery(Duration period) {
        cutEvery(period, Ending.FIN);
    }

    /**
     * Cuts all open connections again and again; {@link #clear} ends it, another call replaces it.
     *
     * @param period more than zero; the first cut comes after one period
     */
    public synchronized void cutEvery(Duration period, Ending ending) {
        Objects.requireNonNull(ending);
        if (period.isNegative() || period.isZero()) {
            throw new IllegalArgumentException("the period must be more than zero, not " + period);
        }
        endPeriodicCut();
        periodicCut =
                timer.scheduleAtFixedRate(() -> cut(ending), period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * Holds each chunk from the server back for a while before it goes on to the client, one after the other.
     *
     * @param delay zero ends it
     */
    public void delay(Duration delay) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("a delay cannot be negative: " + delay);
        }
        state.conditions().delay(delay);
    }

    /**
     * Makes every connection slow in the direction of the client.
     *
     * @param bytesPerSecond 1 or more, for each connection
     */
    public void throttle(long bytesPerSecond) {
        if (bytesPerSecond < 1) {
            throw new IllegalArgumentException("bytes per second must be 1 or more, not " + bytesPerSecond);
        }
        state.conditions().throttle(bytesPerSecond);
    }

    /**
     * Lets nothing through in either direction, and not even the end of a connection: a pulled cable. Connections stay
     * open, new ones can be made. What is sent meanwhile waits for {@link #resume}.
     */
    public void silence() {
        state.conditions().silent(true);
    }

    /** Ends the silence; what waited goes on. */
    public void resume() {
        state.conditions().silent(false);
    }

    /**
     * Makes the network good again, as it was at the start: forgets all faults, also for connections already marked to
     * be cut later. A request that was swallowed stays unanswered. What was seen is kept.
     */
    public synchronized void clear() {
        endPeriodicCut();
        state.plan().clear();
        state.conditions().clear();
        state.connections().forEach(Connection::forgetCut);
        reception.onConnect(OnConnect.SERVE);
    }

    /** How many times a client has connected so far. */
    public long connectionsOpened() {
        return state.journal().connectionsOpened();
    }

    /** How many connections with clients are open now. */
    public int openConnections() {
        return state.journal().openConnections();
    }

    /** The latest 10,000 requests in the order they came, whatever became of them. */
    public List<ProxiedRequest> requests() {
        return state.journal().requests();
    }

    /** How many bytes clients have been sent, the proxy's own answers included. */
    public long bytesToClients() {
        return state.journal().bytesToClients.sum();
    }

    /** How many bytes the server has been sent. */
    public long bytesToServer() {
        return state.journal().bytesToServer.sum();
    }

    /**
     * Waits until such a request has come, now or earlier.
     *
     * @throws AssertionError if none comes in time
     */
    public void awaitRequest(Predicate<? super ProxiedRequest> which, Duration timeout) throws InterruptedException {
        state.journal().awaitRequest(which, timeout);
    }

    /**
     * Waits until clients have gone: at least one has closed its connection by itself, and none is connected.
     *
     * @throws AssertionError if that does not happen in time
     */
    public void awaitClientGone(Duration timeout) throws InterruptedException {
        state.journal().awaitClientGone(any -> true, timeout);
    }

    /**
     * Waits until clients have gone from such a request: at least one has closed the connection that carried it by
     * itself, and none is open. Idle connections that a client keeps for reuse do not matter if their latest request
     * was another.
     *
     * @param which looks at the latest request of a connection
     * @throws AssertionError if that does not happen in time
     */
    public void awaitClientGone(Predicate<? super ProxiedRequest> which, Duration timeout) throws InterruptedException {
        state.journal().awaitClientGone(latest -> latest.filter(which).isPresent(), timeout);
    }

    /** Stops listening and ends all connections; returns when the proxy's threads have ended. */
    @Override
    public synchronized void close() {
        endPeriodicCut();
        if (ownsTimer) {
            timer.shutdownNow();
        }
        reception.close();
        // In this order: a connection that is just being made either is refused a thread or is found open here.
        threads.shutdown();
        cut();
        threads.shutdownNow();
        try {
            if (!daemons.awaitEnd(CLOSE_TIMEOUT)) {
                throw new IllegalStateException("threads of the fault proxy are still running");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return "FaultProxy[" + uri + " in front of " + state.host() + ":" + state.port() + "]";
    }

    private void endPeriodicCut() {
        if (periodicCut != null) {
            periodicCut.cancel(false);
            periodicCut = null;
        }
    }

    private static URI checked(URI target) {
        if (!"http".equalsIgnoreCase(target.getScheme()) || target.getHost() == null) {
            throw new IllegalArgumentException("the target must be an http URI with a host: " + target);
        }
        return target;
    }
}
