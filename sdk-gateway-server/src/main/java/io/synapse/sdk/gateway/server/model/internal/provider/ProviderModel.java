package io.synapse.sdk.gateway.server.model.internal.provider;

import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import io.synapse.sdk.gateway.server.model.LanguageModel;
import io.synapse.sdk.gateway.server.model.ModelPrompt;
import io.synapse.sdk.gateway.server.model.langchain4j.LangChain4jModel;
import java.util.function.Consumer;

/** A model of a provider, with the HTTP client over which it is called. The streaming models make no retries. */
final class ProviderModel implements LanguageModel {
    /** Anthropic asks for a limit. */
    private static final int DEFAULT_MAX_TOKENS = 8192;

    /** What servers with OpenAI's interface that ask for no key are sent; LangChain4j refuses an empty one. */
    private static final String NO_KEY = "none";

    private final LangChain4jModel model;
    private final ProviderHttpClient http;

    private ProviderModel(LangChain4jModel model, ProviderHttpClient http) {
        this.model = model;
        this.http = http;
    }

    static LanguageModel open(Provider provider, String name, ProviderSettings settings) {
        ProviderHttpClient http = new ProviderHttpClient(settings);
        StreamingChatModel chat = switch (provider) {
            case ANTHROPIC -> Anthropic.open(name, settings, http);
            case GEMINI -> Gemini.open(name, settings, http);
            case OPENAI -> OpenAi.open(name, settings, http);
        };
        LangChain4jModel model = LangChain4jModel.of(provider.text() + "/" + name, chat)
                .sendsSchema(true)
                .silence(settings.silence());
        return new ProviderModel(model, http);
    }

    @Override
    public String name() {
        return model.name();
    }

    @Override
    public String generate(ModelPrompt prompt, Consumer<String> pieces) throws InterruptedException {
        return model.generate(prompt, pieces);
    }

    @Override
    public void close() {
        http.close();
    }

    /** Its name. */
    @Override
    public String toString() {
        return name();
    }

    // Classes of their own: one provider's library is enough for its models.

    private static final class Anthropic {
        static StreamingChatModel open(String name, ProviderSettings settings, ProviderHttpClient http) {
            int limit = settings.maxOutputTokens() == 0 ? DEFAULT_MAX_TOKENS : settings.maxOutputTokens();
            return AnthropicStreamingChatModel.builder()
                    .httpClientBuilder(http.builder())
                    .baseUrl(settings.url())
                    .apiKey(settings.key())
                    .modelName(name)
                    .maxTokens(limit)
                    .build();
        }
    }

    private static final class Gemini {
        static StreamingChatModel open(String name, ProviderSettings settings, ProviderHttpClient http) {
            return GoogleAiGeminiStreamingChatModel.builder()
                    .httpClientBuilder(http.builder())
                    .baseUrl(settings.url())
                    .apiKey(settings.key())
                    .modelName(name)
                    .maxOutputTokens(settings.maxOutputTokens() == 0 ? null : settings.maxOutputTokens())
                    .build();
        }
    }

    private static final class OpenAi {
        static StreamingChatModel open(String name, ProviderSettings settings, ProviderHttpClient http) {
            return OpenAiStreamingChatModel.builder()
                    .httpClientBuilder(http.builder())
                    .baseUrl(settings.url())
                    .apiKey(settings.key().isEmpty() ? NO_KEY : settings.key())
                    .modelName(name)
                    .strictJsonSchema(true)
                    .maxCompletionTokens(settings.maxOutputTokens() == 0 ? null : settings.maxOutputTokens())
                    .build();
        }
    }
}
