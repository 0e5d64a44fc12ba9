/** For tests of code that talks to an agent or an experiment server: JUnit extensions that start one, and a proxy that injects faults. */
module io.synapse.sdk.testkit {
    requires transitive io.synapse.sdk.embedded;
    requires transitive io.synapse.sdk.experiments;
    requires static transitive org.jspecify;
    // Static: the fault proxy needs no JUnit.
    requires static transitive org.junit.jupiter.api;

    exports io.synapse.sdk.testkit;
}
