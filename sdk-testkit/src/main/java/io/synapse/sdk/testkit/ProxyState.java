package io.synapse.sdk.testkit;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * What the connections of one proxy share.
 *
 * @param host where the server is
 * @param port where the server is
 * @param connections those that have not ended
 */
record ProxyState(
        String host,
        int port,
        FaultPlan plan,
        NetworkConditions conditions,
        Journal journal,
        Set<Connection> connections,
        Executor threads) {

    ProxyState(String host, int port, Executor threads) {
        this(
                host,
                port,
                new FaultPlan(),
                new NetworkConditions(),
                new Journal(),
                ConcurrentHashMap.newKeySet(),
                threads);
    }
}
