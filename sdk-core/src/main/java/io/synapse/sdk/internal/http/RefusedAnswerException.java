package io.synapse.sdk.internal.http;

import java.io.IOException;
import org.apache.hc.core5.http.ClassicHttpResponse;

/** An answer that is not accepted. */
final class RefusedAnswerException extends IOException {
    private static final long serialVersionUID = 1L;
    private final transient ClassicHttpResponse answer;
    private final String why;

    RefusedAnswerException(ClassicHttpResponse answer, String why) {
        super(why);
        this.answer = answer;
        this.why = why;
    }

    ClassicHttpResponse answer() {
        return answer;
    }

    String why() {
        return why;
    }
}
