package io.synapse.sdk.gateway.grpc.internal;

/** A call or stream that is being performed. */
interface Execution {
    /** Ends it, and tells the server; from any thread. */
    void cancel(String why);
}
