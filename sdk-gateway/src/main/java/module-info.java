/** A client of the gRPC services behind an AI gateway. The only module that uses gRPC. */
module io.synapse.sdk.gateway.grpc {
    requires com.google.protobuf;
    requires io.grpc;
    requires io.grpc.netty.shaded;
    requires io.grpc.protobuf;
    requires transitive io.synapse.sdk.agent;
    requires static transitive org.jspecify;

    exports io.synapse.sdk.gateway.grpc;
}
