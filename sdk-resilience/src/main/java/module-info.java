/** Circuit breakers, a cache of answers and checkpoints in a database, for the clients of the SDK. */
@SuppressWarnings("requires-automatic") // the circuit breaker has a stable automatic name
module io.synapse.sdk.resilience {
    requires com.github.benmanes.caffeine;
    requires io.github.resilience4j.circuitbreaker;
    requires io.github.resilience4j.core;
    requires transitive io.synapse.sdk.core;
    requires transitive java.sql;
    requires static transitive org.jspecify;

    exports io.synapse.sdk.resilience;
}
