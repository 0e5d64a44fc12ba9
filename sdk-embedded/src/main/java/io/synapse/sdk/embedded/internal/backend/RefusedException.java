package io.synapse.sdk.embedded.internal.backend;

import java.util.LinkedHashMap;
import java.util.Map;

/** A request that is answered with an error. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Map<String, Object> answer = new LinkedHashMap<>();

    /** With a sentence for the caller. */
    public RefusedException(int status, String sentence) {
        this(status, sentence, Map.of());
    }

    /** With a sentence for the caller, and more fields for a program. */
    public RefusedException(int status, String sentence, Map<String, Object> more) {
        super(sentence);
        this.status = status;
        answer.put("detail", sentence);
        answer.putAll(more);
    }

    /** The status of the answer. */
    public int status() {
        return status;
    }

    /** The document to answer with: the sentence under {@code detail}, and what else there is to say. */
    public Map<String, Object> answer() {
        return answer;
    }
}
