/** Calls, errors, retries, paging and log streams, with no knowledge of a particular server. */
module io.synapse.sdk.core {
    requires com.fasterxml.jackson.databind;
    requires okhttp3;
    requires okio;
    requires kotlin.stdlib;
    requires org.java_websocket;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports io.synapse.sdk;
}
