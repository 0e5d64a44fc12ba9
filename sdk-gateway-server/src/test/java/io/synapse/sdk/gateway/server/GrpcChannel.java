package io.synapse.sdk.gateway.server;

import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.synapse.sdk.gateway.grpc.GatewayService;

/** Bare gRPC to one service of a gateway. */
record GrpcChannel(ManagedChannel managed, Channel channel) implements AutoCloseable {
    GrpcChannel(EmbeddedGateway gateway, GatewayService service) {
        this(gateway.grpcAddress(service), gateway.token());
    }

    GrpcChannel(String address, String token) {
        this(NettyChannelBuilder.forTarget(address).usePlaintext().build(), token);
    }

    private GrpcChannel(ManagedChannel managed, String token) {
        this(managed, ClientInterceptors.intercept(managed, MetadataUtils.newAttachHeadersInterceptor(header(token))));
    }

    private static Metadata header(String token) {
        Metadata metadata = new Metadata();
        metadata.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        return metadata;
    }

    @Override
    public void close() {
        managed.shutdownNow();
    }
}
