/** The agent's API on this machine. */
@SuppressWarnings("module") // the modules it exports packages to are compiled after it
module io.synapse.sdk.embedded {
    requires transitive io.synapse.sdk.agent;
    requires transitive io.synapse.sdk.docker;
    requires io.javalin;
    requires org.jdbi.v3.core;
    requires com.zaxxer.hikari;
    requires java.sql;
    requires jdk.management;
    requires org.xerial.sqlitejdbc;
    requires info.picocli;
    requires com.fasterxml.jackson.databind;
    requires org.apache.commons.compress;
    requires org.snakeyaml.engine;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports io.synapse.sdk.embedded;
    exports io.synapse.sdk.embedded.internal to
            io.synapse.sdk.gateway.server,
            io.synapse.sdk.experiments;
    exports io.synapse.sdk.embedded.internal.http to
            io.synapse.sdk.gateway.server,
            io.synapse.sdk.experiments;
    exports io.synapse.sdk.embedded.internal.job to
            io.synapse.sdk.gateway.server,
            io.synapse.sdk.experiments;
    exports io.synapse.sdk.embedded.internal.machine to
            io.synapse.sdk.experiments;

    // Picocli fills in the fields of the commands.
    opens io.synapse.sdk.embedded to
            info.picocli;
    opens io.synapse.sdk.embedded.internal to
            info.picocli;
}
