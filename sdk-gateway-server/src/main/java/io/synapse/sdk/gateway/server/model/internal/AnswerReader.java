package io.synapse.sdk.gateway.server.model.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the answer of a model strictly: each field is there, and has its type. */
final class AnswerReader {
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .withCoercionConfig(
                    LogicalType.Textual,
                    texts -> texts.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .build();

    /** Models that are not forced to JSON put it between marks, as in a text that people read. */
    private static final Pattern FENCED = Pattern.compile("\\s*```(?:json)?\\s*\\n(.*)\\n\\s*```\\s*", Pattern.DOTALL);

    private AnswerReader() {}

    /**
     * Reads an answer.
     *
     * @throws InvalidAnswerException when it does not have the form of the record
     */
    static <A> A read(String text, Class<A> form) throws InvalidAnswerException {
        Matcher fenced = FENCED.matcher(text);
        String json = fenced.matches() ? fenced.group(1) : text;
        if (json.isBlank()) {
            throw new InvalidAnswerException("it is empty", null);
        }
        try {
            A answer = JSON.readValue(json, form);
            if (answer == null) {
                throw new InvalidAnswerException("it is null", null);
            }
            return answer;
        } catch (JsonMappingException e) {
            throw new InvalidAnswerException(path(e) + e.getOriginalMessage(), e);
        } catch (JsonProcessingException e) {
            throw new InvalidAnswerException("it is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static String path(JsonMappingException failure) {
        String path = failure.getPath().stream().map(AnswerReader::step).collect(Collectors.joining("."));
        return path.isEmpty() ? "" : path + ": ";
    }

    private static String step(Reference step) {
        return step.getFieldName() == null ? String.valueOf(step.getIndex()) : step.getFieldName();
    }
}
