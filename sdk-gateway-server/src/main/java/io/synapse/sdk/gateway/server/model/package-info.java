/**
 * Agents that answer with language models: of Anthropic, Google, OpenAI, of servers with OpenAI's interface, or in a file
 * on this machine (wire/gateway.md, section 8). A program that uses one has its library as a dependency of its own:
 * {@code dev.langchain4j:langchain4j-anthropic}, {@code -google-ai-gemini} or {@code -open-ai}, or {@code de.kherud:llama}.
 */
@NullMarked
package io.synapse.sdk.gateway.server.model;

import org.jspecify.annotations.NullMarked;
