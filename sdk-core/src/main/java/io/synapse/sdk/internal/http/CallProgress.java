package io.synapse.sdk.internal.http;

import java.net.SocketException;
import java.time.Duration;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How far one attempt has come, noted by the HTTP library as it goes: what its failure means depends on it. */
final class CallProgress {
    private static final Logger LOG = LoggerFactory.getLogger("io.synapse.sdk.calls");

    /** Feeds the progress that a request carries as a tag. */
    static final EventListener LISTENER = new EventListener() {
        @Override
        public void connectionAcquired(Call call, Connection connection) {
            of(call).connection = connection;
        }

        @Override
        public void requestHeadersStart(Call call) {
            CallProgress progress = of(call);
            progress.sent = true;
            progress.limitSilence();
        }

        @Override
        public void requestBodyEnd(Call call, long byteCount) {
            of(call).bytesSent = byteCount;
        }

        @Override
        public void responseBodyEnd(Call call, long byteCount) {
            of(call).bytesReceived = byteCount;
        }
    };

    private final Duration silence;
    private volatile @Nullable Connection connection;
    private volatile boolean sent;
    private volatile long bytesSent;
    private volatile long bytesReceived;

    /**
     * Nothing yet.
     *
     * @param silence the longest silence of the server that the socket is to allow; zero when it is limited otherwise
     */
    CallProgress(Duration silence) {
        this.silence = silence;
    }

    /** Whether there was a connection. */
    boolean connected() {
        return connection != null;
    }

    /** The connection of the attempt, once there is one. */
    @Nullable
    Connection connection() {
        return connection;
    }

    /** Whether any byte of the request may have left. */
    boolean sent() {
        return sent;
    }

    long bytesSent() {
        return bytesSent;
    }

    long bytesReceived() {
        return bytesReceived;
    }

    private static CallProgress of(Call call) {
        CallProgress progress = call.request().tag(CallProgress.class);
        return progress == null ? new CallProgress(Duration.ZERO) : progress;
    }

    private void limitSilence() {
        Connection open = connection;
        if (open == null || silence.isZero()) {
            return;
        }
        try {
            open.socket().setSoTimeout((int) Math.max(1, Math.min(silence.toMillis(), Integer.MAX_VALUE)));
        } catch (SocketException e) {
            LOG.debug("the connection was closed meanwhile, as its use will show", e);
        }
    }

    /** The same request with a fresh progress. */
    static Request.Builder attach(Request.Builder request, CallProgress progress) {
        return request.tag(CallProgress.class, progress);
    }
}
