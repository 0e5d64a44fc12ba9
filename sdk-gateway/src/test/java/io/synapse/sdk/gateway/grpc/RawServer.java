package io.synapse.sdk.gateway.grpc;

import io.grpc.HandlerRegistry;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** A real server of gRPC whose messages are bytes, for all methods alike. */
final class RawServer implements AutoCloseable {
    private final Server server;

    RawServer(ServerCallHandler<byte[], byte[]> handler) throws IOException {
        this(handler, null, 0);
    }

    /** A server with TLS, or without it, at this port; 0 for any. */
    RawServer(ServerCallHandler<byte[], byte[]> handler, @Nullable SslContext tls, int port) throws IOException {
        server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", port))
                .maxInboundMessageSize(64 << 20)
                .sslContext(tls)
                .fallbackHandlerRegistry(new HandlerRegistry() {
                    @Override
                    public ServerMethodDefinition<?, ?> lookupMethod(String name, @Nullable String authority) {
                        return ServerMethodDefinition.create(method(name), handler);
                    }
                })
                .build()
                .start();
    }

    private static MethodDescriptor<byte[], byte[]> method(String name) {
        return MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
                .setFullMethodName(name)
                .setRequestMarshaller(new Bytes())
                .setResponseMarshaller(new Bytes())
                .build();
    }

    String address() {
        return "127.0.0.1:" + server.getPort();
    }

    /** A client whose services are all here. */
    GrpcGatewayClient.Builder client() {
        return client(address());
    }

    /** A client whose services are all there. */
    static GrpcGatewayClient.Builder client(String address) {
        GrpcGatewayClient.Builder builder = GrpcGatewayClient.builder();
        for (GatewayService service : GatewayService.values()) {
            builder.address(service, address);
        }
        return builder;
    }

    /** Breaks all connections. */
    void kill() throws InterruptedException {
        server.shutdownNow().awaitTermination();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    /** What a handler does with a request; cancelled is called when the client cancels. */
    abstract static class Handler implements ServerCallHandler<byte[], byte[]> {
        @Override
        public ServerCall.Listener<byte[]> startCall(ServerCall<byte[], byte[]> call, io.grpc.Metadata headers) {
            call.request(2);
            return new ServerCall.Listener<>() {
                private byte[] request = {};

                @Override
                public void onMessage(byte[] message) {
                    request = message;
                }

                @Override
                public void onHalfClose() {
                    answer(call, headers, request);
                }

                @Override
                public void onReady() {
                    ready();
                }

                @Override
                public void onCancel() {
                    cancelled();
                }
            };
        }

        abstract void answer(ServerCall<byte[], byte[]> call, io.grpc.Metadata headers, byte[] request);

        void cancelled() {}

        void ready() {}
    }

    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
