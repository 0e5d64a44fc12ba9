package io.synapse.sdk.embedded.internal.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Reads and writes the JSON of requests and answers. */
final class Answers {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Answers() {}

    /** Answers with this document. */
    static void json(Context request, int status, Object document) {
        try {
            request.status(status).contentType("application/json").result(JSON.writeValueAsBytes(document));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers with an error: a sentence under {@code detail}. */
    static void error(Context request, int status, String sentence) {
        json(request, status, Map.of("detail", sentence));
    }

    /** The request's body. */
    static JsonNode body(Context request) {
        try {
            JsonNode body = JSON.readTree(request.bodyAsBytes());
            if (body == null || body.isMissingNode()) {
                throw new RefusedException(400, "the request has no body; it needs a JSON document");
            }
            return body;
        } catch (JsonProcessingException e) {
            throw new RefusedException(400, "the request's body is not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
