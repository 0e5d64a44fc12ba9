package io.synapse.sdk.embedded.internal.http;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;

/**
 * A server of HTTP/1.1 and WebSockets on one port, for whoever knows its token. A request passes {@link CallerHandler}
 * (may it come in), {@link BodyHandler} (its body) and then the routes; {@link NewConnections} closes connections on which
 * the token was not shown in time.
 */
public final class GuardedServer implements AutoCloseable {
    private static final int MAX_THREADS = 250;

    /** Long enough for a reader who pauses; one that has gone is noticed by the failing write. */
    private static final long IDLE_MILLISECONDS = Duration.ofHours(1).toMillis();

    private final Javalin javalin;
    private final int port;
    private final Duration stopGrace;
    private final AtomicReference<RequestsInFlight> requests = new AtomicReference<>();
    private final AtomicReference<ServerConnector> connector = new AtomicReference<>();

    /**
     * What a server is.
     *
     * @param owner what it is called in sentences, for instance {@code agent}
     * @param threads how the names of its threads begin
     * @param host the address to listen on
     * @param port the port, or 0 for a free one
     * @param authorization what a caller must send as its Authorization header
     * @param maxBody in bytes
     * @param maxArchive what a form may have at most, in bytes
     * @param uploads the paths to which files of any size are PUT, which go to the disk as they come
     * @param errors how it words errors
     * @param stopGrace how long answers that are being written may take when it stops; zero for none
     */
    public record Settings(
            String owner,
            String threads,
            String host,
            int port,
            String authorization,
            long maxBody,
            long maxArchive,
            Predicate<String> uploads,
            ErrorForm errors,
            Duration stopGrace) {
        /** All but the authorization, which is secret. */
        @Override
        public String toString() {
            return owner + " at " + host + ":" + port;
        }
    }

    /**
     * Starts to serve.
     *
     * @param routes adds the routes, and what else is to be configured
     * @throws UncheckedIOException when the address is taken or is none
     */
    public GuardedServer(Settings settings, Consumer<JavalinConfig> routes) {
        stopGrace = settings.stopGrace();
        ServerSocketChannel address = bind(settings.host(), settings.port());
        port = address.socket().getLocalPort();
        javalin = Javalin.create(config -> {
            settle(config, settings.maxBody());
            Server server = server(settings);
            NewConnections connections = new NewConnections(server.getScheduler());
            RequestsInFlight handler = new RequestsInFlight(handler(settings, connections));
            requests.set(handler);
            server.setHandler(handler);
            config.unsafe.jettyInternal.server = server;
            config.jetty.addConnector((its, http) -> {
                ServerConnector opened = connector(its, http, address, connections);
                connector.set(opened);
                return opened;
            });
            config.jetty.modifyServletContextHandler(context -> settle(context, settings));
            routes.accept(config);
        });
        javalin.start();
    }

    /** The port it listens on, or did. */
    public int port() {
        return port;
    }

    /** Takes no further connections; those that are there go on. */
    public void stopListening() {
        ServerConnector open = connector.get();
        if (open != null) {
            open.close();
        }
    }

    /** Stops serving, once the answers that are being written are out or have had their grace. */
    @Override
    public void close() {
        RequestsInFlight inFlight = requests.get();
        try {
            if (inFlight != null) {
                inFlight.awaitNone(stopGrace);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        javalin.stop();
    }

    private static void settle(JavalinConfig config, long maxBody) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.maxRequestSize = maxBody;
        config.http.prefer405over404 = true;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        config.jetty.modifyWebSocketServletFactory(factory -> factory.setIdleTimeout(Duration.ZERO));
    }

    /** With daemon threads only: a program that does not close its server can end all the same. */
    private static Server server(Settings settings) {
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS);
        threads.setName(settings.threads() + "-http");
        threads.setDaemon(true);
        Server server = new Server(threads, new ScheduledExecutorScheduler(settings.threads() + "-timer", true), null);
        server.setErrorHandler(new JsonErrorHandler(settings.errors()));
        return server;
    }

    /** What a request passes before it comes to Javalin. */
    private static Handler handler(Settings settings, NewConnections connections) {
        CallerHandler callers = new CallerHandler(settings, connections);
        callers.setHandler(new BodyHandler(settings));
        return callers;
    }

    private static void settle(ServletContextHandler context, Settings settings) {
        context.setMaxFormContentSize((int) settings.maxBody());
        context.setErrorHandler(new JsonErrorHandler(settings.errors()));
    }

    /** Before Javalin starts, because that would log on its own what we throw: an address that is taken. */
    private static ServerSocketChannel bind(String host, int port) {
        InetSocketAddress address = new InetSocketAddress(host, port);
        try {
            if (address.isUnresolved()) {
                throw new UnknownHostException("there is no host of this name");
            }
            ServerSocketChannel channel = ServerSocketChannel.open();
            try {
                // So that a restart need not wait until the connections of the last run are forgotten.
                channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
                return channel.bind(address);
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ServerConnector connector(
            Server server, HttpConfiguration http, ServerSocketChannel address, NewConnections connections) {
        http.setSendServerVersion(false);
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        try {
            connector.open(address);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        connector.addBean(connections);
        connector.setIdleTimeout(IDLE_MILLISECONDS);
        return connector;
    }
}
