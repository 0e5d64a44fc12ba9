/** Clients of a Synapse agent and of a Ray cluster, their operations and models. */
@SuppressWarnings("module") // the modules it exports packages to are compiled after it
module io.synapse.sdk.agent {
    requires transitive io.synapse.sdk.core;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports io.synapse.sdk.agent;
    exports io.synapse.sdk.container;
    exports io.synapse.sdk.experiment;
    exports io.synapse.sdk.experiment.internal to
            io.synapse.sdk.experiments;
    exports io.synapse.sdk.gateway;
    exports io.synapse.sdk.job;
    exports io.synapse.sdk.node;
    exports io.synapse.sdk.plugin;
    exports io.synapse.sdk.ray;
    exports io.synapse.sdk.resources;
    exports io.synapse.sdk.serve;
    exports io.synapse.sdk.system;
    exports io.synapse.sdk.task;
    exports io.synapse.sdk.workspace;
    exports io.synapse.sdk.workspace.internal to
            com.fasterxml.jackson.databind, // reads the records of calls
            io.synapse.sdk.docker,
            io.synapse.sdk.embedded;
}
