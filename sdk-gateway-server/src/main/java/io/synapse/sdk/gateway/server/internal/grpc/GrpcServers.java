package io.synapse.sdk.gateway.server.internal.grpc;

import io.grpc.Server;
import io.grpc.ServerInterceptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.synapse.sdk.embedded.internal.DaemonThreads;
import io.synapse.sdk.gateway.grpc.GatewayService;
import io.synapse.sdk.gateway.grpc.internal.EventLoops;
import io.synapse.sdk.gateway.server.internal.Services;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The three services, each on a port of its own (wire/gateway.md, sections 4 and 5). */
public final class GrpcServers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GrpcServers.class);
    private static final int WINDOW = 4 << 20;
    private static final int MAX_METADATA = 16 << 10;
    private static final int PING_SECONDS = 30;
    private static final int PING_TIMEOUT_SECONDS = 10;
    private static final int PERMITTED_PING_SECONDS = 5;
    private static final long CLOSE_MILLIS = 1_000;

    private final EventLoopGroup eventLoop = EventLoops.group(2, new DaemonThreads("gateway-grpc"));
    private final Map<GatewayService, Server> servers = new EnumMap<>(GatewayService.class);
    private final Map<GatewayService, HealthMethods> health = new EnumMap<>(GatewayService.class);

    /**
     * Starts to serve.
     *
     * @param host the address to listen on
     * @param ports the port of each service; 0, or none, for a free one
     * @param token what a caller must know
     * @param threads where calls are handled; gives each a thread at once
     * @param metrics counts calls, refused ones too
     * @throws IOException when an address is taken
     */
    public GrpcServers(
            String host,
            Map<GatewayService, Integer> ports,
            String token,
            Services services,
            Executor threads,
            ServerInterceptor metrics)
            throws IOException {
        ServiceMethods methods = new ServiceMethods(services, new CallHandlers(services, threads));
        try {
            for (GatewayService service : GatewayService.values()) {
                HealthMethods healthMethods = new HealthMethods(service);
                health.put(service, healthMethods);
                servers.put(
                        service,
                        NettyServerBuilder.forAddress(new InetSocketAddress(host, ports.getOrDefault(service, 0)))
                                .bossEventLoopGroup(eventLoop)
                                .workerEventLoopGroup(eventLoop)
                                .channelType(EventLoops.servers())
                                .executor(threads)
                                .flowControlWindow(WINDOW)
                                .maxInboundMessageSize(CallHandlers.MAX_MESSAGE)
                                .maxInboundMetadataSize(MAX_METADATA)
                                .keepAliveTime(PING_SECONDS, TimeUnit.SECONDS)
                                .keepAliveTimeout(PING_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                                .permitKeepAliveTime(PERMITTED_PING_SECONDS, TimeUnit.SECONDS)
                                .permitKeepAliveWithoutCalls(false)
                                .intercept(new TokenInterceptor(token))
                                .intercept(metrics) // the last one runs first
                                .addService(methods.of(service))
                                .addService(healthMethods.definition())
                                .addService(ProtoReflectionServiceV1.newInstance())
                                .build()
                                .start());
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** The port of a service. */
    public int port(GatewayService service) {
        Server server = servers.get(service);
        if (server == null) {
            throw new IllegalStateException("each service has a server");
        }
        return server.getPort();
    }

    /** Says NOT_SERVING, then takes no further connections and calls; those that are there go on. */
    public void stopServing() {
        health.values().forEach(HealthMethods::stopServing);
        servers.values().forEach(Server::shutdown);
    }

    @Override
    public void close() {
        servers.values().forEach(Server::shutdownNow);
        boolean isInterrupted = Thread.interrupted();
        try {
            for (Server server : servers.values()) {
                if (!server.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS)) {
                    LOG.warn("a gRPC server has not ended yet");
                }
            }
            eventLoop.shutdownGracefully(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS).await(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            isInterrupted = true; // what was begun ends by itself
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
