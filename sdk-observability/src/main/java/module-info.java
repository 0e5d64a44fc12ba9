/** Metrics and traces of the clients of the SDK. */
@SuppressWarnings("requires-automatic") // both libraries have stable automatic names
module io.synapse.sdk.observability {
    requires org.slf4j;
    requires transitive io.synapse.sdk.core;
    requires static transitive io.opentelemetry.api;
    requires static transitive io.opentelemetry.context;
    requires static transitive micrometer.core;
    requires static transitive org.jspecify;

    exports io.synapse.sdk.observability;
}
