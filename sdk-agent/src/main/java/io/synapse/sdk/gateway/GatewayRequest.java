package io.synapse.sdk.gateway;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.OpenEnum;
import io.synapse.sdk.internal.value.Attributes;
import io.synapse.sdk.internal.value.Unicode;
import io.synapse.sdk.internal.value.ValueObject;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The body of a request. Half a surrogate pair in it would be an internal error of the original. */
abstract class GatewayRequest extends ValueObject {
    GatewayRequest(Attributes attributes) {
        super(attributes);
        requireText(attributes.asMap());
    }

    /** The properties that were set, by the server's field names. */
    final Map<String, @Nullable Object> properties() {
        return attributes.asMap();
    }

    private static void requireText(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            requireText(map.keySet());
            requireText(map.values());
        } else if (value instanceof Collection<?> values) {
            values.forEach(GatewayRequest::requireText);
        } else if (value instanceof OpenEnum constant) {
            requireText(constant.value());
        } else if (value instanceof String text && !Unicode.isWellFormed(text)) {
            throw BadRequestException.refused("a text of the request has half a surrogate pair, which is no character");
        }
    }
}
