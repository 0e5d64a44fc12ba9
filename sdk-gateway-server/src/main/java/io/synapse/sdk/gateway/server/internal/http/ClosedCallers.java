package io.synapse.sdk.gateway.server.internal.http;

import io.javalin.http.Context;
import io.synapse.sdk.embedded.internal.DaemonThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices callers that go while their answer is being made: Jetty reads nothing of a connection until then. A caller that
 * sends its next request before it has its answer is not noticed, since what it sends is Jetty's. Thread-safe.
 */
final class ClosedCallers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClosedCallers.class);

    private final Selector selector;
    private final Queue<Watch> changed = new ConcurrentLinkedQueue<>();

    ClosedCallers() {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException("no selector of connections", e);
        }
        new DaemonThreads("gateway-callers").newThread(this::run).start();
    }

    /** The watch of one caller, until its answer is made. */
    final class Watch implements AutoCloseable {
        private final SocketChannel channel;
        private final Runnable whenGone;
        private volatile boolean isOver;

        private Watch(SocketChannel channel, Runnable whenGone) {
            this.channel = channel;
            this.whenGone = whenGone;
        }

        @Override
        public void close() {
            isOver = true;
            change(this);
        }
    }

    /** Watches the caller of a request; runs this if it goes. */
    Watch watch(Context request, Runnable whenGone) {
        Object transport = ServletContextRequest.getServletContextRequest(request.req())
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint()
                .getTransport();
        Watch watch = new Watch((SocketChannel) transport, whenGone);
        change(watch);
        return watch;
    }

    private void change(Watch watch) {
        changed.add(watch);
        selector.wakeup();
    }

    private void run() {
        try {
            while (selector.isOpen()) {
                selector.select(this::look);
                apply();
            }
        } catch (ClosedSelectorException e) {
            LOG.debug("no callers are watched any more", e);
        } catch (IOException e) {
            LOG.error("callers that go are not noticed any more", e);
        }
    }

    /** On the thread that selects, since a connection can be watched again only when it is no longer watched. */
    private void apply() throws IOException {
        for (Watch watch = changed.poll(); watch != null; watch = changed.poll()) {
            SelectionKey key = watch.channel.keyFor(selector);
            if (watch.isOver) {
                if (key != null && key.attachment() == watch) {
                    key.cancel();
                    selector.selectNow(this::look);
                }
            } else {
                register(watch);
            }
        }
    }

    private void register(Watch watch) throws IOException {
        try {
            watch.channel.register(selector, SelectionKey.OP_READ, watch);
        } catch (CancelledKeyException e) {
            selector.selectNow(this::look); // forgets those of earlier requests
            register(watch);
        } catch (ClosedChannelException e) {
            watch.whenGone.run();
        }
    }

    private void look(SelectionKey key) {
        Watch watch = (Watch) key.attachment();
        if (watch.isOver) {
            key.cancel();
        } else if (isAtEnd(watch.channel)) {
            key.cancel();
            watch.whenGone.run();
        } else {
            key.interestOps(0); // the next request
        }
    }

    /** Whether something can be read, and it is nothing. */
    private static boolean isAtEnd(SocketChannel channel) {
        try {
            return channel.socket().getInputStream().available() == 0;
        } catch (IOException e) {
            LOG.debug("a caller has gone", e);
            return true;
        }
    }

    @Override
    public void close() {
        try {
            selector.close();
        } catch (IOException e) {
            LOG.warn("the selector of connections stays open", e);
        }
    }
}
