package io.synapse.sdk.embedded.internal.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.synapse.sdk.embedded.internal.Json;
import io.synapse.sdk.embedded.internal.backend.RefusedException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads and writes the JSON of requests and answers. */
final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    private Answers() {}

    /** Answers with this document, at once: the server sends no later answer to a handshake that is refused. */
    static void json(Context request, int status, Object document) {
        try {
            json(request.res(), status, document);
        } catch (IOException e) {
            LOG.debug("the caller has gone before its answer", e);
        }
    }

    static void json(HttpServletResponse answer, int status, Object document) throws IOException {
        byte[] body = bytes(document);
        answer.setStatus(status);
        answer.setContentType("application/json");
        answer.setContentLength(body.length);
        answer.getOutputStream().write(body);
    }

    static byte[] bytes(Object document) {
        try {
            return Json.MAPPER.writeValueAsBytes(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer that JSON cannot express", e);
        }
    }

    /** Answers with an error: a sentence under {@code detail}. */
    static void error(Context request, int status, String sentence) {
        json(request, status, detail(sentence));
    }

    /** The document of an error. */
    static Map<String, String> detail(String sentence) {
        return Map.of("detail", sentence);
    }

    /** The request's body. */
    static JsonNode body(Context request) {
        try {
            JsonNode body = Json.MAPPER.readTree(request.bodyAsBytes());
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
