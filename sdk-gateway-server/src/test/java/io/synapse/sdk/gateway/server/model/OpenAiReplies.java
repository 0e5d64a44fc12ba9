package io.synapse.sdk.gateway.server.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.synapse.sdk.gateway.server.model.ProviderServer.Answer;
import io.synapse.sdk.gateway.server.model.ProviderServer.Reply;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Answers with OpenAI's interface, and what is to come of them. */
public final class OpenAiReplies {
    public static final String PLAN = """
            {"steps":[{"phase":"design","action":"sketch","agent":"claude","description":"Sketch it. Größe: 5 €"},\
            {"phase":"build","action":"code","agent":"codex","description":"Code it"}]}""";

    private static final ObjectMapper JSON = new ObjectMapper();

    private OpenAiReplies() {}

    /** A text in pieces, with all that belongs to it. */
    public static Reply complete(String text) {
        return answer -> {
            answer.stream();
            for (String piece : pieces(text)) {
                piece(answer, piece);
            }
            finish(answer, "stop");
        };
    }

    /** The first pieces of a text; after them, whatever the test wants. */
    public static Reply beginning(String text, int pieces, Reply rest) {
        return answer -> {
            answer.stream();
            for (String piece : pieces(text).subList(0, pieces)) {
                piece(answer, piece);
            }
            rest.write(answer);
        };
    }

    /** A text of several pieces. */
    public static List<String> pieces(String text) {
        int third = text.length() / 3;
        return List.of(text.substring(0, third), text.substring(third, 2 * third), text.substring(2 * third));
    }

    static void piece(Answer answer, String text) throws IOException {
        answer.event("data: " + json(Map.of("choices", List.of(Map.of("index", 0, "delta", Map.of("content", text))))));
    }

    static void finish(Answer answer, String reason) throws IOException {
        answer.event("data: "
                + json(Map.of("choices", List.of(Map.of("index", 0, "delta", Map.of(), "finish_reason", reason)))));
        answer.event("data: [DONE]").end();
    }

    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
