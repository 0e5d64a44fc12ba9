package io.synapse.sdk.gateway.server.model.langchain4j;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.gateway.server.AgentException;
import io.synapse.sdk.gateway.server.AgentException.Kind;
import io.synapse.sdk.gateway.server.model.LanguageModel;
import io.synapse.sdk.gateway.server.model.ModelPrompt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A chat model of LangChain4j ({@code langchain4j-core}) as the model of an agent:
 *
 * <pre>{@code
 * ModelAgent agent = ModelAgent.builder().model(LangChain4jModel.of("mistral", streamingModel)).build();
 * }</pre>
 *
 * <p>Give the chat model {@code maxRetries(0)}: the agent repeats. Immutable, and safe for use by several threads if the
 * chat model is. Closing it does not close the chat model.
 */
public final class LangChain4jModel implements LanguageModel {
    private static final Duration DEFAULT_SILENCE = Duration.ofSeconds(60);

    private final String name;
    private final Generator generator;
    private final boolean sendsSchema;
    private final Duration silence;

    /** One way to have a model generate. */
    @FunctionalInterface
    private interface Generator {
        String generate(ChatRequest request, Consumer<String> pieces, Duration silence) throws InterruptedException;
    }

    private LangChain4jModel(String name, Generator generator, boolean sendsSchema, Duration silence) {
        this.name = Objects.requireNonNull(name, "name");
        this.generator = generator;
        this.sendsSchema = sendsSchema;
        this.silence = silence;
    }

    /**
     * A model whose text comes in pieces. They are given on, one after the other, by the thread on which they come. Its
     * generation is ended by its {@link dev.langchain4j.model.chat.response.StreamingHandle}, which there is from the first
     * piece on; a model that is interrupted before is not waited for. An answer without a reason of its end was cut off.
     *
     * @param name the name of the model, without secrets
     */
    public static LangChain4jModel of(String name, StreamingChatModel model) {
        return new LangChain4jModel(
                name,
                (request, pieces, silence) -> streamed(model, request, pieces, silence),
                supportsSchemas(model.supportedCapabilities()),
                DEFAULT_SILENCE);
    }

    /**
     * A model whose text comes as a whole, as one piece. It has to end by itself when its thread is interrupted, and has to
     * have a time limit of its own.
     *
     * @param name the name of the model, without secrets
     */
    public static LangChain4jModel of(String name, ChatModel model) {
        return new LangChain4jModel(
                name,
                (request, pieces, silence) -> whole(model, request, pieces),
                supportsSchemas(model.supportedCapabilities()),
                DEFAULT_SILENCE);
    }

    /** Sets whether the JSON schema of the answer is sent; as the capabilities of the model say by default. */
    public LangChain4jModel sendsSchema(boolean sends) {
        return new LangChain4jModel(name, generator, sends, silence);
    }

    /** Sets the longest wait for the first and for each further piece; positive, 60 s by default. */
    public LangChain4jModel silence(Duration limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw BadRequestException.refused("the limit of silence must be positive, not " + limit);
        }
        return new LangChain4jModel(name, generator, sendsSchema, limit);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String generate(ModelPrompt prompt, Consumer<String> pieces) throws InterruptedException {
        ChatRequest.Builder request = ChatRequest.builder().messages(messages(prompt));
        if (sendsSchema) {
            request.responseFormat(SchemaReader.responseFormat(prompt.schema()));
        }
        try {
            return generator.generate(request.build(), pieces, silence);
        } catch (PieceRefusedException e) {
            throw e.reason();
        } catch (RuntimeException e) {
            if (Thread.interrupted()) {
                InterruptedException interrupted = new InterruptedException("the generation was interrupted");
                interrupted.initCause(e);
                throw interrupted;
            }
            throw ModelFailures.of(name, e);
        }
    }

    /** Its name. */
    @Override
    public String toString() {
        return name;
    }

    private static String streamed(
            StreamingChatModel model, ChatRequest request, Consumer<String> pieces, Duration silence)
            throws InterruptedException {
        StreamedAnswer answer = new StreamedAnswer(pieces);
        try {
            model.chat(request, answer);
            ChatResponse response = answer.await(silence);
            if (response.finishReason() == null) { // what LangChain4j makes of a connection that ended too early
                throw new AgentException(Kind.UNAVAILABLE, "the answer of the model was cut off", null);
            }
            return textOf(response);
        } finally {
            answer.cancel();
        }
    }

    private static String whole(ChatModel model, ChatRequest request, Consumer<String> pieces) {
        String text = textOf(model.chat(request));
        if (!text.isEmpty()) {
            PieceRefusedException.passOn(text, pieces);
        }
        return text;
    }

    private static String textOf(ChatResponse response) {
        FinishReason reason = response.finishReason();
        if (reason == FinishReason.LENGTH) {
            throw new AgentException(Kind.INVALID, "the answer is longer than the limit of tokens", null);
        }
        if (reason == FinishReason.CONTENT_FILTER) {
            throw new AgentException(Kind.REFUSED, "the provider of the model withheld the answer", null);
        }
        return Objects.requireNonNullElse(response.aiMessage().text(), "");
    }

    private static boolean supportsSchemas(Set<Capability> capabilities) {
        return capabilities.contains(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
    }

    private static List<ChatMessage> messages(ModelPrompt prompt) {
        List<ChatMessage> messages = new ArrayList<>(List.of(SystemMessage.from(prompt.instructions())));
        for (String turn : prompt.turns()) {
            messages.add(messages.size() % 2 == 1 ? UserMessage.from(turn) : AiMessage.from(turn));
        }
        return messages;
    }
}
