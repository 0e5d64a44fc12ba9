package io.synapse.sdk.internal.balance;

import io.synapse.sdk.internal.http.BaseUrl;
import java.util.concurrent.TimeUnit;

/** One of the servers that can answer a client's calls, and how it has answered them so far. Thread-safe. */
public final class Server {
    /** So many failures in a row make a server one that is asked only when there is no other. */
    private static final int MAX_FAILURES = 3;

    /** How long such a server is left alone before one request tries it again. */
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final BaseUrl url;
    private volatile int weight;
    private final ResponseTime responseTime = new ResponseTime();
    private int inFlight;
    private int failures;
    private long failedAt;
    private boolean onTrial;

    Server(BaseUrl url, int weight) {
        this.url = url;
        this.weight = weight;
    }

    /** Where it is. */
    public BaseUrl url() {
        return url;
    }

    int weight() {
        return weight;
    }

    void weight(int other) {
        weight = other;
    }

    /** How many attempts are under way. */
    public synchronized int inFlight() {
        return inFlight;
    }

    /** Whether it has not failed the last attempts. */
    public synchronized boolean isHealthy() {
        return failures < MAX_FAILURES;
    }

    /** Whether it may get a request like the others: it is healthy, or it is time to try it again. */
    synchronized boolean isEligible(long now) {
        return failures < MAX_FAILURES || !onTrial && now - failedAt >= PAUSE_NANOS;
    }

    /** The average response time in nanoseconds; 0 when it is not known. */
    public synchronized double averageNanos() {
        return responseTime.average();
    }

    synchronized boolean isResponseTimeKnown() {
        return responseTime.isKnown();
    }

    /** An attempt begins. */
    public synchronized void begin() {
        inFlight++;
        onTrial = failures >= MAX_FAILURES;
    }

    /** An attempt that had begun is over. */
    public synchronized void end() {
        inFlight--;
        onTrial = false;
    }

    /** What an attempt tells of it, which took so long. */
    public synchronized void report(AttemptResult result, long tookNanos, long now) {
        report(result, now);
        if (result == AttemptResult.ANSWERED || result == AttemptResult.TIMED_OUT) {
            responseTime.observe(tookNanos);
        }
    }

    /** What an attempt tells of it whose time says nothing. */
    public synchronized void report(AttemptResult result, long now) {
        switch (result) {
            case ANSWERED -> failures = 0;
            case FAILED, TIMED_OUT -> {
                failures++;
                failedAt = now;
            }
            case WITHDRAWN -> {}
        }
    }

    @Override
    public String toString() {
        return url.toString();
    }
}
