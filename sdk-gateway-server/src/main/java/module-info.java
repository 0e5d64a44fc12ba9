/** An AI gateway and its gRPC services on this machine. */
module io.synapse.sdk.gateway.server {
    requires com.fasterxml.jackson.databind;
    requires com.google.protobuf;
    requires info.picocli;
    requires io.grpc;
    requires io.grpc.netty.shaded;
    requires io.grpc.protobuf;
    requires io.grpc.services;
    requires io.grpc.stub;
    requires io.javalin;
    requires io.synapse.sdk.docker;
    requires io.synapse.sdk.embedded;
    requires micrometer.core;
    requires micrometer.registry.prometheus;
    requires org.slf4j;
    requires transitive io.synapse.sdk.agent;
    requires transitive io.synapse.sdk.gateway.grpc;
    requires static transitive org.jspecify;

    exports io.synapse.sdk.gateway.server;

    // Picocli fills in the fields of the command.
    opens io.synapse.sdk.gateway.server to
            info.picocli;

    // Agents on language models. The names of these modules are those of their files; on the module path, a program
    // adds
    // those that it uses with --add-modules.
    requires static langchain4j.anthropic;
    requires static langchain4j.core;
    requires static langchain4j.google.ai.gemini;
    requires static langchain4j.http.client;
    requires static langchain4j.open.ai;
    requires static llama;

    exports io.synapse.sdk.gateway.server.model;
    exports io.synapse.sdk.gateway.server.model.langchain4j;

    // Jackson makes the records of answers.
    opens io.synapse.sdk.gateway.server.model.internal to
            com.fasterxml.jackson.databind;
}
