package io.synapse.sdk.experiments.internal.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.synapse.sdk.experiments.internal.Failure;
import io.synapse.sdk.experiments.internal.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the JSON of requests and writes that of answers (wire/experiments.md, section 1). */
final class Replies {
    private static final int UNAVAILABLE = 503;

    private Replies() {}

    /** Answers 200 with this under {@code data}, and {@code meta} beside it. */
    static void data(Context request, @Nullable Object data, String message) {
        data(request, data, Map.of("message", message));
    }

    /** Answers 200 with this under {@code data}. */
    static void data(Context request, @Nullable Object data) {
        data(request, data, Map.of());
    }

    /** Answers 200 with this under {@code data}, and these fields in {@code meta} too. */
    static void data(Context request, @Nullable Object data, Map<String, ? extends @Nullable Object> meta) {
        json(request, 200, document(data, meta));
    }

    /**
     * Answers 200 with this under {@code data}, and returns when it has been sent.
     *
     * @throws IOException when the caller has gone
     */
    static void sendData(Context request, @Nullable Object data) throws IOException {
        byte[] answer = bytes(document(data, Map.of()));
        request.status(200).contentType("application/json").res().setContentLength(answer.length);
        try (OutputStream body = request.res().getOutputStream()) {
            body.write(answer);
        }
    }

    private static Map<String, @Nullable Object> document(
            @Nullable Object data, Map<String, ? extends @Nullable Object> meta) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>(meta);
        all.put("timestamp", Instant.now().toString());
        all.put("version", "1.0");
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("data", data);
        document.put("meta", all);
        return document;
    }

    /** Answers with this document as it is. Who comes too early is told to come again in a second. */
    static void json(Context request, int status, Object document) {
        if (status == UNAVAILABLE) {
            request.header("Retry-After", "1");
        }
        request.status(status).contentType("application/json").result(bytes(document));
    }

    private static byte[] bytes(Object document) {
        try {
            return Json.MAPPER.writeValueAsBytes(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer that JSON cannot express", e);
        }
    }

    static void failure(Context request, Failure failure) {
        json(request, failure.status(), Map.of("detail", failure.detail()));
    }

    /**
     * The request's body.
     *
     * @throws Failure when it is no JSON object: 422
     */
    static ObjectNode body(Context request) {
        try {
            JsonNode body = Json.MAPPER.readTree(request.bodyAsBytes());
            if (body instanceof ObjectNode object) {
                return object;
            }
            throw Failure.invalid("model_attributes_type", List.of("body"), "Input should be a JSON object");
        } catch (JsonProcessingException e) {
            throw Failure.invalid("json_invalid", List.of("body"), "JSON decode error: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
