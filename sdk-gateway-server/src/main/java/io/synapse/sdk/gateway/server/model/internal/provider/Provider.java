package io.synapse.sdk.gateway.server.model.internal.provider;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.gateway.server.model.LanguageModel;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A provider of models: its name in names of models, the variable with its key, and where it is. */
public enum Provider {
    /** Anthropic. */
    ANTHROPIC("ANTHROPIC_API_KEY", "https://api.anthropic.com/v1", "langchain4j-anthropic"),
    /** Google. */
    GEMINI("GEMINI_API_KEY", "https://generativelanguage.googleapis.com/v1beta", "langchain4j-google-ai-gemini"),
    /** OpenAI, and servers with its interface. */
    OPENAI("OPENAI_API_KEY", "https://api.openai.com/v1", "langchain4j-open-ai");

    private final String keyVariable;
    private final String defaultUrl;
    private final String artifact;

    Provider(String keyVariable, String defaultUrl, String artifact) {
        this.keyVariable = keyVariable;
        this.defaultUrl = defaultUrl;
        this.artifact = artifact;
    }

    /**
     * The provider of this name.
     *
     * @throws BadRequestException when there is none
     */
    public static Provider named(String name) {
        for (Provider each : values()) {
            if (each.text().equals(name)) {
                return each;
            }
        }
        throw BadRequestException.refused("there is no provider '" + name + "' of models, but "
                + Arrays.stream(values()).map(Provider::text).collect(Collectors.joining(", ", "", ", local")));
    }

    /** Its name in names of models: {@code anthropic}, {@code gemini}, {@code openai}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The environment variable with its key. */
    public String keyVariable() {
        return keyVariable;
    }

    /** Where it is. */
    public String defaultUrl() {
        return defaultUrl;
    }

    /**
     * A model of it.
     *
     * @throws BadRequestException when a setting is invalid, or the library for the provider is missing
     */
    public LanguageModel model(String name, ProviderSettings settings) {
        try {
            return ProviderModel.open(this, name, settings);
        } catch (NoClassDefFoundError e) {
            throw BadRequestException.refused("models of " + text()
                    + " need a library that is not on the class path: dev.langchain4j:" + artifact);
        }
    }
}
