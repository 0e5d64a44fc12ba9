package io.synapse.sdk.gateway;

import io.synapse.sdk.internal.value.Attributes;
import io.synapse.sdk.internal.value.Attributes.Key;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A description of code to be written. Immutable: each setter returns a modified copy. */
public final class CodeRequest extends GatewayRequest {
    private static final Key<String> DESCRIPTION = new Key<>("description", "");
    private static final Key<@Nullable String> LANGUAGE = Key.of("language");

    private CodeRequest(Attributes attributes) {
        super(attributes);
    }

    /** A request for code of this description, which may be empty. */
    public static CodeRequest of(String description) {
        return new CodeRequest(
                Attributes.NONE.withField(DESCRIPTION.name(), Objects.requireNonNull(description, "description")));
    }

    /** The description. */
    public String description() {
        return attributes.get(DESCRIPTION);
    }

    /** The programming language; null for the server's default, Python. */
    public @Nullable String language() {
        return attributes.get(LANGUAGE);
    }

    /** Sets the programming language. The original writes Python all the same. */
    public CodeRequest language(String language) {
        return new CodeRequest(attributes.with(LANGUAGE, language));
    }
}
