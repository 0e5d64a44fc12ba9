package io.synapse.sdk.benchmarks.jmh;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.synapse.sdk.agent.AgentClient;
import io.synapse.sdk.benchmarks.contender.Token;
import okhttp3.OkHttpClient;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The SDK's client, and what one would have by hand; shared by all threads, as both are made to be. */
@State(Scope.Benchmark)
public class Clients {
    /** Where the server is. */
    @Param("")
    public String url = "";

    /** Which job to ask for. */
    @Param("")
    public String job = "";

    /** The SDK's client. */
    @SuppressWarnings("NullAway.Init") // made when the address is known
    public AgentClient sdk;

    /** The HTTP client by hand. */
    public final OkHttpClient http = new OkHttpClient();

    /** The JSON reader by hand. */
    public final ObjectMapper mapper = new ObjectMapper();

    /** Makes the SDK's. */
    @Setup
    public void open() {
        sdk = AgentClient.builder().baseUrl(url).agentToken(Token.VALUE).build();
    }

    /** Closes them. */
    @TearDown
    public void close() {
        sdk.close();
        http.connectionPool().evictAll();
    }
}
