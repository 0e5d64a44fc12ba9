/** A client of the gRPC services behind an AI gateway. The only module that uses gRPC. */
@SuppressWarnings("module") // the module it exports packages to is compiled after it
module io.synapse.sdk.gateway.grpc {
    requires com.google.protobuf;
    requires io.grpc;
    requires io.grpc.netty.shaded;
    requires io.grpc.protobuf;
    requires transitive io.synapse.sdk.agent;
    requires static transitive org.jspecify;

    exports io.synapse.sdk.gateway.grpc;
    exports io.synapse.sdk.gateway.grpc.internal to
            io.synapse.sdk.gateway.server;
    exports io.synapse.sdk.gateway.grpc.internal.proto to
            io.synapse.sdk.gateway.server;
}
