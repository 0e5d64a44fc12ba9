package io.synapse.sdk.gateway.grpc.internal;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import io.synapse.sdk.internal.http.BaseUrl;
import io.synapse.sdk.internal.http.ClientThreads;
import io.synapse.sdk.internal.http.Threads;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * One channel for each server, and the threads below them, all of the client's own, since gRPC's shared ones outlive
 * the client. Nothing is there before the first call. Thread-safe.
 */
final class GrpcTransport implements AutoCloseable {
    private static final int KEEPALIVE_TIMEOUT_SECONDS = 10;
    private static final int CLOSE_MILLIS = 500;

    private final GrpcSettings settings;
    private final ClientThreads threads = new ClientThreads(null);
    private final Map<BaseUrl, ServiceChannel> channels = new HashMap<>();
    private @Nullable EventLoopGroup eventLoop;
    private boolean closed;

    GrpcTransport(GrpcSettings settings) {
        this.settings = settings;
    }

    /** The channel to a server. */
    synchronized ServiceChannel channel(BaseUrl server) {
        requireOpen();
        return channels.computeIfAbsent(
                server, added -> new ServiceChannel(added, open(added), metadata(), settings.interceptors()));
    }

    synchronized void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the client is closed");
        }
    }

    /** Where calls of the asynchronous client are performed. */
    Executor calls() {
        return threads.calls();
    }

    /** Where streams are read for subscribers. */
    Executor streams() {
        return threads.streams();
    }

    /** Wakes up what waits. */
    ScheduledExecutorService timer() {
        return threads.timer();
    }

    private ManagedChannel open(BaseUrl server) {
        if (eventLoop == null) {
            eventLoop = EventLoops.group(1, Threads.platform("grpc"));
        }
        NettyChannelBuilder builder = NettyChannelBuilder.forTarget(server.authorityWithPort())
                .eventLoopGroup(eventLoop)
                .channelType(EventLoops.connections())
                .executor(threads.calls())
                .offloadExecutor(threads.streams())
                .disableRetry()
                .disableServiceConfigLookUp()
                .maxInboundMessageSize(settings.maxMessageSize())
                .keepAliveTime(settings.keepAlive().toMillis(), TimeUnit.MILLISECONDS)
                .keepAliveTimeout(KEEPALIVE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .keepAliveWithoutCalls(false); // the original drops who does (wire/gateway.md, section 5)
        if (!settings.tls()) {
            return builder.usePlaintext().build();
        }
        try {
            SslContextBuilder tls = GrpcSslContexts.configure(SslContextBuilder.forClient(), SslProvider.JDK);
            return builder.sslContext((settings.trust() == null ? tls : tls.trustManager(settings.trust())).build())
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException("this JVM has no TLS", e);
        }
    }

    private Metadata metadata() {
        Metadata metadata = new Metadata();
        if (settings.token() != null) {
            metadata.put(
                    Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + settings.token());
        }
        return metadata;
    }

    /** Ends connections and threads; waits for that, up to a second. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        boolean interrupted = Thread.interrupted();
        try {
            channels.values().forEach(each -> each.channel().shutdownNow());
            for (ServiceChannel each : channels.values()) {
                each.channel().awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
            }
            if (eventLoop != null) {
                eventLoop
                        .shutdownGracefully(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS)
                        .await(CLOSE_MILLIS);
            }
        } catch (InterruptedException e) {
            interrupted = true; // what was begun ends by itself
        } finally {
            threads.close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
