package io.synapse.sdk.embedded.internal.ray;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.synapse.sdk.OpenEnum;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes of what the cluster said, which the client has read into models, the documents that the agent answers with: all
 * keys, those that the client does not know too. Thread-safe.
 */
final class Documents {
    private static final TypeReference<Map<String, @Nullable Object>> OBJECT = new TypeReference<>() {};
    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .annotationIntrospector(new OpenModels())
            .addModule(new SimpleModule()
                    .addSerializer(OpenEnum.class, new WordWriter())
                    .addSerializer(Instant.class, new TimeWriter()))
            .build();

    private Documents() {}

    /** A model as a document. */
    static Map<String, @Nullable Object> of(Object model) {
        return JSON.convertValue(model, OBJECT);
    }

    /** Models as documents. */
    static List<Map<String, @Nullable Object>> ofAll(List<?> models) {
        return models.stream().map(Documents::of).toList();
    }

    /** Takes a model's component named {@code additionalProperties} for fields like all others. */
    private static final class OpenModels extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public Boolean hasAnyGetter(Annotated member) {
            return member instanceof AnnotatedMember its
                            && its.getDeclaringClass().isRecord()
                            && its.getName().equals("additionalProperties")
                    ? Boolean.TRUE
                    : super.hasAnyGetter(member);
        }
    }

    private static final class WordWriter extends JsonSerializer<OpenEnum> {
        @Override
        public void serialize(OpenEnum word, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(word.value());
        }
    }

    /** Ray writes times as milliseconds, but where the name says seconds (wire/ray.md, section 3). */
    private static final class TimeWriter extends JsonSerializer<Instant> {
        private static final double NANOSECONDS = 1e9;

        @Override
        public void serialize(Instant time, JsonGenerator json, SerializerProvider provider) throws IOException {
            String field = json.getOutputContext().getCurrentName();
            if (field != null && field.endsWith("_s")) {
                json.writeNumber(time.getEpochSecond() + time.getNano() / NANOSECONDS);
            } else {
                json.writeNumber(time.toEpochMilli());
            }
        }
    }
}
