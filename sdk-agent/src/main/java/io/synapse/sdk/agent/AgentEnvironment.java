package io.synapse.sdk.agent;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.internal.http.BaseUrl;
import io.synapse.sdk.internal.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The agent configured for this process, by environment variables and the published CLI's file (wire/agent.md, section
 * 1).
 */
final class AgentEnvironment {
    private final Map<String, String> variables;
    private final Path config;

    /**
     * An environment.
     *
     * @param home the folder of {@code .synapse/config.json}
     */
    AgentEnvironment(Map<String, String> variables, Path home) {
        this.variables = variables;
        this.config = home.resolve(".synapse").resolve("config.json");
    }

    static AgentEnvironment ofThisProcess() {
        return new AgentEnvironment(System.getenv(), Path.of(System.getProperty("user.home", ".")));
    }

    /** Applies the configuration to a builder. */
    AgentClient.Builder applyTo(AgentClient.Builder builder) {
        String url = variable("SYNAPSE_AGENT_URL");
        String token = variable("SYNAPSE_AGENT_TOKEN");
        if (url == null || token == null) {
            Map<String, String> configured = configuredAgent();
            // the file's token belongs to the file's agent and must not be sent to another
            token = token == null && (url == null || isSameAgent(url, configured.get("url")))
                    ? configured.get("token")
                    : token;
            url = url == null ? configured.get("url") : url;
        }
        if (url == null) {
            throw BadRequestException.refused(
                    "no agent is named: set SYNAPSE_AGENT_URL, or choose an agent in " + config);
        }
        if (token == null) {
            throw BadRequestException.refused("the agent's token is missing: set SYNAPSE_AGENT_TOKEN");
        }
        builder.baseUrl(url).agentToken(token);
        String user = variable("SYNAPSE_PLUGIN_RUN_USER_TOKEN");
        String tenant = variable("SYNAPSE_PLUGIN_RUN_TENANT");
        if (user != null) {
            builder.userToken(user);
        }
        if (tenant != null) {
            builder.tenant(tenant);
        }
        return builder;
    }

    /** A variable; null if it is not set or blank. */
    private @Nullable String variable(String name) {
        String value = variables.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    /** Whether two URLs are equal, ignoring case of scheme and host, a default port and a final slash. */
    private static boolean isSameAgent(String url, @Nullable String other) {
        try {
            return other != null
                    && BaseUrl.parse(url).toString().equals(BaseUrl.parse(other).toString());
        } catch (BadRequestException e) {
            return false; // one of them is not a valid URL
        }
    }

    /** Address and token of the agent in the file; empty if there is no file or no agent in it. */
    private Map<String, String> configuredAgent() {
        if (!Files.exists(config)) {
            return Map.of();
        }
        try {
            Object document = Json.read(Files.readString(config), Map.class);
            Map<String, String> agent = new LinkedHashMap<>();
            if (document instanceof Map<?, ?> map && map.get("agent") instanceof Map<?, ?> chosen) {
                putText(agent, "url", chosen.get("url"));
                putText(agent, "token", chosen.get("token"));
            }
            return agent;
        } catch (IOException e) {
            // without the cause, whose message may quote the token
            throw BadRequestException.refused(config + " cannot be read as JSON");
        }
    }

    private static void putText(Map<String, String> agent, String name, @Nullable Object value) {
        if (value instanceof String text && !text.isBlank()) {
            agent.put(name, text);
        }
    }
}
