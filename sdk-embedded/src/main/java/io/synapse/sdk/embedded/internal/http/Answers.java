package io.synapse.sdk.embedded.internal.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.javalin.http.Context;
import io.synapse.sdk.embedded.internal.Json;
import io.synapse.sdk.embedded.internal.backend.RefusedException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads and writes the JSON of requests and answers. */
final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    private static final int MAX_TOKENS = 200_000;

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

    /**
     * Answers with an array of these, one after another, so that they are never in memory all at once. Where one fails
     * after some have gone out, the connection ends before the array does: nobody shall take a part for the whole.
     */
    static void array(Context request, Stream<?> elements) throws IOException {
        HttpServletResponse answer = request.res();
        answer.setContentType("application/json");
        SequenceWriter json = Json.MAPPER
                .writer()
                .without(SerializationFeature.FLUSH_AFTER_WRITE_VALUE)
                .writeValuesAsArray(answer.getOutputStream());
        try {
            for (Iterator<?> next = elements.iterator(); next.hasNext(); ) {
                json.write(next.next());
            }
            json.close();
        } catch (IOException | RuntimeException e) {
            if (!answer.isCommitted()) {
                answer.reset();
                throw e;
            }
            LOG.warn("{} {} was cut off", request.method(), request.path(), e);
            ServletContextRequest.getServletContextRequest(request.req())
                    .getConnectionMetaData()
                    .getConnection()
                    .getEndPoint()
                    .close(e);
        }
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

    /** An empty array takes two bytes of a document, and a hundred in memory. */
    private static void requireFewTokens(byte[] json) throws IOException {
        int tokens = 0;
        try (JsonParser parser = Json.MAPPER.createParser(json)) {
            while (parser.nextToken() != null) {
                if (++tokens > MAX_TOKENS) {
                    throw new RefusedException(400, "the request's body has more than " + MAX_TOKENS + " elements");
                }
            }
        }
    }

    /** The request's body. */
    static JsonNode body(Context request) {
        try {
            byte[] bytes = request.bodyAsBytes();
            requireFewTokens(bytes);
            JsonNode body = Json.MAPPER.readTree(bytes);
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
