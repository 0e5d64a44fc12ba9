package io.synapse.sdk.gateway.server.model;

import java.util.function.Consumer;

/**
 * A model that continues a conversation. {@link ModelAgent} asks it; {@link LocalModel} and
 * {@link io.synapse.sdk.gateway.server.model.langchain4j.LangChain4jModel} are two.
 *
 * <p>An implementation is called by several threads at a time. It makes one attempt for each call: the agent repeats.
 */
public interface LanguageModel extends AutoCloseable {
    /** Its name, without secrets; answers name it as their source, as {@code model:<name>}. */
    String name();

    /**
     * Generates the next answer of the model.
     *
     * @param prompt the conversation so far, and the form of the answer
     * @param pieces gets the text as it is generated; what it throws ends the generation and is passed on
     * @return the whole text
     * @throws io.synapse.sdk.gateway.server.AgentException when there is no answer, or only the beginning of one
     * @throws InterruptedException when the thread is interrupted; the generation is ended
     */
    String generate(ModelPrompt prompt, Consumer<String> pieces) throws InterruptedException;

    /** Ends what it does and gives back what it holds. Closing again has no effect. */
    @Override
    default void close() {}
}
