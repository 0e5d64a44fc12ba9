package io.synapse.sdk.gateway;

import io.synapse.sdk.internal.value.Attributes;
import io.synapse.sdk.internal.value.Attributes.Key;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Code to be reviewed. Immutable: each setter returns a modified copy. */
public final class ReviewRequest extends GatewayRequest {
    private static final Key<String> CODE = new Key<>("code", "");
    private static final Key<@Nullable String> LANGUAGE = Key.of("language");

    private ReviewRequest(Attributes attributes) {
        super(attributes);
    }

    /** A request for a review of this code, which may be empty. */
    public static ReviewRequest of(String code) {
        return new ReviewRequest(Attributes.NONE.withField(CODE.name(), Objects.requireNonNull(code, "code")));
    }

    /** The code. */
    public String code() {
        return attributes.get(CODE);
    }

    /** The programming language; null for the server's default, Python. */
    public @Nullable String language() {
        return attributes.get(LANGUAGE);
    }

    /** Sets the programming language. */
    public ReviewRequest language(String language) {
        return new ReviewRequest(attributes.with(LANGUAGE, language));
    }
}
