package io.synapse.sdk.gateway.server.model.internal.provider;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The environment variables of an agent on models (wire/gateway.md, section 8). Blank ones count as not set. */
public final class AgentVariables {
    private final Map<String, String> variables;

    /** What these variables say. */
    public AgentVariables(Map<String, String> variables) {
        this.variables = variables;
    }

    /** The keys of providers. */
    public Map<Provider, String> keys() {
        Map<Provider, String> keys = new EnumMap<>(Provider.class);
        for (Provider each : Provider.values()) {
            String key = value(each.keyVariable());
            if (!key.isEmpty()) {
                keys.put(each, key);
            }
        }
        return keys;
    }

    /** The URL of a server with OpenAI's interface; empty for OpenAI itself. */
    public String openAiBaseUrl() {
        return value("OPENAI_BASE_URL");
    }

    /**
     * The names of models.
     *
     * @param suffix what the name of the variable ends with
     */
    public List<String> models(String suffix) {
        return Arrays.stream(value("SYNAPSE_AGENT_MODEL" + suffix.toUpperCase(Locale.ROOT))
                        .split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private String value(String name) {
        return variables.getOrDefault(name, "").strip();
    }
}
