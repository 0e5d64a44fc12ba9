/** The experiment server and its worker. */
module io.synapse.sdk.experiments {
    requires com.dynatrace.hash4j;
    requires com.fasterxml.jackson.databind;
    requires info.picocli;
    requires io.javalin;
    requires io.synapse.sdk.embedded;
    requires java.sql;
    requires org.jdbi.v3.core;
    requires org.slf4j;
    requires org.snakeyaml.engine;
    requires transitive io.synapse.sdk.agent;
    requires static transitive org.jspecify;

    exports io.synapse.sdk.experiments;

    // Picocli fills in the fields of the commands.
    opens io.synapse.sdk.experiments to
            info.picocli;
}
