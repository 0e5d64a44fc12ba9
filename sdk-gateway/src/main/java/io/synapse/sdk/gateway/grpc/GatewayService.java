package io.synapse.sdk.gateway.grpc;

/** The gRPC services behind a gateway (wire/gateway.md, section 4). */
public enum GatewayService {
    /** Plans and writes code; port 5011 by default. */
    CLAUDE("ai_agent.ClaudeService", 5011),

    /** Analyzes texts and reviews code; port 5012 by default. */
    GEMINI("ai_agent.GeminiService", 5012),

    /** Executes commands; port 5013 by default. */
    CODEX("ai_agent.CodexService", 5013);

    private final String fullName;
    private final int defaultPort;

    GatewayService(String fullName, int defaultPort) {
        this.fullName = fullName;
        this.defaultPort = defaultPort;
    }

    /** The name of the service in gRPC, for instance {@code ai_agent.ClaudeService}. */
    public String fullName() {
        return fullName;
    }

    /** The port that the original listens on. */
    public int defaultPort() {
        return defaultPort;
    }
}
