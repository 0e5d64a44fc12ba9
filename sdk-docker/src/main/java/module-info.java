/** The Docker Engine: containers, images, limits and ports; workspaces in containers. The only module that uses docker-java. */
@SuppressWarnings("module") // the modules it exports packages to are compiled after it
module io.synapse.sdk.docker {
    requires com.fasterxml.jackson.databind;
    requires com.github.dockerjava.api;
    requires com.github.dockerjava.core;
    requires com.github.dockerjava.transport;
    requires com.github.dockerjava.transport.zerodep;
    requires io.github.javadiffutils;
    requires org.apache.commons.compress;
    requires org.slf4j;
    requires transitive io.synapse.sdk.agent;
    requires static transitive org.jspecify;

    exports io.synapse.sdk.docker;
    exports io.synapse.sdk.docker.internal to
            io.synapse.sdk.embedded;
}
