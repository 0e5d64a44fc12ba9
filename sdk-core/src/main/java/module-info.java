/** Calls, errors, retries, paging and log streams, for any kind of server. */
@SuppressWarnings("module") // the modules it exports packages to are compiled after it
module io.synapse.sdk.core {
    requires com.fasterxml.jackson.databind;
    requires org.apache.httpcomponents.core5.httpcore5;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports io.synapse.sdk;
    exports io.synapse.sdk.internal.operation to
            io.synapse.sdk.agent,
            io.synapse.sdk.gateway.grpc;
    exports io.synapse.sdk.internal.http to
            io.synapse.sdk.agent,
            io.synapse.sdk.docker,
            io.synapse.sdk.gateway.grpc;
    exports io.synapse.sdk.internal.json to
            io.synapse.sdk.agent,
            io.synapse.sdk.embedded,
            io.synapse.sdk.gateway.grpc;
    exports io.synapse.sdk.internal.event to
            io.synapse.sdk.gateway.grpc;
    exports io.synapse.sdk.internal.publish to
            io.synapse.sdk.gateway.grpc;
    exports io.synapse.sdk.internal.tail to
            io.synapse.sdk.agent;
    exports io.synapse.sdk.internal.value to
            io.synapse.sdk.agent,
            io.synapse.sdk.docker,
            io.synapse.sdk.embedded,
            io.synapse.sdk.experiments,
            io.synapse.sdk.gateway.grpc,
            io.synapse.sdk.gateway.server;
    exports io.synapse.sdk.internal.balance to
            io.synapse.sdk.gateway.grpc;
    exports io.synapse.sdk.internal.resilience to
            io.synapse.sdk.agent,
            io.synapse.sdk.gateway.grpc;
}
