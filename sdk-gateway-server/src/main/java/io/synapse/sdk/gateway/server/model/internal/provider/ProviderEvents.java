package io.synapse.sdk.gateway.server.model.internal.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.synapse.sdk.ServerSentEvent;
import io.synapse.sdk.gateway.server.AgentException;
import io.synapse.sdk.gateway.server.AgentException.Kind;
import io.synapse.sdk.gateway.server.model.internal.ProviderFailures;

/**
 * What the events of providers mean: which is the last of a stream, and which is an error. LangChain4j takes the end of a
 * connection for the end of an answer of OpenAI, waits without end for that of Anthropic, and passes over errors without a
 * name of their event.
 */
final class ProviderEvents {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DONE = "[DONE]";

    private ProviderEvents() {}

    /** Whether nothing follows: the mark of OpenAI, the event of Anthropic, the reason of the end of Gemini. */
    static boolean isLast(ServerSentEvent event) {
        return event.data().equals(DONE)
                || event.name().equals("message_stop")
                || event.data().contains("\"finishReason\"")
                        && json(event).path("candidates").path(0).hasNonNull("finishReason");
    }

    /**
     * Makes an exception of an error within a stream. Its text is not told: it is not known to be without secrets.
     *
     * @throws AgentException when the event is an error
     */
    static void requireNoError(ServerSentEvent event) {
        if (!event.name().equals("error") && !event.data().contains("\"error\"")) {
            return;
        }
        JsonNode error = json(event).path("error");
        if (error.isObject() || event.name().equals("error")) {
            String type = error.path("type").asText(error.path("status").asText());
            String name = type.matches("[A-Za-z_]{1,60}") ? type : "unknown";
            throw new AgentException(
                    kind(error, name), "the provider ended its answer with an error of the type " + name, null);
        }
    }

    /** An event without a name has none in LangChain4j. */
    static dev.langchain4j.http.client.sse.ServerSentEvent toLangChain4j(ServerSentEvent event) {
        String name = event.name().equals("message") ? null : event.name();
        return new dev.langchain4j.http.client.sse.ServerSentEvent(name, event.data());
    }

    private static Kind kind(JsonNode error, String type) {
        if (error.path("code").isInt()) {
            return ProviderFailures.kind(error.path("code").asInt());
        }
        return switch (type) {
            case "overloaded_error", "rate_limit_error", "rate_limit_exceeded", "insufficient_quota" -> Kind.OVERLOADED;
            case "timeout_error" -> Kind.DEADLINE;
            case "authentication_error",
                    "permission_error",
                    "invalid_request_error",
                    "not_found_error",
                    "billing_error",
                    "request_too_large" -> Kind.REFUSED;
            default -> Kind.UNAVAILABLE;
        };
    }

    private static JsonNode json(ServerSentEvent event) {
        try {
            return JSON.readTree(event.data());
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance(); // whoever reads the event says so
        }
    }
}
