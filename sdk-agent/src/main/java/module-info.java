/** Clients of a Synapse agent: the facades, the operations and their models. */
module io.synapse.sdk.agent {
    requires transitive io.synapse.sdk.core;
    requires static transitive org.jspecify;
}
